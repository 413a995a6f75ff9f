using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Processes;
using AsteriskVoiceAi.TestSupport.Sip;

namespace AsteriskVoiceAi.Benchmarks.Latency;

/// <summary>One call that asks the same again and again; the last utterance sends it on.</summary>
internal sealed class MeasuredCall(Lab lab, string extension)
{
    /// <summary>After the service has sent the last of a prompt, Asterisk's and the line's own buffers are empty within this.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(400);

    private string _id = "";

    /// <param name="utterances">At 8 kHz, one a turn.</param>
    public async Task<IReadOnlyList<TurnTiming>> RunAsync(IReadOnlyList<short[]> utterances)
    {
        var before = lab.Live.Seen.Count;
        await using var caller = new SipCaller(lab.Asterisk.Sip);
        await caller.CallAsync(extension);
        await lab.Live.WaitForAsync<CallEvent.Started>(started => lab.Live.Seen.Skip(before).Contains(started));
        _id = lab.Live.Seen.OfType<CallEvent.Started>().Last().CallId;

        var heard = new List<TimeSpan>();
        foreach (var utterance in utterances)
        {
            await WaitForPromptsAsync(heard.Count + 1);
            await caller.WaitForQuietAsync(Quiet);
            var spoken = await caller.SpeakAsync(utterance);
            heard.Add(await caller.WaitForAudioAsync(spoken.Last) - spoken.Last);
        }
        await lab.Live.WaitForAsync<CallEvent.Ended>(ended => ended.CallId == _id, TimeSpan.FromSeconds(30));
        await caller.HangUpAsync();
        await lab.Asterisk.WaitForNothingLeftAsync(TimeSpan.FromSeconds(15));
        return Timings(heard);
    }

    private Task<CallEvent.Said> WaitForPromptsAsync(int count) =>
        lab.Live.WaitForAsync<CallEvent.Said>(_ => Mine<CallEvent.Said>().Length >= count, TimeSpan.FromSeconds(30));

    private TurnTiming[] Timings(List<TimeSpan> atTheEar)
    {
        var heard = Mine<CallEvent.Heard>();
        var understood = Mine<CallEvent.Understood>();
        // The first prompt is the greeting; each of the others answers an utterance.
        var said = Mine<CallEvent.Said>()[1..];
        if (heard.Length != atTheEar.Count || understood.Length != atTheEar.Count || said.Length != atTheEar.Count || heard.Any(h => h.Text.Length == 0))
            throw new InvalidOperationException($"Not every utterance of the call to {extension} was one turn.\n{lab.Live}");
        return [.. atTheEar.Select((ear, i) => new TurnTiming(ear, heard[i].Endpoint, heard[i].Recognition, heard[i].Waited, understood[i].Took, said[i].Synthesis))];
    }

    private T[] Mine<T>() where T : CallEvent => [.. lab.Live.Seen.OfType<T>().Where(happened => happened.CallId == _id)];
}

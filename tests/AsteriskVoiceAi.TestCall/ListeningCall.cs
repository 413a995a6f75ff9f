using System.Globalization;
using System.Net;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Sip;

namespace AsteriskVoiceAi.TestCall;

/// <summary>A caller who says nothing and hears what becomes of the call, whatever happens to the service meanwhile.</summary>
internal sealed class ListeningCall(IPEndPoint sip, string extension, TextWriter output)
{
    /// <summary>Pauses between words and sentences are no silence.</summary>
    private static readonly TimeSpan PauseInSpeech = TimeSpan.FromMilliseconds(600);

    /// <summary>Until the other side hangs up, or this phone after a while.</summary>
    /// <param name="longestSilence">Longest that nothing may be heard in it.</param>
    public async Task RunAsync(TimeSpan patience, TimeSpan longestSilence)
    {
        await using var caller = new SipCaller(sip);
        await caller.CallAsync(extension);
        var answered = Moment.Now;
        await output.WriteLineAsync($"Calling {extension} at {sip}: answered");
        await output.FlushAsync();
        var ended = await EndAsync(caller, patience);
        var silentSince = answered;
        var longest = TimeSpan.Zero;
        foreach (var (first, last) in Sounds(caller.HeardPackets))
        {
            longest = Max(longest, first - silentSince);
            silentSince = last;
            await output.WriteLineAsync(Line($"heard something from {(first - answered).TotalSeconds:0.0} s to {(last - answered).TotalSeconds:0.0} s"));
        }
        longest = Max(longest, ended.At - silentSince);
        await output.WriteLineAsync(Line($"hung up by {(ended.ByOther ? "the other side" : "this phone")} after {(ended.At - answered).TotalSeconds:0.0} s; longest silence {longest.TotalSeconds:0.0} s"));
        if (longest > longestSilence)
            throw new InvalidOperationException(Line($"nothing was heard for {longest.TotalSeconds:0.0} s, and {longestSilence.TotalSeconds:0.0} s are allowed."));
    }

    private static async Task<Hangup> EndAsync(SipCaller caller, TimeSpan patience)
    {
        try
        {
            return await caller.WaitForHangupAsync(patience);
        }
        catch (TimeoutException)
        {
            var now = Moment.Now;
            await caller.HangUpAsync();
            return caller.Ended ?? new Hangup(now, ByOther: false, Cause: 0);
        }
    }

    private static IEnumerable<(Moment First, Moment Last)> Sounds(IReadOnlyList<HeardPacket> packets)
    {
        (Moment First, Moment Last)? sound = null;
        foreach (var packet in packets.Where(packet => packet.Level >= SipCaller.SoundLevel))
        {
            if (sound is { } past && packet.At - past.Last > PauseInSpeech)
            {
                yield return past;
                sound = null;
            }
            sound = (sound?.First ?? packet.At, packet.At);
        }
        if (sound is { } rest)
            yield return rest;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using AsteriskVoiceAi.Benchmarks.Reporting;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Sip;

namespace AsteriskVoiceAi.Benchmarks.Latency;

/// <summary>From a caller's last sound to the first sound of the reply, at the caller's ear, for each kind of turn, one caller alone and several at once.</summary>
internal sealed class KindsOfTurn(TextWriter output)
{
    private const int Turns = 10;

    private static readonly int[] AtOnce = [1, 8];

    /// <summary>After this, what sounds is a reply and no longer the prompt.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(400);

    /// <summary>Callers of a group begin within this, so that they do not all stop talking at the same moment.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(3);

    /// <param name="named">Only kinds with this in their name.</param>
    public async Task RunAsync(int calls, string named)
    {
        var kinds = await TurnKind.AllAsync();
        using var flows = ShortAnswers.Write();
        await using var lab = await Lab.StartAsync(flows.Folder, dialplan: TurnKind.Dialplan);
        var table = new MarkdownTable(["milliseconds at the caller's ear", .. AtOnce.SelectMany(many => new[] { $"{many} at once p50", "p95", "turns" })]);
        foreach (var kind in kinds.Where(kind => kind.Name.Contains(named, StringComparison.OrdinalIgnoreCase)))
        {
            // The first call is the one that the compiler still works in.
            await CallAsync(lab, kind, TimeSpan.Zero, turns: 2);
            List<string> cells = [kind.Name];
            foreach (var many in AtOnce)
            {
                var before = lab.Live.Seen.Count;
                List<double> waits = [];
                for (var round = 0; round < Math.Max(1, calls / many); round++)
                {
                    var group = await Task.WhenAll(Enumerable.Range(0, many).Select(i => CallAsync(lab, kind, Spread * i / many, Turns)));
                    waits.AddRange(group.SelectMany(times => times));
                }
                Check(kind, lab.Live.Seen.Skip(before).OfType<CallEvent.Heard>().ToList(), waits.Count);
                cells.AddRange(new[] { 0.50, 0.95 }.Select(share => Percentiles.At(waits, share).ToString("0", CultureInfo.InvariantCulture)));
                cells.Add(waits.Count.ToString(CultureInfo.InvariantCulture));
            }
            table.Add([.. cells]);
        }
        output.WriteLine(table);
    }

    private static async Task<double[]> CallAsync(Lab lab, TurnKind kind, TimeSpan after, int turns)
    {
        await Task.Delay(after, TimeProvider.System);
        await using var caller = new SipCaller(lab.Asterisk.Sip);
        await caller.CallAsync(kind.Extension);
        var times = new double[turns];
        var sound = await caller.WaitForAudioAsync(Moment.Now);
        for (var turn = 0; turn < turns; turn++)
        {
            await caller.WaitForQuietAsync(Quiet);
            var spoken = await caller.SpeakAsync(kind.Answers[turn % kind.Answers.Count]);
            sound = await caller.WaitForAudioAsync(spoken.Last);
            times[turn] = (sound - spoken.Last).TotalMilliseconds;
        }
        return times;
    }

    /// <summary>A number means something only if each answer was one turn, and was understood.</summary>
    private static void Check(TurnKind kind, List<CallEvent.Heard> heard, int turns)
    {
        if (heard.Count != turns || heard.Exists(h => h.Text.Length == 0))
            throw new InvalidOperationException($"{kind.Name}: {turns} answers were {heard.Count} turns: {string.Join(" | ", heard.Select(h => h.Text))}");
    }
}

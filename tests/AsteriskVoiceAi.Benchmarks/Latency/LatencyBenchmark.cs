using System.Globalization;
using AsteriskVoiceAi.Benchmarks.Reporting;
using AsteriskVoiceAi.TestSupport.Processes;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Benchmarks.Latency;

/// <summary>How long does a caller wait for the reply, by each way into the service, and what does that time consist of?</summary>
internal sealed class LatencyBenchmark(TextWriter output)
{
    private const int TurnsPerCall = 7;
    private const string Question = "What are your opening hours?";

    /// <summary>"Waiting to speak with a representative", spoken by a human; it ends the call.</summary>
    private const string LastWords = "queue-callswaiting";

    private static readonly (string Extension, string Name)[] Ways = [("104", "FastAGI, AudioSocket"), ("105", "ARI, WebSocket")];

    private static readonly (string Name, Func<TurnTiming, TimeSpan> Of)[] Rows =
    [
        ("**at the caller's ear**", turn => turn.AtTheEar),
        ("silence until the utterance is over", turn => turn.Endpoint),
        ("(recognition, inside that silence)", turn => turn.Recognition),
        ("(of it waited for)", turn => turn.Waited),
        ("intent and reply", turn => turn.Intent),
        ("synthesis until first audio", turn => turn.Synthesis),
        ("rest: transport, detector", turn => turn.Rest),
    ];

    public async Task RunAsync(int calls)
    {
        var question = await Flite.SpeakAsync(Question);
        short[][] utterances = [.. Enumerable.Repeat(question, TurnsPerCall - 1), await HumanPrompts.ReadAsync(LastWords)];
        using var flows = ShortAnswers.Write();
        await using var lab = await Lab.StartAsync(flows.Folder);
        var turns = new List<TurnTiming>[Ways.Length];
        for (var way = 0; way < Ways.Length; way++)
        {
            turns[way] = [];
            var measured = new MeasuredCall(lab, Ways[way].Extension);
            // The first call is the one that the compiler still works in.
            await measured.RunAsync(utterances[^2..]);
            for (var call = 0; call < calls; call++)
                turns[way].AddRange(await measured.RunAsync(utterances));
        }
        Print(turns);
    }

    private void Print(List<TurnTiming>[] turns)
    {
        var table = new MarkdownTable(["milliseconds", .. Ways.SelectMany((way, i) => new[] { $"{way.Name} p50 ({turns[i].Count} turns)", "p95" })]);
        foreach (var (name, of) in Rows)
            table.Add([name, .. turns.SelectMany(way => new[] { 0.50, 0.95 }.Select(share => Milliseconds(Percentiles.At(way.Select(turn => of(turn).TotalMilliseconds), share))))]);
        output.WriteLine(table);
    }

    private static string Milliseconds(double value) => value.ToString(Math.Abs(value) < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);
}

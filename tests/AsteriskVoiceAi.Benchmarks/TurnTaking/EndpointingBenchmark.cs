using System.Globalization;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Benchmarks.Reporting;
using AsteriskVoiceAi.Calls.Evaluation;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Benchmarks.TurnTaking;

/// <summary>How many callers are cut off, and how long do those wait who have finished? Through the listener of calls, with its real models.</summary>
/// <param name="every">1 = all turns, 4 = each fourth.</param>
/// <param name="only">Only kinds of turn whose name has this in it.</param>
/// <param name="pauses">Where each pause is written as a line of comma-separated values; null = nowhere.</param>
internal sealed class EndpointingBenchmark(TextWriter output, int every, string only = "", TextWriter? pauses = null)
{
    private static readonly int[] Timers = [500, 700, 1000];

    private static readonly (string Name, Func<Task<List<SpokenTurn>>> Turns)[] Kinds =
    [
        ("whole sentences (human)", SpokenTurns.WholeAsync),
        ("whole requests (flite)", SpokenTurns.RequestsAsync),
        ("a few words (human)", SpokenTurns.FewWordsAsync),
        ("a few words (flite)", SpokenTurns.FewWordsOfFliteAsync),
        ("stop after a function word (human)", () => SpokenTurns.HumanStopsAsync(afterFunctionWord: true)),
        ("stop in mid-phrase (human)", () => SpokenTurns.HumanStopsAsync(afterFunctionWord: false)),
        ("stop after a function word (flite)", () => SpokenTurns.StopsAsync(afterFunctionWord: true)),
        ("stop in mid-phrase (flite)", () => SpokenTurns.StopsAsync(afterFunctionWord: false)),
        ("8 digits, number known (human)", () => SpokenTurns.DigitsAsync(known: true)),
        ("4 to 12 digits (human)", () => SpokenTurns.DigitsAsync(known: false)),
        ("two sentences (human)", SpokenTurns.PairsAsync),
        ("yes or no (flite)", SpokenTurns.YesNoAsync),
    ];

    public async Task RunAsync()
    {
        using var engines = new SpeechEngines(Options.Create(new SpeechOptions { ModelsFolder = Lab.ModelsFolder, Recognizers = ["moonshine-base"] }), TimeProvider.System, NullLogger<SpeechEngines>.Instance);
        var judge = (await engines.Hearing).TurnDetector;
        ITurnDetector[] detectors = judge is NoTurnDetector ? [judge] : [judge, NoTurnDetector.Instance];
        var table = new MarkdownTable(
        [
            "turns", "count",
            .. detectors.SelectMany(detector => new[] { $"{Word(detector)}: cut off", "mean ms", "p95 ms" }),
            .. Timers.Select(timer => $"timer {timer} ms: cut off"),
        ]);
        foreach (var (name, spoken) in Kinds.Where(kind => kind.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            List<SpokenTurn> turns = [.. (await spoken()).Where((_, i) => i % every == 0)];
            var cells = new List<string> { name, turns.Count.ToString(CultureInfo.InvariantCulture) };
            foreach (var detector in detectors)
                cells.AddRange(await MeasureAsync(engines, detector, name, turns));
            var longest = turns.Select(turn => PausesHeard.Longest(engines.Detector, turn.Samples)).ToList();
            cells.AddRange(Timers.Select(timer => Percent(longest.Count(pause => pause.TotalMilliseconds >= timer), longest.Count)));
            table.Add([.. cells]);
        }
        output.WriteLine(table);
    }

    private async Task<string[]> MeasureAsync(SpeechEngines engines, ITurnDetector detector, string name, List<SpokenTurn> turns)
    {
        var listening = new SampleListening(engines.Recognizer, engines.Detector, TimeSpan.FromSeconds(25), TimeProvider.System, realTime: false, detector)
        {
            Paused = pause => Write(name, detector, pause),
        };
        var heard = new List<HeardSample>();
        foreach (var turn in turns)
        {
            var (samples, rate) = TelephoneLine.Carry(turn.Samples, Caller.Rate, LineCodec.ULaw);
            heard.Add(await listening.HearAsync(new SpokenSample(samples, rate, turn.Expectation, "en-US"), CancellationToken.None));
        }
        double[] delays = [.. heard.Where(sample => sample.Endpoint is not null).Select(sample => sample.Endpoint!.Value.TotalMilliseconds)];
        return
        [
            Percent(heard.Count(sample => sample.FalseCutOffs > 0), heard.Count),
            delays.Average().ToString("0", CultureInfo.InvariantCulture),
            Percentiles.At(delays, 0.95).ToString("0", CultureInfo.InvariantCulture),
        ];
    }

    private void Write(string name, ITurnDetector detector, PauseRecord pause) => pauses?.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name},{detector.Name},{pause.Speech.TotalMilliseconds:0},{pause.Silence.TotalMilliseconds:0},{pause.Decision?.Rule},{pause.Decision?.Silence.TotalMilliseconds:0},{pause.Finished:0.000},{pause.Ending},{pause.EndMark:0.000}"));

    private static string Word(ITurnDetector detector) => detector is NoTurnDetector ? "words alone" : detector.Name;

    private static string Percent(int count, int of) => (100.0 * count / of).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}

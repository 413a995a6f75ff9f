using System.Globalization;
using AsteriskVoiceAi.Benchmarks.Reporting;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.TestSupport.Speech;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Benchmarks.TurnTaking;

/// <summary>How often does an echo of the prompt, a cough or noise stop it, and how long does it go on when a caller speaks?</summary>
/// <param name="every">1 = all prompts, 4 = each fourth.</param>
internal sealed class BargeInBenchmark(TextWriter output, int every)
{
    /// <summary>A caller who has not stopped the prompt by then talks against it.</summary>
    private const double Patience = 1;

    private static readonly double?[] Echoes = [-6, -12, -20, -30, null];
    private static readonly int[] Delays = [20, 80, 150, 250];

    public async Task RunAsync()
    {
        using var engines = new SpeechEngines(Options.Create(new SpeechOptions { ModelsFolder = Lab.ModelsFolder, Recognizers = ["moonshine-base"] }), TimeProvider.System, NullLogger<SpeechEngines>.Instance);
        List<short[]> prompts = [.. (await PromptsAsync()).Where((_, i) => i % every == 0)];
        var callers = (await SpokenTurns.WholeAsync()).Select(turn => turn.Samples).ToList();
        output.WriteLine($"{prompts.Count} prompts (flite and human), of {prompts.Average(prompt => prompt.Length) / Caller.Rate:0.0} s; {callers.Count} callers (human) at -22 dBFS; noise -55 dBFS; delays {string.Join(", ", Delays)} ms");
        output.WriteLine();
        PrintEchoes(engines.Detector, prompts, callers);
        output.WriteLine();
        PrintOtherSounds(engines.Detector, prompts);
    }

    private void PrintEchoes(IVoiceActivityDetector detector, List<short[]> prompts, List<short[]> callers)
    {
        var rule = new MarkdownTable("echo of the prompt", "prompts stopped by it", "without the reference", "caller stops it after p50 ms", "p95 ms", "not within 1 s");
        var curve = new MarkdownTable(["echo of the prompt", .. StopTrial.Lengths.Select(length => $"{length * 32} ms of speech: stopped by echo / caller p95 ms")]);
        foreach (var echo in Echoes)
        {
            var (alone, blind, spoken) = (Alone(detector, prompts, echo, reference: true), Alone(detector, prompts, echo, reference: false), Spoken(detector, prompts, callers, echo));
            rule.Add([Word(echo), Stopped(alone), Stopped(blind), .. Cells(spoken, trial => trial.ByRule)]);
            curve.Add([Word(echo), .. StopTrial.Lengths.Select((_, i) => Percent(alone.Count(trial => trial.ByLength[i] is not null), alone.Count) + " / " + Cells(spoken, trial => trial.ByLength[i])[1])]);
        }
        output.WriteLine(rule);
        output.WriteLine();
        output.WriteLine(curve);
    }

    private void PrintOtherSounds(IVoiceActivityDetector detector, List<short[]> prompts)
    {
        var table = new MarkdownTable("over a prompt", "prompts stopped by it");
        foreach (var (name, noise, cough) in new[] { ("white noise, 20 dB under a caller", -42.0, false), ("white noise, 10 dB under a caller", -32.0, false), ("a cough (two bursts of shaped noise)", -55.0, true) })
        {
            var stopped = prompts.Select((prompt, i) => StopTrial.Run(
                detector, EchoLine.Hear(prompt, -30, 100, noise, cough ? EchoLine.Cough(i) : [], Caller.Rate * 2, i), prompt, 0, reference: true)).Count(trial => trial.ByRule is not null);
            table.Add(name, Percent(stopped, prompts.Count));
        }
        output.WriteLine(table);
    }

    private static List<StopTrial> Alone(IVoiceActivityDetector detector, List<short[]> prompts, double? echo, bool reference) =>
        [.. Delays.SelectMany(delay => prompts.Select((prompt, i) => StopTrial.Run(detector, EchoLine.Hear(prompt, echo, delay, -55, [], 0, i), prompt, 0, reference)))];

    /// <summary>A caller begins between one and three seconds into the prompt. What the echo did before that is not theirs.</summary>
    private static List<CallerTrial> Spoken(IVoiceActivityDetector detector, List<short[]> prompts, List<short[]> callers, double? echo)
    {
        var trials = new List<CallerTrial>();
        foreach (var delay in Delays)
        {
            for (var i = 0; i < prompts.Count; i++)
            {
                var at = Caller.Rate + (i * 7919 % (2 * Caller.Rate));
                var heard = EchoLine.Hear(prompts[i], echo, delay, -55, callers[i % callers.Count], at, i);
                var began = at / (double)Caller.Rate;
                trials.Add(new(StopTrial.Run(detector, heard, prompts[i], began, reference: true), began));
            }
        }
        return trials;
    }

    /// <summary>Prompts of 5 s and more, as a flow has them.</summary>
    private static async Task<List<short[]>> PromptsAsync()
    {
        string[] texts =
        [
            "Thanks for calling Fabrikam Parcels. You can track a parcel, change a delivery, or talk to somebody in our billing department.",
            "We are open Monday to Friday from eight in the morning to six in the evening, and on Saturday from nine to one.",
            "Your parcel left our center in Denver last night and should be with you by tomorrow afternoon. Is there anything else I can do for you?",
            "Please note that calls may be recorded for training. To hear these choices again, just say repeat at any time.",
            "Deliveries in your area are late today because of the heavy snow. We are sorry for that. Most parcels will come tomorrow instead.",
        ];
        string[] voices = ["rms", "slt", "awb", "kal"];
        var prompts = new List<short[]>();
        foreach (var voice in voices)
        {
            foreach (var text in texts)
                prompts.Add(Caller.Levelled(await Flite.SpeakAsync(text, voice)));
        }
        foreach (var name in HumanPrompts.Texts.Keys.Order(StringComparer.Ordinal))
        {
            var samples = Caller.Levelled(await HumanPrompts.ReadAsync(name));
            if (samples.Length is >= 5 * Caller.Rate and <= 12 * Caller.Rate)
                prompts.Add(samples);
        }
        return prompts;
    }

    private static string Stopped(List<StopTrial> trials) => Percent(trials.Count(trial => trial.ByRule is not null), trials.Count);

    private static string[] Cells(List<CallerTrial> trials, Func<StopTrial, double?> stopped)
    {
        double[] reactions = [.. trials.Select(trial => trial.Reaction(stopped(trial.Trial)))];
        // Who did not stop it waited longer than anybody.
        double[] waited = [.. reactions.Select(reaction => double.IsNaN(reaction) ? double.MaxValue : reaction)];
        return [Milliseconds(Percentiles.At(waited, 0.5)), Milliseconds(Percentiles.At(waited, 0.95)), Percent(reactions.Count(double.IsNaN), reactions.Length)];
    }

    private static string Milliseconds(double value) => value >= 1000 * Patience ? "over 1000" : value.ToString("0", CultureInfo.InvariantCulture);

    private static string Word(double? echo) => echo is { } level ? level.ToString("0", CultureInfo.InvariantCulture) + " dB" : "none";

    private static string Percent(int count, int of) => (100.0 * count / of).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private sealed record CallerTrial(StopTrial Trial, double Began)
    {
        /// <summary>Milliseconds; not a number = not in time.</summary>
        public double Reaction(double? stopped) => stopped is { } at && at - Began <= Patience ? (at - Began) * 1000 : double.NaN;
    }
}

using System.Globalization;
using System.Text.Json;
using AsteriskVoiceAi.Benchmarks.Gauges;
using AsteriskVoiceAi.Benchmarks.Reporting;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.TestSupport.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Benchmarks.Speaking;

/// <summary>How soon a sentence sounds, what it costs, and how many callers at once can be spoken to, for each synthesizer.</summary>
internal sealed class SpeakingBenchmark(TextWriter output, int sentences)
{
    private const string Voice = "en_US-joe-medium";
    private const int TelephoneRate = 8000;

    private static readonly string[] Engines = ["flite", "espeak-ng", "piper-" + Voice, "piper-program-" + Voice];
    private static readonly int[] Callers = [1, 8, 32];

    public async Task RunAsync()
    {
        var texts = Texts().Take(sentences).ToList();
        var alone = new MarkdownTable("one caller", "first sound p50 ms", "p95 ms", "of real time", "processor s per s of speech", "memory MB");
        var together = new MarkdownTable("callers at once", "callers", "first sound p50 ms", "p95 ms", "s of speech a second", "refused");
        var options = new SpeechOptions { ModelsFolder = Lab.ModelsFolder };
        using var workers = new EngineWorkers(options.WorkerCount, TimeProvider.System);
        using var slots = new SemaphoreSlim(options.Programs);
        using var factories = new SynthesizerFactories(new(options, workers, slots, TimeProvider.System, NullLogger.Instance));
        foreach (var name in Engines)
            await MeasureAsync(factories, name, texts, alone, together);
        await output.WriteLineAsync(alone.ToString());
        await output.WriteLineAsync();
        await output.WriteLineAsync(together.ToString());
    }

    private async Task MeasureAsync(SynthesizerFactories factories, string name, List<string> texts, MarkdownTable alone, MarkdownTable together)
    {
        var before = FamilyGauge.Private;
        ISpeechSynthesizer engine;
        try
        {
            engine = factories.All.First(factory => factory.Makes(name)).Load(name).Engine;
        }
        catch (SpeechEngineException missing)
        {
            await output.WriteLineAsync($"{name} is left out: {missing.Message}\n");
            return;
        }
        await engine.Started;
        await engine.SynthesizeAsync(new("Hello.", "en-US"), CancellationToken.None);
        foreach (var callers in Callers)
        {
            var load = await SpeakingLoad.RunAsync(engine, texts, callers);
            if (callers == 1)
                alone.Add(name, Whole(load.P50), Whole(load.P95), Share(load.Wall / load.Speech), Share(load.Processor / load.Speech), Whole((FamilyGauge.Private - before) / 1e6));
            together.Add(name, Whole(callers), Whole(load.P50), Whole(load.P95), Whole(load.Speech / load.Wall), Whole(load.Refused));
        }
        if (name == Engines[0])
            await MeasureCachedAsync(engine, texts, alone);
        if (engine is IAsyncDisposable ends)
            await ends.DisposeAsync();
        else
            (engine as IDisposable)?.Dispose();
    }

    private static async Task MeasureCachedAsync(ISpeechSynthesizer engine, List<string> texts, MarkdownTable alone)
    {
        var cache = new PromptCache(engine);
        List<double> took = [];
        for (var round = 0; round < 2; round++)
        {
            took.Clear();
            foreach (var text in texts)
            {
                var asked = TimeProvider.System.GetTimestamp();
                await cache.GetAsync(new(text, "en-US"), TelephoneRate, CancellationToken.None);
                took.Add(TimeProvider.System.GetElapsedTime(asked).TotalMilliseconds);
            }
        }
        alone.Add("cached", Fine(Percentiles.At(took, 0.5)), Fine(Percentiles.At(took, 0.95)), "", "", "");
    }

    /// <summary>Sentences of telephone menus, 2.7 s each on average.</summary>
    private static IEnumerable<string> Texts() =>
        File.ReadLines(Repository.PathOf("tests", "AsteriskVoiceAi.Tests", "Engines", "PiperVectors", "phonemes-espeak-1.51.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("id").GetString()!.StartsWith("ivr", StringComparison.Ordinal))
            .Select(line => line.GetProperty("text").GetString()!);

    private static string Whole(double number) => number.ToString("0", CultureInfo.InvariantCulture);

    private static string Fine(double number) => number.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Share(double number) => number.ToString("0.000", CultureInfo.InvariantCulture);
}

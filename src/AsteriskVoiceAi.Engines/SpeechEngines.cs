using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Loading;
using AsteriskVoiceAi.Engines.Silero;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Engines;

/// <summary>
/// Finds the configured engines once, and owns them. One that is missing is reported, not fatal. What a call needs for its first words is
/// there when this is made; the models that hear and understand load on a thread of their own meanwhile, and who asks one of them waits for it.
/// </summary>
internal sealed class SpeechEngines : IDisposable, IAsyncDisposable
{
    private readonly EngineWorkers _workers;
    private readonly SemaphoreSlim _slots;
    private readonly FoundEngines _found = new();

    public SpeechEngines(IOptions<SpeechOptions> options, TimeProvider time, ILogger<SpeechEngines> logger, EngineMetrics? metrics = null, RecognitionSpeed? speed = null)
    {
        _workers = new(options.Value.WorkerCount, time);
        _slots = new(options.Value.Programs);
        var parts = new EngineParts(options.Value, _workers, _slots, time, logger);
        Hearing = Task.Factory.StartNew(() => new HearingEngines(parts, metrics, speed), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Recognizer = new LoadingRecognizer(Hearing);
        TurnDetector = options.Value.TurnDetector == "none" ? NoTurnDetector.Instance : new LoadingTurnDetector(Hearing);
        SentenceEncoder = new LoadingEncoder(Hearing);
        Synthesizers = _found.Find(SpeechEngineKind.Synthesis, SynthesizerFactories.Names(options.Value), _found.Own(new SynthesizerFactories(parts)).All);
        Detector = _found.Find<IVoiceActivityDetector>(SpeechEngineKind.VoiceActivity, ["silero-v5"], [new SileroFactory(parts)]).FirstOrDefault() ?? new EnergyDetector();
        var synthesis = new Ladder<ISpeechSynthesizer>(
            "synthesis", Synthesizers, static s => s.Name, options.Value.SynthesisBudget, "for this language none is installed; see `voiceai doctor`", time, logger, metrics);
        Synthesizer = new SynthesisLadder(synthesis);
        Report = ReportAsync(synthesis, options.Value.Programs, metrics, logger);
    }

    /// <summary>Ends when they are loaded.</summary>
    public Task<HearingEngines> Hearing { get; }

    public ISpeechRecognizer Recognizer { get; }

    public ISpeechSynthesizer Synthesizer { get; }

    public IVoiceActivityDetector Detector { get; }

    public ITurnDetector TurnDetector { get; }

    public ISentenceEncoder SentenceEncoder { get; }

    /// <summary>The rungs of <see cref="Synthesizer"/>.</summary>
    public IReadOnlyList<ISpeechSynthesizer> Synthesizers { get; }

    /// <summary>Ends when all are loaded.</summary>
    public Task<SpeechEnginesReport> Report { get; }

    /// <summary>For hosts that end without waiting; ending a child process takes some milliseconds.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>A model can't be stopped while it loads: that is waited for, a second at most.</summary>
    public async ValueTask DisposeAsync()
    {
        await ((Task)Report).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _workers.Dispose();
        if (Hearing.IsCompletedSuccessfully)
            await (await Hearing).DisposeAsync();
        await _found.DisposeAsync();
        _slots.Dispose();
    }

    private async Task<SpeechEnginesReport> ReportAsync(Ladder<ISpeechSynthesizer> synthesis, int programs, EngineMetrics? metrics, ILogger logger)
    {
        var hearing = await Hearing;
        var report = new SpeechEnginesReport([.. hearing.Statuses.Concat(_found.Statuses).OrderBy(engine => engine.Kind)]);
        metrics?.Watch(report, () => [.. Resting("recognition", hearing.Ladder), .. Resting("synthesis", synthesis)], _workers, () => programs - _slots.CurrentCount);
        EnginesLog.Found(logger, report);
        return report;
    }

    private static IEnumerable<(string Kind, string Engine, bool IsResting)> Resting<TEngine>(string kind, Ladder<TEngine> ladder) =>
        ladder.Health.Select(rung => (kind, rung.Engine, rung.IsResting));
}

using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Moonshine;
using AsteriskVoiceAi.Engines.SentenceEncoder;
using AsteriskVoiceAi.Engines.Silero;
using AsteriskVoiceAi.Engines.SmartTurn;
using AsteriskVoiceAi.Engines.Whisper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Engines;

/// <summary>Finds and loads the configured engines once, and owns them. One that is missing is reported, not fatal.</summary>
internal sealed class SpeechEngines : IDisposable, IAsyncDisposable
{
    /// <summary>Above either, recognitions go to the lightest model: with two workers and 90 ms each, three in line wait 300 ms.</summary>
    private const int LongQueue = 2;
    private static readonly TimeSpan LongWait = TimeSpan.FromMilliseconds(300);

    private readonly SpeechOptions _options;
    private readonly EngineWorkers _workers;
    private readonly SemaphoreSlim _slots;
    private readonly List<object> _owned = [];
    private readonly List<SpeechEngineStatus> _found = [];

    public SpeechEngines(IOptions<SpeechOptions> options, TimeProvider time, ILogger<SpeechEngines> logger, EngineMetrics? metrics = null, RecognitionSpeed? speed = null)
    {
        _options = options.Value;
        _workers = new(_options.WorkerCount, time);
        _slots = new(_options.Programs);
        var parts = new EngineParts(_options, _workers, _slots, time, logger);
        var recognizers = FindRecognizers([new MoonshineFactory(parts), new WhisperFactory(parts)]);
        var speaking = new SynthesizerFactories(parts);
        var synthesizers = Find(SpeechEngineKind.Synthesis, SynthesizerFactories.Names(_options), speaking.All);
        _owned.Add(speaking);
        var turnDetectors = Find<ITurnDetector>(SpeechEngineKind.TurnDetection, _options.TurnDetector == "none" ? [] : [_options.TurnDetector], [new SmartTurnFactory(parts)]);
        var detectors = Find<IVoiceActivityDetector>(SpeechEngineKind.VoiceActivity, ["silero-v5"], [new SileroFactory(parts)]);
        var encoders = Find<ISentenceEncoder>(SpeechEngineKind.Meaning, _options.SentenceEncoder == "none" ? [] : [_options.SentenceEncoder], [new MiniLmFactory(parts)]);
        var recognition = new Ladder<ISpeechRecognizer>(
            "recognition", recognizers, static r => r.Name, _options.RecognitionBudget,
            "run scripts/get-models.sh and see `voiceai doctor`", time, logger, metrics);
        var synthesis = new Ladder<ISpeechSynthesizer>(
            "synthesis", synthesizers, static s => s.Name, _options.SynthesisBudget, "for this language none is installed; see `voiceai doctor`", time, logger, metrics);
        Recognizer = new SpeechLadder(
            recognition,
            () => _workers.Waiting > LongQueue || _workers.Wait > LongWait,
            speed);
        Synthesizer = new SynthesisLadder(synthesis);
        Recognizers = recognizers;
        Synthesizers = synthesizers;
        Detector = detectors.FirstOrDefault() ?? new EnergyDetector();
        TurnDetector = turnDetectors.FirstOrDefault() ?? NoTurnDetector.Instance;
        SentenceEncoder = encoders.FirstOrDefault() ?? NoSentenceEncoder.Instance;
        Report = new(_found);
        metrics?.Watch(Report, () => [.. Resting("recognition", recognition), .. Resting("synthesis", synthesis)], _workers, () => _options.Programs - _slots.CurrentCount);
        Log(logger);
    }

    public SpeechLadder Recognizer { get; }

    public ISpeechSynthesizer Synthesizer { get; }

    public IVoiceActivityDetector Detector { get; }

    public ITurnDetector TurnDetector { get; }

    public ISentenceEncoder SentenceEncoder { get; }

    /// <summary>The rungs of <see cref="Recognizer"/>.</summary>
    public IReadOnlyList<ISpeechRecognizer> Recognizers { get; }

    /// <summary>The rungs of <see cref="Synthesizer"/>.</summary>
    public IReadOnlyList<ISpeechSynthesizer> Synthesizers { get; }

    public SpeechEnginesReport Report { get; }

    /// <summary>For hosts that end without waiting; ending a child process takes some milliseconds.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        _workers.Dispose();
        foreach (var engine in _owned)
        {
            if (engine is IAsyncDisposable ends)
                await ends.DisposeAsync();
            else
                (engine as IDisposable)?.Dispose();
        }
        _slots.Dispose();
    }

    /// <summary>The configured ones; in the place of <c>auto</c> all that are installed.</summary>
    private List<ISpeechRecognizer> FindRecognizers(IEngineFactory<ISpeechRecognizer>[] factories)
    {
        var installed = factories.SelectMany(factory => factory.Names).Except(_options.Recognizers);
        var names = _options.Recognizers.SelectMany(name => name == RecognizerRanking.Auto ? installed : [name]).Distinct().ToList();
        return Find(SpeechEngineKind.Recognition, names, factories);
    }

    private List<TEngine> Find<TEngine>(SpeechEngineKind kind, IReadOnlyList<string> names, IReadOnlyList<IEngineFactory<TEngine>> factories)
    {
        List<TEngine> engines = [];
        foreach (var name in names)
        {
            try
            {
                var factory = factories.FirstOrDefault(factory => factory.Makes(name))
                    ?? throw new SpeechEngineException($"there is no such engine; known: {string.Join(", ", factories.SelectMany(factory => factory.Names))}");
                var (engine, detail) = factory.Load(name);
                engines.Add(engine);
                _owned.Add(engine!);
                _found.Add(new(kind, name, IsAvailable: true, detail));
            }
            catch (SpeechEngineException e)
            {
                _found.Add(new(kind, name, IsAvailable: false, e.Message));
            }
        }
        return engines;
    }

    private static IEnumerable<(string Kind, string Engine, bool IsResting)> Resting<TEngine>(string kind, Ladder<TEngine> ladder) =>
        ladder.Health.Select(rung => (kind, rung.Engine, rung.IsResting));

    private void Log(ILogger logger)
    {
        var speaks = _found.FirstOrDefault(engine => engine is { Kind: SpeechEngineKind.Synthesis, IsAvailable: true })?.Name ?? "nobody";
        foreach (var engine in _found)
        {
            if (engine.IsAvailable)
                EnginesLog.Ready(logger, engine.Name, engine.Kind.ToString(), engine.Detail);
            else if (engine.Kind == SpeechEngineKind.TurnDetection)
                EnginesLog.Without(logger, engine.Name, engine.Kind.ToString(), engine.Detail);
            else if (engine.Kind == SpeechEngineKind.Synthesis)
                EnginesLog.VoiceMissing(logger, engine.Name, speaks, engine.Detail);
            else
                EnginesLog.Missing(logger, engine.Name, engine.Kind.ToString(), engine.Detail);
        }
    }
}

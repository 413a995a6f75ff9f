using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines.Moonshine;
using AsteriskVoiceAi.Engines.SentenceEncoder;
using AsteriskVoiceAi.Engines.SmartTurn;
using AsteriskVoiceAi.Engines.Whisper;

namespace AsteriskVoiceAi.Engines;

/// <summary>The engines that a call needs once its caller has spoken: who hears, who judges pauses, and who understands. Loading them takes about a second of computing.</summary>
internal sealed class HearingEngines : IAsyncDisposable
{
    /// <summary>Above either, recognitions go to the lightest model: with two workers and 90 ms each, three in line wait 300 ms.</summary>
    private const int LongQueue = 2;
    private static readonly TimeSpan LongWait = TimeSpan.FromMilliseconds(300);

    private readonly FoundEngines _found = new();

    public HearingEngines(EngineParts parts, EngineMetrics? metrics = null, RecognitionSpeed? speed = null)
    {
        var options = parts.Options;
        Recognizers = FindRecognizers(options, [new MoonshineFactory(parts), new WhisperFactory(parts)]);
        TurnDetector = _found.Find<ITurnDetector>(SpeechEngineKind.TurnDetection, options.TurnDetector == "none" ? [] : [options.TurnDetector], [new SmartTurnFactory(parts)]).FirstOrDefault() ?? NoTurnDetector.Instance;
        SentenceEncoder = _found.Find<ISentenceEncoder>(SpeechEngineKind.Meaning, options.SentenceEncoder == "none" ? [] : [options.SentenceEncoder], [new MiniLmFactory(parts)]).FirstOrDefault() ?? NoSentenceEncoder.Instance;
        Ladder = new(
            "recognition", Recognizers, static r => r.Name, options.RecognitionBudget,
            "run scripts/get-models.sh and see `voiceai doctor`", parts.Time, parts.Logger, metrics);
        Recognizer = new(Ladder, () => parts.Workers.Waiting > LongQueue || parts.Workers.Wait > LongWait, speed);
    }

    public SpeechLadder Recognizer { get; }

    public ITurnDetector TurnDetector { get; }

    public ISentenceEncoder SentenceEncoder { get; }

    /// <summary>The rungs of <see cref="Recognizer"/>.</summary>
    public IReadOnlyList<ISpeechRecognizer> Recognizers { get; }

    public Ladder<ISpeechRecognizer> Ladder { get; }

    public IReadOnlyList<SpeechEngineStatus> Statuses => _found.Statuses;

    public ValueTask DisposeAsync() => _found.DisposeAsync();

    /// <summary>The configured ones; in the place of <c>auto</c> all that are installed.</summary>
    private List<ISpeechRecognizer> FindRecognizers(SpeechOptions options, IEngineFactory<ISpeechRecognizer>[] factories)
    {
        var installed = factories.SelectMany(factory => factory.Names).Except(options.Recognizers);
        var names = options.Recognizers.SelectMany(name => name == RecognizerRanking.Auto ? installed : [name]).Distinct().ToList();
        return _found.Find(SpeechEngineKind.Recognition, names, factories);
    }
}

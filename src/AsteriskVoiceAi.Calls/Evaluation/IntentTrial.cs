using AsteriskVoiceAi.Calls.Intents;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Calls.Evaluation;

/// <summary>Learns intents as a flow does, and is asked utterance by utterance, for measurements.</summary>
/// <param name="vectorsFolder">Where vectors of examples are kept; null = they are not.</param>
public sealed class IntentTrial(ISentenceEncoder encoder, string? vectorsFolder, TimeProvider time)
{
    private readonly VectorShelf? _shelf = VectorShelf.In(vectorsFolder);

    /// <summary>How many texts get a vector: the examples, and the names of the intents.</summary>
    public static int Texts(IReadOnlyList<IntentExamples> intents) => IntentRouter.Texts(intents).Count;

    /// <param name="name">Of the file that keeps the vectors.</param>
    /// <param name="encoded">Told how many texts have their vector.</param>
    /// <exception cref="SpeechEngineException">The encoder broke.</exception>
    public async Task<LearnedIntents> LearnAsync(
        string name, IReadOnlyList<IntentExamples> intents, string language, IntentThresholds thresholds, Action<int> encoded, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var vectors = encoder.Understands(language)
            ? await new ExampleVectors(encoder, _shelf, NullLogger.Instance).OfAsync(name, IntentRouter.Texts(intents), cancellationToken, Environment.ProcessorCount, encoded)
            : null;
        var encoding = time.GetElapsedTime(started);
        started = time.GetTimestamp();
        return new LearnedIntents(IntentRouter.Train(intents, language, thresholds, vectors)) { Encoding = encoding, Training = time.GetElapsedTime(started) };
    }

    /// <summary>The decision, and the time from the text to it.</summary>
    public async Task<(IntentDecision Decision, TimeSpan Took)> AskAsync(LearnedIntents learned, string text, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var vector = learned.UsesMeaning ? await encoder.EncodeAsync(text, cancellationToken) : null;
        var decision = learned.Router.Route(text, vector);
        return (decision, time.GetElapsedTime(started));
    }
}

/// <summary>What was learned.</summary>
public sealed class LearnedIntents
{
    internal LearnedIntents(IntentRouter router) => Router = router;

    /// <summary>Time for vectors of examples that were not kept.</summary>
    public required TimeSpan Encoding { get; init; }

    /// <summary>Time for all the rest.</summary>
    public required TimeSpan Training { get; init; }

    public bool UsesMeaning => Router.HasMeaning;

    public RouterForecast Forecast => Router.Forecast;

    internal IntentRouter Router { get; }
}

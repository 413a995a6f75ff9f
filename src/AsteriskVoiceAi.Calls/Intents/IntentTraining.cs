using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Trains the routers of flows, with the sentence encoder where it understands the flow's language.</summary>
internal sealed class IntentTraining(ISentenceEncoder encoder, VectorShelf? shelf, ILogger logger, IIntentAdvisor? advisor = null)
{
    /// <summary>Flows that are loaded together learn one after the other: calls need the other cores.</summary>
    private readonly Lock _learning = new();

    private readonly ExampleVectors _vectors = new(encoder, shelf, logger);

    /// <summary>Asked about utterances that a router refuses.</summary>
    public IIntentAdvisor Advisor { get; } = advisor ?? NoIntentAdvisor.Instance;

    /// <summary>With words alone.</summary>
    public static IntentTraining WordsOnly(ILogger logger) => new(NoSentenceEncoder.Instance, null, logger);

    /// <summary>Takes as long as its examples do that are new: 6 ms each. An encoder that breaks costs the meaning, not the flow.</summary>
    /// <param name="name">Of the flow.</param>
    public IntentRouter Train(string name, IReadOnlyList<IntentExamples> intents, string language, IntentThresholds thresholds)
    {
        lock (_learning)
            return IntentRouter.Train(intents, language, thresholds, Vectors(name, intents, language));
    }

    /// <summary>Makes the vector of an utterance; null = this router or language has none, or the encoder broke.</summary>
    public async ValueTask<float[]?> VectorAsync(IntentRouter router, string text, CancellationToken cancellationToken)
    {
        if (!router.HasMeaning)
            return null;
        try
        {
            return await encoder.EncodeAsync(text, cancellationToken);
        }
        catch (SpeechEngineException e)
        {
            IntentsLog.UtteranceNotEncoded(logger, e.Message);
            return null;
        }
    }

    private float[][]? Vectors(string name, IReadOnlyList<IntentExamples> intents, string language)
    {
        if (!_vectors.Understands(language))
            return null;
        try
        {
            // Flows are loaded on threads of their own; nothing that the encoder waits for runs on them.
            return _vectors.OfAsync(name, IntentRouter.Texts(intents), CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (SpeechEngineException e)
        {
            IntentsLog.EncoderFailed(logger, name, e.Message);
            return null;
        }
    }
}

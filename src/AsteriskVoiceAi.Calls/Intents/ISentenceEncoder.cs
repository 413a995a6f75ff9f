namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Makes vectors of sentences: what means nearly the same points nearly the same way. Safe for many calls at once; bounds its own work.</summary>
public interface ISentenceEncoder
{
    /// <summary>Stable short name for the start-up report and logs, e.g. <c>minilm</c>.</summary>
    string Name { get; }

    /// <summary>Differs between models and their versions: vectors of one are of no use to another.</summary>
    string Fingerprint { get; }

    /// <summary>Whether it was trained on this language (BCP 47 tag).</summary>
    bool Understands(string language);

    /// <summary>The vector of a text, of length 1; always the same number of values. Any text has one, also an empty one.</summary>
    /// <exception cref="SpeechEngineException">The model broke, or too much waits for it.</exception>
    ValueTask<float[]> EncodeAsync(string text, CancellationToken cancellationToken);
}

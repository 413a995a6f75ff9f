namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Where no model is: callers are understood by their words alone.</summary>
public sealed class NoSentenceEncoder : ISentenceEncoder
{
    private NoSentenceEncoder() { }

    public static NoSentenceEncoder Instance { get; } = new();

    public string Name => "none";

    public string Fingerprint => "";

    public bool Understands(string language) => false;

    public ValueTask<float[]> EncodeAsync(string text, CancellationToken cancellationToken) => throw new InvalidOperationException("it understands no language");
}

using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Tests.Intents;

/// <summary>Knows a few topics and nothing else: a text's vector points to those whose words it has.</summary>
internal sealed class FakeEncoder(params string[] topics) : ISentenceEncoder
{
    private int _asked;

    public string Name => "fake";

    public string Fingerprint => string.Join('|', topics);

    /// <summary>Texts that got a vector.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public bool Breaks { get; set; }

    public bool Understands(string language) => true;

    public ValueTask<float[]> EncodeAsync(string text, CancellationToken cancellationToken)
    {
        if (Breaks)
            throw new SpeechEngineException("broken on purpose");
        Interlocked.Increment(ref _asked);
        // Each topic is words that mean the same: "bill invoice money".
        var vector = topics.Select(topic => topic.Split(' ').Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) ? 1f : 0.05f).ToArray();
        var length = MathF.Sqrt(vector.Sum(value => value * value));
        return ValueTask.FromResult(Array.ConvertAll(vector, value => value / length));
    }
}

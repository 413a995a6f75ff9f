namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Vectors of the texts that an answer to an utterance may look at. Immutable.</summary>
internal sealed class UtteranceVectors(IReadOnlyDictionary<string, float[]?> vectors)
{
    public static UtteranceVectors None { get; } = new(new Dictionary<string, float[]?>());

    public bool Has(string text) => vectors.ContainsKey(text);

    /// <summary>Null = it has none: the words alone decide.</summary>
    public float[]? Find(string text) => vectors.GetValueOrDefault(text);

    /// <summary>These and others.</summary>
    public UtteranceVectors With(IEnumerable<KeyValuePair<string, float[]?>> others)
    {
        var all = new Dictionary<string, float[]?>(vectors);
        foreach (var (text, vector) in others)
            all[text] = vector;
        return new UtteranceVectors(all);
    }
}

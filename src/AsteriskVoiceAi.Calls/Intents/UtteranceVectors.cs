namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Vectors of the texts that an answer to an utterance may look at. Immutable.</summary>
/// <param name="suggested">What an advisor takes the utterance for; null = it was not asked, or knows nothing.</param>
internal sealed class UtteranceVectors(IReadOnlyDictionary<string, float[]?> vectors, string? suggested = null)
{
    public string? Suggested => suggested;

    /// <summary>What an advisor answers to it, unchecked; null = nothing.</summary>
    public string? Answer { get; private init; }

    public static UtteranceVectors None { get; } = new(new Dictionary<string, float[]?>());

    public bool Has(string text) => vectors.ContainsKey(text);

    /// <summary>Null = it has none: the words alone decide.</summary>
    public float[]? Find(string text) => vectors.GetValueOrDefault(text);

    /// <summary>These with an advisor's opinion.</summary>
    public UtteranceVectors Suggesting(string? intent, string? answer = null) => intent is null && answer is null ? this : new UtteranceVectors(vectors, intent) { Answer = answer };

    /// <summary>These and others.</summary>
    public UtteranceVectors With(IEnumerable<KeyValuePair<string, float[]?>> others)
    {
        var all = new Dictionary<string, float[]?>(vectors);
        foreach (var (text, vector) in others)
            all[text] = vector;
        return new UtteranceVectors(all, suggested) { Answer = Answer };
    }
}

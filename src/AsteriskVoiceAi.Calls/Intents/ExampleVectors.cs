using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Vectors of a flow's examples: from the shelf where they are kept, from the model where not.</summary>
/// <param name="shelf">Null = nothing is kept.</param>
internal sealed class ExampleVectors(ISentenceEncoder encoder, VectorShelf? shelf, ILogger logger)
{
    public bool Understands(string language) => encoder.Understands(language);

    /// <param name="name">Of the file that keeps them.</param>
    /// <param name="atOnce">Texts that are encoded beside each other.</param>
    /// <param name="encoded">Told how many are done.</param>
    /// <returns>One a text, in order.</returns>
    /// <exception cref="SpeechEngineException">The model broke.</exception>
    public async Task<float[][]> OfAsync(string name, IReadOnlyList<string> texts, CancellationToken cancellationToken, int atOnce = 1, Action<int>? encoded = null)
    {
        var kept = Read(name);
        var keys = texts.Select(text => VectorShelf.Key(encoder.Fingerprint, text)).ToArray();
        var missing = Enumerable.Range(0, texts.Count).Where(i => !kept.ContainsKey(keys[i])).DistinctBy(i => keys[i]).ToArray();
        var made = new float[missing.Length][];
        var done = 0;
        await Parallel.ForAsync(0, missing.Length, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken }, async (i, token) =>
        {
            made[i] = await encoder.EncodeAsync(texts[missing[i]], token);
            encoded?.Invoke(texts.Count - missing.Length + Interlocked.Increment(ref done));
        });
        encoded?.Invoke(texts.Count);
        for (var i = 0; i < missing.Length; i++)
            kept[keys[missing[i]]] = made[i];
        var vectors = Array.ConvertAll(keys, key => kept[key]);
        if (missing.Length > 0)
            Keep(name, keys.Distinct().ToDictionary(key => key, key => kept[key]));
        return vectors;
    }

    private Dictionary<string, float[]> Read(string name)
    {
        try
        {
            return shelf?.Read(name) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            IntentsLog.VectorsUnreadable(logger, name, e.Message);
            return [];
        }
    }

    /// <summary>What can't be kept is made again next time.</summary>
    private void Keep(string name, Dictionary<string, float[]> vectors)
    {
        try
        {
            shelf?.Write(name, vectors);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            IntentsLog.VectorsNotKept(logger, name, e.Message);
        }
    }
}

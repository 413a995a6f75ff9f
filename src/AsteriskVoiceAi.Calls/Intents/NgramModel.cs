namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Scores an utterance by the n-grams it shares with the examples. Immutable; safe for many calls at once.</summary>
internal sealed class NgramModel
{
    private readonly NgramSpace _space;
    private readonly LinearClassifier _classifier;
    private readonly SparseVector[] _rows;

    private NgramModel(NgramSpace space, LinearClassifier classifier, SparseVector[] rows)
    {
        _space = space;
        _classifier = classifier;
        _rows = rows;
    }

    /// <param name="rows">Words of each example.</param>
    /// <param name="classes">Its class.</param>
    public static NgramModel Train(IReadOnlyList<IReadOnlyList<string>> rows, IReadOnlyList<int> classes, int classCount)
    {
        var space = NgramSpace.From(rows);
        var vectors = rows.Select(space.Vector).ToArray();
        return new NgramModel(space, LinearClassifier.Train(vectors, classes, classCount, space.Size), vectors);
    }

    /// <summary>Scores per class, and the cosine to the nearest example.</summary>
    public (double[] Scores, double Cosine) Score(IReadOnlyList<string> words)
    {
        var vector = _space.Vector(words);
        var cosine = 0.0;
        foreach (var row in _rows)
            cosine = Math.Max(cosine, vector.Dot(row));
        return (_classifier.Scores(vector), Math.Min(cosine, 1));
    }

    /// <summary>The share of the words, by weight, that the examples have: evidence that the utterance is in scope at all.</summary>
    public double KnownShare(IReadOnlyList<string> words) => _space.Measure(words).Known;
}

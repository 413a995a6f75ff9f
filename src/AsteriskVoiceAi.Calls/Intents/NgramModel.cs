namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Scores an utterance by the n-grams it shares with the examples. Immutable; safe for many calls at once.</summary>
internal sealed class NgramModel
{
    private const double Cost = 1;
    private const double AloneCost = 2;

    private readonly NgramSpace _space;
    private readonly LinearClassifier _classifier;
    private readonly int _rows;

    /// <summary>Which examples have a gram, and its value there: an utterance meets only the examples that share something with it.</summary>
    private readonly (int Row, float Value)[][] _postings;

    private NgramModel(NgramSpace space, LinearClassifier classifier, SparseVector[] rows)
    {
        (_space, _classifier, _rows) = (space, classifier, rows.Length);
        var postings = new List<(int, float)>[space.Size];
        for (var row = 0; row < rows.Length; row++)
        {
            for (var k = 0; k < rows[row].Indices.Length; k++)
                (postings[rows[row].Indices[k]] ??= []).Add((row, rows[row].Values[k]));
        }
        _postings = Array.ConvertAll(postings, list => list?.ToArray() ?? []);
    }

    /// <param name="rows">Words of each example.</param>
    /// <param name="classes">Its class.</param>
    /// <param name="alone">Nothing else knows the meaning: pairs of words then bring a point, beside the encoder nothing.</param>
    public static NgramModel Train(IReadOnlyList<IReadOnlyList<string>> rows, IReadOnlyList<int> classes, int classCount, bool alone)
    {
        var space = NgramSpace.From(rows, pairs: alone);
        var vectors = rows.Select(space.Vector).ToArray();
        return new NgramModel(space, LinearClassifier.Train(vectors, classes, classCount, space.Size, alone ? AloneCost : Cost), vectors);
    }

    /// <summary>Scores per class.</summary>
    public double[] Score(IReadOnlyList<string> words) => _classifier.Scores(_space.Vector(words));

    /// <summary>Cosine to the nearest example.</summary>
    public double Nearest(IReadOnlyList<string> words)
    {
        var vector = _space.Vector(words);
        var sums = new float[_rows];
        for (var k = 0; k < vector.Indices.Length; k++)
        {
            foreach (var (row, value) in _postings[vector.Indices[k]])
                sums[row] += value * vector.Values[k];
        }
        var nearest = 0f;
        foreach (var sum in sums)
            nearest = Math.Max(nearest, sum);
        return Math.Min(nearest, 1);
    }

    /// <summary>The share of the words, by weight, that the examples have: evidence that the utterance is in scope at all.</summary>
    public double KnownShare(IReadOnlyList<string> words) => _space.Measure(words).Known;
}

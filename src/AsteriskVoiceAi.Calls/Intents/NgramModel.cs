namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Scores an utterance by the n-grams it shares with the examples. Immutable; safe for many calls at once.</summary>
internal sealed class NgramModel
{
    private const double Cost = 1;
    private const double AloneCost = 2;

    private readonly GramTable _table;
    private readonly NgramSpace _space;
    private readonly LinearClassifier _classifier;
    private readonly int _examples;

    // Which examples have a gram, and its value there, those of gram g from _starts[g] to _starts[g + 1]: an utterance meets only examples that share something with it.
    private readonly int[] _starts;
    private readonly int[] _owners;
    private readonly float[] _values;

    private NgramModel(GramTable table, NgramSpace space, LinearClassifier classifier, SparseVector[] examples)
    {
        (_table, _space, _classifier, _examples) = (table, space, classifier, examples.Length);
        var ends = new int[space.Size + 1];
        foreach (var example in examples)
        {
            foreach (var gram in example.Indices)
                ends[gram]++;
        }
        for (var gram = 1; gram < ends.Length; gram++)
            ends[gram] += ends[gram - 1];
        (_owners, _values) = (new int[ends[^1]], new float[ends[^1]]);
        // Each gram's place is filled from its end, so that the ends become the starts.
        for (var i = examples.Length - 1; i >= 0; i--)
        {
            for (var k = 0; k < examples[i].Indices.Length; k++)
            {
                var place = --ends[examples[i].Indices[k]];
                (_owners[place], _values[place]) = (i, examples[i].Values[k]);
            }
        }
        _starts = ends;
    }

    public static NgramModel Train(TrainingSet set)
    {
        var space = new NgramSpace(set.Table, set.Grams);
        var vectors = set.Grams.Select(grams => space.Measure(grams).Vector).ToArray();
        return new NgramModel(set.Table, space, LinearClassifier.Train(vectors, set.Classes, set.ClassCount, space.Size, set.Vectors is null ? AloneCost : Cost), vectors);
    }

    /// <summary>The words' vector, and which share of their weight the examples have: evidence that the utterance is in scope at all.</summary>
    public (SparseVector Vector, double Known) Measure(IReadOnlyList<string> words) => Measure(_table.Find(words));

    /// <inheritdoc cref="Measure(IReadOnlyList{string})"/>
    /// <param name="grams">By the table of the training set.</param>
    public (SparseVector Vector, double Known) Measure(TextGrams grams) => _space.Measure(grams);

    /// <summary>Scores per class.</summary>
    public double[] Scores(SparseVector vector) => _classifier.Scores(vector);

    /// <summary>Cosine to the nearest example.</summary>
    public double Nearest(SparseVector vector)
    {
        var sums = new float[_examples];
        for (var k = 0; k < vector.Indices.Length; k++)
        {
            for (var i = _starts[vector.Indices[k]]; i < _starts[vector.Indices[k] + 1]; i++)
                sums[_owners[i]] += _values[i] * vector.Values[k];
        }
        var nearest = 0f;
        foreach (var sum in sums)
            nearest = Math.Max(nearest, sum);
        return Math.Min(nearest, 1);
    }
}

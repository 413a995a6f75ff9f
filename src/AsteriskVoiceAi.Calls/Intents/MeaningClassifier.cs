using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// Multinomial logistic regression over sentence vectors: the sum of cross-entropies plus |W|² / 2C, the bias free. The same vectors
/// always give the same weights on one machine.
/// </summary>
internal sealed class MeaningClassifier
{
    private const double FewRowsCost = 20;

    /// <summary>From so many rows on half of it gives the same in three quarters of the time.</summary>
    private const double ManyRowsCost = 10;
    private const int ManyRows = 10_000;
    private const int MaxIterations = 100;

    /// <summary>Relative change of the loss at which it counts as found. A limit on the gradient stops at once with many classes.</summary>
    private const double Tolerance = 1e-6;

    private readonly int _classes;
    private readonly int _size;
    private readonly int _stride;

    /// <summary>A row of class weights a dimension, the bias as the last row.</summary>
    private readonly float[] _weights;

    private MeaningClassifier(int classes, int size, float[] weights, double loss)
    {
        (_classes, _size, _weights, Loss) = (classes, size, weights, loss);
        _stride = LogisticLoss.Stride(classes);
    }

    /// <summary>What the minimum is; for tests.</summary>
    public double Loss { get; }

    public static MeaningClassifier Train(IReadOnlyList<float[]> rows, IReadOnlyList<int> classes, int classCount)
    {
        if (VectorSpan.IsWorthIt(rows))
        {
            var span = VectorSpan.Of(rows);
            return Train(span.Coordinates, classes, classCount).In(span);
        }
        var size = rows[0].Length;
        var loss = new LogisticLoss(rows, classes, classCount, rows.Count >= ManyRows ? ManyRowsCost : FewRowsCost);
        var found = Lbfgs.Minimise(loss.Evaluate, new float[(LogisticLoss.Padded(size) + 1) * LogisticLoss.Stride(classCount)], MaxIterations, Tolerance, out var least);
        return new MeaningClassifier(classCount, size, found, least);
    }

    /// <summary>Score per class, before any softmax.</summary>
    public double[] Scores(ReadOnlySpan<float> vector)
    {
        Span<float> sums = new float[_stride];
        LogisticLoss.Score(vector[.._size], _weights, _stride, sums);
        var scores = new double[_classes];
        for (var i = 0; i < _classes; i++)
            scores[i] = sums[i];
        return scores;
    }

    /// <summary>The same for vectors, learned from their coordinates.</summary>
    private MeaningClassifier In(VectorSpan span)
    {
        var size = span.Basis[0].Length;
        var weights = new float[(LogisticLoss.Padded(size) + 1) * _stride];
        for (var k = 0; k < _size; k++)
        {
            for (var d = 0; d < size; d++)
                Vectors.AddTo(weights.AsSpan(d * _stride, _stride), _weights.AsSpan(k * _stride, _stride), span.Basis[k][d]);
        }
        _weights.AsSpan(LogisticLoss.Padded(_size) * _stride, _stride).CopyTo(weights.AsSpan(LogisticLoss.Padded(size) * _stride));
        return new MeaningClassifier(_classes, size, weights, Loss);
    }
}

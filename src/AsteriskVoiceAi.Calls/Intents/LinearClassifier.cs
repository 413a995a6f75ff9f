namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// One linear support vector machine per class against the rest, squared hinge loss, solved by dual coordinate descent
/// (Hsieh et al. 2008). The same examples always give the same weights.
/// </summary>
internal sealed class LinearClassifier
{
    private const double Cost = 1;
    private const int MaxPasses = 60;

    /// <summary>Largest projected gradient at which a machine is good enough; scores then move by less than 0.01.</summary>
    private const double Tolerance = 0.01;

    private readonly float[][] _weights;
    private readonly double[] _bias;

    private LinearClassifier(float[][] weights, double[] bias)
    {
        _weights = weights;
        _bias = bias;
    }

    public static LinearClassifier Train(IReadOnlyList<SparseVector> rows, IReadOnlyList<int> classes, int classCount, int size)
    {
        var weights = new float[classCount][];
        var bias = new double[classCount];
        var diagonal = rows.Select(row => row.Dot(row) + 1 + 0.5 / Cost).ToArray();
        var order = Enumerable.Range(0, rows.Count).ToArray();
        for (var target = 0; target < classCount; target++)
        {
            weights[target] = new float[size];
            bias[target] = TrainOne(rows, classes, target, diagonal, order, weights[target]);
        }
        return new LinearClassifier(weights, bias);
    }

    /// <summary>Signed distance per class; positive leans to yes.</summary>
    public double[] Scores(in SparseVector text)
    {
        var scores = new double[_weights.Length];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = text.Dot(_weights[i]) + _bias[i];
        return scores;
    }

    private static double TrainOne(
        IReadOnlyList<SparseVector> rows, IReadOnlyList<int> classes, int target, double[] diagonal, int[] order, float[] weights)
    {
        var alpha = new double[rows.Count];
        var bias = 0.0;
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            Shuffle(order, pass);
            var worst = 0.0;
            foreach (var i in order)
            {
                var sign = classes[i] == target ? 1 : -1;
                var gradient = sign * (rows[i].Dot(weights) + bias) - 1 + alpha[i] * 0.5 / Cost;
                var projected = alpha[i] > 0 ? gradient : Math.Min(gradient, 0);
                worst = Math.Max(worst, Math.Abs(projected));
                if (Math.Abs(projected) < 1e-9)
                    continue;
                var old = alpha[i];
                alpha[i] = Math.Max(0, old - gradient / diagonal[i]);
                rows[i].AddTo(weights, sign * (alpha[i] - old));
                bias += sign * (alpha[i] - old);
            }
            if (worst < Tolerance)
                break;
        }
        return bias;
    }

    /// <summary>A new order each pass, which speeds convergence; from the pass's number alone, so that training repeats exactly.</summary>
    private static void Shuffle(int[] order, int pass)
    {
        var state = (uint)pass * 2654435761u + 1;
        Array.Sort(order);
        for (var i = order.Length - 1; i > 0; i--)
        {
            state = state * 1664525u + 1013904223u;
            var other = (int)((state >> 8) % (uint)(i + 1));
            (order[i], order[other]) = (order[other], order[i]);
        }
    }
}

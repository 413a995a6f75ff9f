using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// One linear support vector machine per class against the rest, squared hinge loss, solved by dual coordinate descent
/// (Hsieh et al. 2008). The same examples always give the same weights.
/// </summary>
/// <remarks>The weights of all classes for one gram lie side by side, so that a row meets every class with a few vector instructions.</remarks>
internal sealed class LinearClassifier
{
    private const int MaxPasses = 60;

    /// <summary>Largest projected gradient at which a machine is good enough; scores then move by less than 0.01.</summary>
    private const double Tolerance = 0.01;

    /// <summary>Classes that are trained together, on one thread; more do not fit the processor's caches.</summary>
    private const int BlockClasses = 64;

    private readonly int _classes;
    private readonly Block[] _blocks;

    private LinearClassifier(int classes, Block[] blocks)
    {
        _classes = classes;
        _blocks = blocks;
    }

    /// <param name="cost">Of a mistake, against wide margins.</param>
    public static LinearClassifier Train(IReadOnlyList<SparseVector> rows, IReadOnlyList<int> classes, int classCount, int size, double cost)
    {
        var diagonal = rows.Select(row => row.Dot(row) + 1 + (0.5 / cost)).ToArray();
        var blocks = new Block[(classCount + BlockClasses - 1) / BlockClasses];
        Parallel.For(0, blocks.Length, i =>
        {
            var first = i * BlockClasses;
            blocks[i] = new Block(first, Math.Min(BlockClasses, classCount - first), size);
            blocks[i].Train(rows, classes, diagonal, (float)(0.5 / cost));
        });
        return new LinearClassifier(classCount, blocks);
    }

    /// <summary>Signed distance per class; positive leans to yes.</summary>
    public double[] Scores(SparseVector text)
    {
        var scores = new double[_classes];
        Span<float> margins = stackalloc float[BlockClasses + Vector<float>.Count];
        foreach (var block in _blocks)
            block.Scores(text, margins, scores);
        return scores;
    }

    private sealed class Block
    {
        private readonly int _first;
        private readonly int _count;
        private readonly int _stride;
        private readonly float[] _weights;
        private readonly float[] _bias;

        public Block(int first, int count, int size)
        {
            (_first, _count) = (first, count);
            _stride = (count + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
            _weights = new float[size * _stride];
            _bias = new float[_stride];
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Train(IReadOnlyList<SparseVector> rows, IReadOnlyList<int> classes, double[] diagonal, float slack)
        {
            var alpha = new float[rows.Count * _count];
            var order = Enumerable.Range(0, rows.Count).ToArray();
            var isGoodEnough = new bool[_count];
            var worst = new float[_count];
            Span<float> margins = stackalloc float[_stride];
            Span<float> changes = stackalloc float[_stride];
            for (var pass = 0; pass < MaxPasses && isGoodEnough.Contains(false); pass++)
            {
                Shuffle(order, pass);
                Array.Clear(worst);
                foreach (var i in order)
                {
                    Margins(rows[i], margins);
                    var alphas = alpha.AsSpan(i * _count, _count);
                    var changed = false;
                    changes.Clear();
                    for (var target = 0; target < _count; target++)
                    {
                        if (isGoodEnough[target])
                            continue;
                        var sign = classes[i] == _first + target ? 1f : -1f;
                        var gradient = (sign * margins[target]) - 1 + (alphas[target] * slack);
                        var projected = alphas[target] > 0 ? gradient : Math.Min(gradient, 0);
                        worst[target] = Math.Max(worst[target], Math.Abs(projected));
                        if (Math.Abs(projected) < 1e-7f)
                            continue;
                        var moved = Math.Max(0, alphas[target] - (gradient / (float)diagonal[i]));
                        changes[target] = sign * (moved - alphas[target]);
                        alphas[target] = moved;
                        changed = true;
                    }
                    if (changed)
                        Add(rows[i], changes);
                }
                for (var target = 0; target < _count; target++)
                    isGoodEnough[target] |= worst[target] < Tolerance;
            }
        }

        public void Scores(SparseVector text, Span<float> margins, Span<double> scores)
        {
            Margins(text, margins[.._stride]);
            for (var target = 0; target < _count; target++)
                scores[_first + target] = margins[target];
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Margins(SparseVector row, Span<float> margins)
        {
            var sums = MemoryMarshal.Cast<float, Vector<float>>(margins);
            MemoryMarshal.Cast<float, Vector<float>>(_bias.AsSpan()).CopyTo(sums);
            for (var k = 0; k < row.Indices.Length; k++)
            {
                var weights = MemoryMarshal.Cast<float, Vector<float>>(_weights.AsSpan(row.Indices[k] * _stride, _stride));
                var value = new Vector<float>(row.Values[k]);
                for (var v = 0; v < sums.Length; v++)
                    sums[v] += weights[v] * value;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Add(SparseVector row, ReadOnlySpan<float> changes)
        {
            var steps = MemoryMarshal.Cast<float, Vector<float>>(changes);
            var bias = MemoryMarshal.Cast<float, Vector<float>>(_bias.AsSpan());
            for (var v = 0; v < steps.Length; v++)
                bias[v] += steps[v];
            for (var k = 0; k < row.Indices.Length; k++)
            {
                var weights = MemoryMarshal.Cast<float, Vector<float>>(_weights.AsSpan(row.Indices[k] * _stride, _stride));
                var value = new Vector<float>(row.Values[k]);
                for (var v = 0; v < steps.Length; v++)
                    weights[v] += steps[v] * value;
            }
        }
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

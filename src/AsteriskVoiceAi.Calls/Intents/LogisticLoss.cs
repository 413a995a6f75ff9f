using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// The loss of multinomial logistic regression and its gradient, in vector instructions. Weights: a row of class weights (padded to
/// <see cref="Stride"/>) a dimension, the bias as the last row. Chunks of rows are summed in order, so the number of cores changes nothing.
/// The loops are optimised at once: a flow loads in the time that the runtime would take to find out that they are hot.
/// </summary>
internal sealed class LogisticLoss
{
    private const int ChunkRows = 512;

    /// <summary>Rows whose scores are made and used while they are in the first cache.</summary>
    private const int TileRows = 32;

    /// <summary>All rows one after the other, each padded with zeros to <see cref="_size"/>: the loops below take four dimensions at a time.</summary>
    private readonly float[] _matrix;
    private readonly IReadOnlyList<int> _classes;
    private readonly int _count;
    private readonly int _size;
    private readonly int _stride;
    private readonly double _cost;
    private readonly float[][] _gradients;
    private readonly double[] _losses;

    public LogisticLoss(IReadOnlyList<float[]> rows, IReadOnlyList<int> classes, int classCount, double cost)
    {
        (_classes, _count, _cost) = (classes, classCount, cost);
        _size = Padded(rows[0].Length);
        _stride = Stride(classCount);
        _matrix = new float[rows.Count * _size];
        for (var i = 0; i < rows.Count; i++)
            rows[i].CopyTo(_matrix, i * _size);
        var chunks = (rows.Count + ChunkRows - 1) / ChunkRows;
        _gradients = [.. Enumerable.Range(0, chunks).Select(_ => new float[(_size + 1) * _stride])];
        _losses = new double[chunks];
    }

    /// <summary>Class weights a dimension, with padding to whole vectors.</summary>
    public static int Stride(int classes) => (classes + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    /// <summary>Dimensions with padding.</summary>
    public static int Padded(int size) => (size + 3) / 4 * 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Evaluate(float[] weights, float[] gradient)
    {
        if (_gradients.Length == 1)
            Chunk(0, weights);
        else
            Parallel.For(0, _gradients.Length, chunk => Chunk(chunk, weights));
        Array.Clear(gradient);
        foreach (var part in _gradients)
        {
            for (var i = 0; i < gradient.Length; i++)
                gradient[i] += part[i];
        }
        var squares = 0.0;
        for (var i = 0; i < _size * _stride; i++)
        {
            squares += (double)weights[i] * weights[i];
            gradient[i] += (float)(weights[i] / _cost);
        }
        return _losses.Sum() + (squares / (2 * _cost));
    }

    /// <summary>Scores of one vector.</summary>
    /// <param name="sums">As many as the stride.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Score(ReadOnlySpan<float> vector, ReadOnlySpan<float> weights, int stride, Span<float> sums)
    {
        var totals = MemoryMarshal.Cast<float, Vector<float>>(sums);
        MemoryMarshal.Cast<float, Vector<float>>(weights.Slice(Padded(vector.Length) * stride, stride)).CopyTo(totals);
        for (var d = 0; d < vector.Length; d++)
        {
            var row = MemoryMarshal.Cast<float, Vector<float>>(weights.Slice(d * stride, stride));
            var value = new Vector<float>(vector[d]);
            for (var v = 0; v < totals.Length; v++)
                totals[v] += row[v] * value;
        }
    }

    private void Chunk(int chunk, float[] weights)
    {
        var gradient = _gradients[chunk];
        Array.Clear(gradient);
        var loss = 0.0;
        var errors = new float[TileRows * _stride];
        var end = Math.Min(_classes.Count, (chunk + 1) * ChunkRows);
        for (var first = chunk * ChunkRows; first < end; first += TileRows)
        {
            var rows = Math.Min(TileRows, end - first);
            ScoreTile(first, rows, weights, errors);
            for (var r = 0; r < rows; r++)
                loss += ToError(errors.AsSpan(r * _stride, _stride), _classes[first + r]);
            AddGradient(first, rows, errors, gradient);
        }
        _losses[chunk] = loss;
    }

    /// <summary>Four rows by two vectors of classes at a time, their sums in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScoreTile(int first, int rows, float[] weights, float[] scores)
    {
        var width = Vector<float>.Count;
        ref var w = ref MemoryMarshal.GetArrayDataReference(weights);
        for (var r = 0; r < rows; r += 4)
        {
            // Where fewer than four are left, the last is done again.
            ref var x0 = ref Row(first + r);
            ref var x1 = ref Row(first + Math.Min(r + 1, rows - 1));
            ref var x2 = ref Row(first + Math.Min(r + 2, rows - 1));
            ref var x3 = ref Row(first + Math.Min(r + 3, rows - 1));
            for (var c = 0; c < _stride; c += 2 * width)
            {
                // An odd last vector is read twice, never past the end.
                var next = c + width < _stride ? width : 0;
                var b0 = Vector.LoadUnsafe(ref w, (nuint)((_size * _stride) + c));
                var b1 = Vector.LoadUnsafe(ref w, (nuint)((_size * _stride) + c + next));
                Vector<float> a0 = b0, a1 = b1, a2 = b0, a3 = b1, a4 = b0, a5 = b1, a6 = b0, a7 = b1;
                for (var d = 0; d < _size; d++)
                {
                    var w0 = Vector.LoadUnsafe(ref w, (nuint)((d * _stride) + c));
                    var w1 = Vector.LoadUnsafe(ref w, (nuint)((d * _stride) + c + next));
                    var v0 = new Vector<float>(Unsafe.Add(ref x0, d));
                    var v1 = new Vector<float>(Unsafe.Add(ref x1, d));
                    var v2 = new Vector<float>(Unsafe.Add(ref x2, d));
                    var v3 = new Vector<float>(Unsafe.Add(ref x3, d));
                    a0 = Vector.FusedMultiplyAdd(v0, w0, a0);
                    a1 = Vector.FusedMultiplyAdd(v0, w1, a1);
                    a2 = Vector.FusedMultiplyAdd(v1, w0, a2);
                    a3 = Vector.FusedMultiplyAdd(v1, w1, a3);
                    a4 = Vector.FusedMultiplyAdd(v2, w0, a4);
                    a5 = Vector.FusedMultiplyAdd(v2, w1, a5);
                    a6 = Vector.FusedMultiplyAdd(v3, w0, a6);
                    a7 = Vector.FusedMultiplyAdd(v3, w1, a7);
                }
                Store(scores, r, c, next, a0, a1);
                Store(scores, Math.Min(r + 1, rows - 1), c, next, a2, a3);
                Store(scores, Math.Min(r + 2, rows - 1), c, next, a4, a5);
                Store(scores, Math.Min(r + 3, rows - 1), c, next, a6, a7);
            }
        }
    }

    private void Store(float[] scores, int row, int column, int next, Vector<float> low, Vector<float> high)
    {
        low.CopyTo(scores, (row * _stride) + column);
        if (next > 0)
            high.CopyTo(scores, (row * _stride) + column + next);
    }

    /// <summary>Scores to probability minus truth; the padding becomes 0. Returns the row's loss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double ToError(Span<float> scores, int target)
    {
        var largest = float.MinValue;
        for (var c = 0; c < _count; c++)
            largest = Math.Max(largest, scores[c]);
        var sum = 0.0;
        var right = scores[target] - largest;
        for (var c = 0; c < _count; c++)
        {
            scores[c] = MathF.Exp(scores[c] - largest);
            sum += scores[c];
        }
        var scale = (float)(1 / sum);
        for (var c = 0; c < _count; c++)
            scores[c] *= scale;
        scores[target] -= 1;
        scores[_count..].Clear();
        return Math.Log(sum) - right;
    }

    /// <summary>Four dimensions by two vectors of classes at a time, over the rows of a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddGradient(int first, int rows, float[] errors, float[] gradient)
    {
        var width = Vector<float>.Count;
        ref var e = ref MemoryMarshal.GetArrayDataReference(errors);
        for (var c = 0; c < _stride; c += width)
        {
            for (var d = 0; d < _size; d += 4)
            {
                Vector<float> g0 = new(gradient, (d * _stride) + c), g1 = new(gradient, ((d + 1) * _stride) + c);
                Vector<float> g2 = new(gradient, ((d + 2) * _stride) + c), g3 = new(gradient, ((d + 3) * _stride) + c);
                for (var r = 0; r < rows; r++)
                {
                    ref var x = ref Unsafe.Add(ref Row(first + r), d);
                    var error = Vector.LoadUnsafe(ref e, (nuint)((r * _stride) + c));
                    g0 = Vector.FusedMultiplyAdd(new Vector<float>(x), error, g0);
                    g1 = Vector.FusedMultiplyAdd(new Vector<float>(Unsafe.Add(ref x, 1)), error, g1);
                    g2 = Vector.FusedMultiplyAdd(new Vector<float>(Unsafe.Add(ref x, 2)), error, g2);
                    g3 = Vector.FusedMultiplyAdd(new Vector<float>(Unsafe.Add(ref x, 3)), error, g3);
                }
                g0.CopyTo(gradient, (d * _stride) + c);
                g1.CopyTo(gradient, ((d + 1) * _stride) + c);
                g2.CopyTo(gradient, ((d + 2) * _stride) + c);
                g3.CopyTo(gradient, ((d + 3) * _stride) + c);
            }
            var bias = new Vector<float>(gradient, (_size * _stride) + c);
            for (var r = 0; r < rows; r++)
                bias += Vector.LoadUnsafe(ref e, (nuint)((r * _stride) + c));
            bias.CopyTo(gradient, (_size * _stride) + c);
        }
    }

    private ref float Row(int row) => ref _matrix[row * _size];
}

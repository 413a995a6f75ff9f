using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// The cosine of a vector to the nearest of many, all of length 1. It is looked for in bytes, a quarter of the examples' size, since looking through 15,000
/// of them waits for memory more than it reckons. Immutable; safe for many calls at once.
/// </summary>
internal sealed class NearestExample
{
    private const int Largest = 127;

    /// <summary>All examples one after the other, each padded with zeros to <see cref="_stride"/>.</summary>
    private readonly sbyte[] _matrix;
    private readonly IReadOnlyList<float[]> _rows;
    private readonly int _stride;

    /// <summary>Of each example: what its bytes are to be multiplied with.</summary>
    private readonly float[] _scales;

    /// <param name="rows">At least one, all of the same size.</param>
    public NearestExample(IReadOnlyList<float[]> rows)
    {
        _rows = rows;
        _stride = (rows[0].Length + Vector<sbyte>.Count - 1) / Vector<sbyte>.Count * Vector<sbyte>.Count;
        _matrix = new sbyte[rows.Count * _stride];
        _scales = new float[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            _scales[i] = Scale(rows[i]);
            for (var d = 0; d < rows[i].Length; d++)
                _matrix[(i * _stride) + d] = (sbyte)MathF.Round(rows[i][d] / _scales[i]);
        }
    }

    /// <summary>From 0 to 1. Of examples whose cosines differ by a few thousandths it may be another's than the very nearest one's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float Cosine(ReadOnlySpan<float> vector)
    {
        var scale = Scale(vector);
        var asked = new short[_stride];
        for (var d = 0; d < vector.Length; d++)
            asked[d] = (short)MathF.Round(vector[d] / scale);
        ref var a = ref MemoryMarshal.GetArrayDataReference(asked);
        ref var m = ref MemoryMarshal.GetArrayDataReference(_matrix);
        var (nearest, largest) = (-1, 0f);
        for (var i = 0; i < _scales.Length; i++)
        {
            var sums = Vector<int>.Zero;
            for (var d = 0; d < _stride; d += Vector<sbyte>.Count)
            {
                Vector.Widen(Vector.LoadUnsafe(ref m, (nuint)((i * _stride) + d)), out var low, out var high);
                // Two products of bytes still fit 16 bits: 2 · 127² = 32,258.
                var products = (low * Vector.LoadUnsafe(ref a, (nuint)d)) + (high * Vector.LoadUnsafe(ref a, (nuint)(d + Vector<short>.Count)));
                Vector.Widen(products, out var first, out var second);
                sums += first + second;
            }
            var product = Vector.Sum(sums) * _scales[i];
            if (product > largest)
                (nearest, largest) = (i, product);
        }
        return nearest < 0 ? 0 : Math.Clamp(Vectors.Dot(_rows[nearest], vector), 0, 1);
    }

    /// <summary>The largest value becomes 127; of a vector of zeros any scale is right.</summary>
    private static float Scale(ReadOnlySpan<float> vector)
    {
        var largest = 0f;
        foreach (var value in vector)
            largest = Math.Max(largest, Math.Abs(value));
        return largest > 0 ? largest / Largest : 1;
    }
}

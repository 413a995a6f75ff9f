using System.Numerics;
using System.Runtime.InteropServices;

namespace AsteriskVoiceAi.Audio;

/// <summary>Sums over samples and coefficients, as wide as the processor can.</summary>
public static class Vectors
{
    /// <summary>The sum of the products, place by place.</summary>
    /// <param name="b">As long as <paramref name="a"/>.</param>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var left = MemoryMarshal.Cast<float, Vector<float>>(a);
        var right = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < left.Length; i++)
            sums += left[i] * right[i];
        var sum = Vector.Sum(sums);
        for (var i = left.Length * Vector<float>.Count; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}

namespace AsteriskVoiceAi.Audio;

/// <summary>ITU-T G.722 at 64 kbit/s: 16 kHz linear to one byte for every two samples. Delay of both directions together: 22 samples, 1.4 ms.</summary>
public sealed class G722Encoder : IFrameEncoder
{
    // Limits between the codes of the lower band in 1/4096 of the step size (Q6).
    private static readonly int[] Limits =
    [
        35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919,
    ];

    /// <summary>The one limit of the upper band.</summary>
    private const int UpperLimit = 564;

    private readonly G722Band _lower = G722Band.Lower();
    private readonly G722Band _upper = G722Band.Upper();
    private readonly int[] _history = new int[24];

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<short> samples, Span<byte> codes)
    {
        var count = samples.Length / 2;
        for (var i = 0; i < count; i++)
            codes[i] = Encode(samples[2 * i], samples[(2 * i) + 1]);
        return count;
    }

    private byte Encode(short first, short second)
    {
        G722Codes.Push(_history, first, second);
        var (even, odd) = G722Codes.Filter(_history);
        // Gain of each half 4096 (12 bits), of their sum one bit more, and the bands have 15 bits instead of 16.
        var lower = QuantizeLower(G722Band.Saturate(((odd + even) >> 14) - _lower.Predicted));
        G722Codes.AdaptLower(_lower, lower);
        var upper = QuantizeUpper(G722Band.Saturate(((odd - even) >> 14) - _upper.Predicted));
        G722Codes.AdaptUpper(_upper, upper);
        return (byte)((upper << 6) | lower);
    }

    private int QuantizeLower(int difference)
    {
        var size = difference < 0 ? -(difference + 1) : difference;
        var level = 0;
        while (level < Limits.Length && size >= (Limits[level] * _lower.Step) >> 12)
            level++;
        // Positive: 61 down to 32. Negative: 63, 62, then 31 down to 4; the codes 0 to 3 are never sent.
        return difference >= 0 ? 61 - level : level < 2 ? 63 - level : 33 - level;
    }

    private int QuantizeUpper(int difference)
    {
        var size = difference < 0 ? -(difference + 1) : difference;
        var outer = size >= (UpperLimit * _upper.Step) >> 12;
        return (difference < 0 ? 0 : 2) + (outer ? 0 : 1);
    }
}

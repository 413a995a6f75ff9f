namespace AsteriskVoiceAi.Audio;

/// <summary>ITU-T G.722 at 64 kbit/s: each byte becomes two samples at 16 kHz.</summary>
public sealed class G722Decoder : IFrameDecoder
{
    // Reconstructed difference of the lower band in 1/32768 of the step size, by all 6 bits (QM6).
    private static readonly int[] Lower6 =
    [
        -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576, -7856,
        -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040, -728,
        24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
        4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136,
    ];

    private readonly G722Band _lower = G722Band.Lower();
    private readonly G722Band _upper = G722Band.Upper();
    private readonly int[] _history = new int[24];

    /// <inheritdoc/>
    public int Decode(ReadOnlySpan<byte> codes, Span<short> samples)
    {
        for (var i = 0; i < codes.Length; i++)
            Decode(codes[i], out samples[2 * i], out samples[(2 * i) + 1]);
        return 2 * codes.Length;
    }

    private void Decode(byte code, out short first, out short second)
    {
        var (lowerCode, upperCode) = (code & 0x3F, code >> 6);
        var lower = Limit(_lower.Predicted + ((_lower.Step * Lower6[lowerCode]) >> 15));
        G722Codes.AdaptLower(_lower, lowerCode);
        var upper = Limit(_upper.Predicted + G722Codes.UpperDifference(_upper, upperCode));
        G722Codes.AdaptUpper(_upper, upperCode);
        G722Codes.Push(_history, lower + upper, lower - upper);
        var (even, odd) = G722Codes.Filter(_history);
        // Gain 4096, and one bit back from 15 to 16.
        first = (short)G722Band.Saturate(odd >> 11);
        second = (short)G722Band.Saturate(even >> 11);
    }

    /// <summary>The bands have 15 bits.</summary>
    private static int Limit(int value) => Math.Clamp(value, -16384, 16383);
}

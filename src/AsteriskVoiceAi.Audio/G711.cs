namespace AsteriskVoiceAi.Audio;

/// <summary>ITU-T G.711: 8 bits a sample at 8 kHz, two laws. Thread-safe; allocates nothing.</summary>
public static class G711
{
    /// <summary>Silence (linear 0) in mu-law.</summary>
    public const byte ULawSilence = 0xFF;

    /// <summary>Silence (linear +8, the code nearest to 0) in A-law.</summary>
    public const byte ALawSilence = 0xD5;

    private static readonly short[] ULawTable = [.. Enumerable.Range(0, 256).Select(code => ULawValue((byte)code))];
    private static readonly short[] ALawTable = [.. Enumerable.Range(0, 256).Select(code => ALawValue((byte)code))];
    private static readonly byte[] ToULaw = [.. Enumerable.Range(short.MinValue, 65536).Select(value => ULawCode((short)value))];
    private static readonly byte[] ToALaw = [.. Enumerable.Range(short.MinValue, 65536).Select(value => ALawCode((short)value))];

    public static void DecodeULaw(ReadOnlySpan<byte> codes, Span<short> samples) => Decode(codes, samples, ULawTable);

    public static void DecodeALaw(ReadOnlySpan<byte> codes, Span<short> samples) => Decode(codes, samples, ALawTable);

    public static void EncodeULaw(ReadOnlySpan<short> samples, Span<byte> codes) => Encode(samples, codes, ToULaw);

    public static void EncodeALaw(ReadOnlySpan<short> samples, Span<byte> codes) => Encode(samples, codes, ToALaw);

    private static void Decode(ReadOnlySpan<byte> codes, Span<short> samples, short[] table)
    {
        for (var i = 0; i < codes.Length; i++)
            samples[i] = table[codes[i]];
    }

    private static void Encode(ReadOnlySpan<short> samples, Span<byte> codes, byte[] table)
    {
        for (var i = 0; i < samples.Length; i++)
            codes[i] = table[samples[i] - short.MinValue];
    }

    // mu-law: sign, 3 bits of segment, 4 bits of step, all inverted; the bias of 132 makes segments start at powers of two.
    private static short ULawValue(byte code)
    {
        code = (byte)~code;
        var magnitude = ((((code & 0x0F) << 3) + 132) << ((code & 0x70) >> 4)) - 132;
        return (short)((code & 0x80) != 0 ? -magnitude : magnitude);
    }

    private static byte ULawCode(short sample)
    {
        const int clip = 32635;
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(Math.Abs((int)sample), clip) + 132;
        var segment = 7;
        for (var mask = 0x4000; (magnitude & mask) == 0 && segment > 0; mask >>= 1)
            segment--;
        return (byte)~(sign | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0F));
    }

    // A-law: sign, 3 bits of segment, 4 bits of step, even bits inverted (0x55).
    private static short ALawValue(byte code)
    {
        code ^= 0x55;
        var step = (code & 0x0F) << 4;
        var segment = (code & 0x70) >> 4;
        var magnitude = segment switch
        {
            0 => step + 8,
            _ => (step + 0x108) << (segment - 1),
        };
        return (short)((code & 0x80) != 0 ? magnitude : -magnitude);
    }

    private static byte ALawCode(short sample)
    {
        var sign = sample >= 0 ? 0x80 : 0;
        var magnitude = Math.Min(sample >= 0 ? sample : -(sample + 1), 32767);
        var segment = 7;
        for (var mask = 0x4000; (magnitude & mask) == 0 && segment > 0; mask >>= 1)
            segment--;
        var step = segment == 0 ? magnitude >> 4 : magnitude >> (segment + 3);
        return (byte)((sign | (segment << 4) | (step & 0x0F)) ^ 0x55);
    }
}

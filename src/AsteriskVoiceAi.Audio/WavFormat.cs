using System.Buffers.Binary;

namespace AsteriskVoiceAi.Audio;

/// <summary>How the samples of a WAVE file are written.</summary>
internal sealed record WavFormat(int Tag, int Channels, int SampleRate, int Bits)
{
    public const ushort Linear = 1;

    private const ushort Float = 3;
    private const ushort ALaw = 6;
    private const ushort ULaw = 7;
    private const ushort Extensible = 0xFFFE;
    private const int MostChannels = 16;
    private const int MostRate = 384_000;

    private int SampleBytes => Bits / 8;

    // format tag (2 bytes), channels (2), rate (4), bytes a second (4), bytes a frame (2), bits (2);
    // extensible: size (2), valid bits (2), speakers (4), and the tag proper in the first 2 bytes of a GUID
    public static WavFormat? Read(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < 16)
            return null;
        int tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        if (tag == Extensible && chunk.Length >= 26)
            tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
        var format = new WavFormat(
            tag, BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]), BinaryPrimitives.ReadInt32LittleEndian(chunk[4..]), BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]));
        return format.IsKnown ? format : null;
    }

    public short[] Samples(ReadOnlySpan<byte> bytes)
    {
        var samples = new short[bytes.Length / (SampleBytes * Channels)];
        for (var i = 0; i < samples.Length; i++)
        {
            var sum = 0;
            for (var channel = 0; channel < Channels; channel++)
            {
                sum += Sample(bytes);
                bytes = bytes[SampleBytes..];
            }
            samples[i] = (short)(sum / Channels);
        }
        return samples;
    }

    private bool IsKnown => Channels is >= 1 and <= MostChannels && SampleRate is > 0 and <= MostRate && (Tag, Bits) switch
    {
        (Linear, 8 or 16 or 24 or 32) => true,
        (Float, 32) => true,
        (ALaw or ULaw, 8) => true,
        _ => false,
    };

    private short Sample(ReadOnlySpan<byte> bytes)
    {
        switch (Tag, Bits)
        {
            case (Linear, 8): // unsigned
                return (short)((bytes[0] - 128) << 8);
            case (Linear, 16):
                return BinaryPrimitives.ReadInt16LittleEndian(bytes);
            case (Linear, 24):
                return BinaryPrimitives.ReadInt16LittleEndian(bytes[1..]);
            case (Linear, 32):
                return BinaryPrimitives.ReadInt16LittleEndian(bytes[2..]);
            case (Float, _):
                var value = BinaryPrimitives.ReadSingleLittleEndian(bytes);
                return float.IsNaN(value) ? (short)0 : (short)Math.Clamp(value * 32_768, short.MinValue, short.MaxValue);
            default:
                Span<short> decoded = [0];
                if (Tag == ALaw)
                    G711.DecodeALaw(bytes[..1], decoded);
                else
                    G711.DecodeULaw(bytes[..1], decoded);
                return decoded[0];
        }
    }
}

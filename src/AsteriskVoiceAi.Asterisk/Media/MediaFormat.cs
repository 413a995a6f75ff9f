using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>A codec under the name that Asterisk gives it, and what a frame of 20 ms of it is.</summary>
internal sealed class MediaFormat
{
    /// <summary>Hz of the RTP clock of all of these, whatever their sample rate (RFC 3551, section 4.5.2, on G.722's).</summary>
    public const int ClockRate = 8000;

    /// <summary>20 ms of that clock.</summary>
    public const int FrameUnits = ClockRate / 50;

    public static readonly MediaFormat ULaw = new("ulaw", 8000, 1, 0, () => new ULawCodec(), () => new ULawCodec());
    public static readonly MediaFormat ALaw = new("alaw", 8000, 1, 8, () => new ALawCodec(), () => new ALawCodec());

    /// <summary>Linear, 16 bits, 8 kHz. Type 10 is Asterisk's own use of a number that RFC 3551 gives to 44.1 kHz stereo.</summary>
    public static readonly MediaFormat Slin = new("slin", 8000, 2, 10, () => new LinearCodec(), () => new LinearCodec());

    private readonly Func<IFrameEncoder> _encoder;
    private readonly Func<IFrameDecoder> _decoder;

    private MediaFormat(string name, int sampleRate, double bytesPerSample, byte payloadType, Func<IFrameEncoder> encoder, Func<IFrameDecoder> decoder)
    {
        Name = name;
        SampleRate = sampleRate;
        FrameBytes = (int)(sampleRate / 50 * bytesPerSample);
        PayloadType = payloadType;
        (_encoder, _decoder) = (encoder, decoder);
    }

    /// <summary>As in <c>format=</c> of ARI and <c>allow=</c> of pjsip.conf.</summary>
    public string Name { get; }

    /// <summary>Hz of the linear samples.</summary>
    public int SampleRate { get; }

    /// <summary>Linear samples of 20 ms.</summary>
    public int FrameSamples => SampleRate / 50;

    /// <summary>Bytes of 20 ms on the wire.</summary>
    public int FrameBytes { get; }

    /// <summary>Bytes of one unit of the RTP clock.</summary>
    public int UnitBytes => FrameBytes / FrameUnits;

    /// <summary>Samples as they are: little-endian from the encoder and for the decoder; RTP has them the other way round.</summary>
    public bool IsLinear => this == Slin;

    /// <summary>Static RTP payload type (RFC 3551, section 6).</summary>
    public byte PayloadType { get; }

    /// <summary>One for each call and direction: some codecs carry state.</summary>
    public IFrameEncoder CreateEncoder() => _encoder();

    public IFrameDecoder CreateDecoder() => _decoder();

    /// <summary>The caller's own codec, so that Asterisk passes frames through untouched; mu-law where the caller speaks something else.</summary>
    /// <param name="native">What <c>CHANNEL(audionativeformat)</c> says, e.g. <c>alaw</c>, or <c>(ulaw|alaw)</c> where several are possible.</param>
    public static MediaFormat For(string native)
    {
        foreach (var name in native.Split(['(', ')', '|', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (name == ALaw.Name)
                return ALaw;
            if (name == ULaw.Name)
                return ULaw;
        }
        return ULaw;
    }

    private sealed class LinearCodec : IFrameEncoder, IFrameDecoder
    {
        public int Encode(ReadOnlySpan<short> samples, Span<byte> codes)
        {
            var target = MemoryMarshal.Cast<byte, short>(codes)[..samples.Length];
            samples.CopyTo(target);
            if (!BitConverter.IsLittleEndian)
                BinaryPrimitives.ReverseEndianness(target, target);
            return samples.Length * sizeof(short);
        }

        public int Decode(ReadOnlySpan<byte> codes, Span<short> samples)
        {
            var source = MemoryMarshal.Cast<byte, short>(codes);
            source.CopyTo(samples);
            if (!BitConverter.IsLittleEndian)
                BinaryPrimitives.ReverseEndianness(samples[..source.Length], samples);
            return source.Length;
        }
    }

    private sealed class ULawCodec : IFrameEncoder, IFrameDecoder
    {
        public int Encode(ReadOnlySpan<short> samples, Span<byte> codes)
        {
            G711.EncodeULaw(samples, codes);
            return samples.Length;
        }

        public int Decode(ReadOnlySpan<byte> codes, Span<short> samples)
        {
            G711.DecodeULaw(codes, samples);
            return codes.Length;
        }
    }

    private sealed class ALawCodec : IFrameEncoder, IFrameDecoder
    {
        public int Encode(ReadOnlySpan<short> samples, Span<byte> codes)
        {
            G711.EncodeALaw(samples, codes);
            return samples.Length;
        }

        public int Decode(ReadOnlySpan<byte> codes, Span<short> samples)
        {
            G711.DecodeALaw(codes, samples);
            return codes.Length;
        }
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>A codec under the name that Asterisk gives it, and what a frame of 20 ms of it is.</summary>
internal sealed class MediaFormat
{
    /// <summary>Hz of the RTP clock of all formats that Asterisk takes over RTP, also of G.722's 16 kHz (RFC 3551, section 4.5.2).</summary>
    public const int RtpClockRate = 8000;

    /// <summary>20 ms of that clock.</summary>
    public const int RtpFrameUnits = RtpClockRate / 50;

    public static readonly MediaFormat ULaw = new("ulaw", 8000, 1, 0, () => new ULawCodec(), () => new ULawCodec());
    public static readonly MediaFormat ALaw = new("alaw", 8000, 1, 8, () => new ALawCodec(), () => new ALawCodec());

    /// <summary>Wideband in the bit rate of G.711: half a byte for each of its samples.</summary>
    public static readonly MediaFormat G722 = new("g722", 16000, 0.5, 9, () => new G722Encoder(), () => new G722Decoder());

    /// <summary>Linear 16-bit samples, least significant byte first as on WebSocket and AudioSocket (RTP turns them round).</summary>
    public static readonly MediaFormat Slin = Linear("slin", 8000, 10);
    public static readonly MediaFormat Slin12 = Linear("slin12", 12000, 122);
    public static readonly MediaFormat Slin16 = Linear("slin16", 16000, 118);
    public static readonly MediaFormat Slin24 = Linear("slin24", 24000, 123);
    public static readonly MediaFormat Slin32 = Linear("slin32", 32000, 124);
    public static readonly MediaFormat Slin44 = Linear("slin44", 44100, 125);
    public static readonly MediaFormat Slin48 = Linear("slin48", 48000, 126);
    public static readonly MediaFormat Slin96 = Linear("slin96", 96000, 127);
    public static readonly MediaFormat Slin192 = Linear("slin192", 192000, 127);

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
    public int RtpUnitBytes => FrameBytes / RtpFrameUnits;

    /// <summary>Samples as they are: little-endian from the encoder and for the decoder; RTP has them the other way round.</summary>
    public bool IsLinear { get; private init; }

    /// <summary>RTP payload type: static (RFC 3551, section 6), or from 96 on what Asterisk gives the format.</summary>
    public byte PayloadType { get; }

    /// <summary>One for each call and direction: some codecs carry state.</summary>
    public IFrameEncoder CreateEncoder() => _encoder();

    public IFrameDecoder CreateDecoder() => _decoder();

    /// <summary>The format of a fixed choice.</summary>
    public static MediaFormat Of(FormatChoice choice) => choice switch
    {
        FormatChoice.Ulaw => ULaw,
        FormatChoice.Alaw => ALaw,
        FormatChoice.G722 => G722,
        FormatChoice.Slin => Slin,
        FormatChoice.Slin12 => Slin12,
        FormatChoice.Slin16 => Slin16,
        FormatChoice.Slin24 => Slin24,
        FormatChoice.Slin32 => Slin32,
        FormatChoice.Slin44 => Slin44,
        FormatChoice.Slin48 => Slin48,
        FormatChoice.Slin96 => Slin96,
        FormatChoice.Slin192 => Slin192,
        _ => throw new ArgumentOutOfRangeException(nameof(choice), choice, "is no single format"),
    };

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
            if (name == G722.Name)
                return G722;
        }
        return ULaw;
    }

    private static MediaFormat Linear(string name, int sampleRate, byte payloadType) =>
        new(name, sampleRate, sizeof(short), payloadType, () => new LinearCodec(), () => new LinearCodec()) { IsLinear = true };

    private sealed class LinearCodec : IFrameEncoder, IFrameDecoder
    {
        public int Encode(ReadOnlySpan<short> samples, Span<byte> codes)
        {
            var target = MemoryMarshal.Cast<byte, short>(codes)[..samples.Length];
            if (BitConverter.IsLittleEndian)
                samples.CopyTo(target);
            else
                BinaryPrimitives.ReverseEndianness(samples, target);
            return samples.Length * sizeof(short);
        }

        public int Decode(ReadOnlySpan<byte> codes, Span<short> samples)
        {
            var source = MemoryMarshal.Cast<byte, short>(codes);
            if (BitConverter.IsLittleEndian)
                source.CopyTo(samples);
            else
                BinaryPrimitives.ReverseEndianness(source, samples);
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

using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.TestSupport.Sip;

/// <summary>A codec as a phone speaks it: its line in SDP, its payload type, and 20 ms of it.</summary>
/// <remarks>Every one of them takes 160 bytes for 20 ms, and its RTP clock runs at 8000 Hz (for G.722 by an old mistake that RFC 3551 section 4.5.2 keeps).</remarks>
internal sealed class PhoneCodec
{
    public const int FrameBytes = 160;
    public const int ClockRate = 8000;

    private static readonly PhoneCodec Ulaw = new(0, "PCMU", 8000, () => (samples, codes) => G711.EncodeULaw(samples, codes), () => (codes, samples) => G711.DecodeULaw(codes, samples));
    private static readonly PhoneCodec Alaw = new(8, "PCMA", 8000, () => (samples, codes) => G711.EncodeALaw(samples, codes), () => (codes, samples) => G711.DecodeALaw(codes, samples));

    private static readonly PhoneCodec G722 = new(9, "G722", 16000, EncodeG722, DecodeG722);

    private readonly Func<Encode> _encoder;
    private readonly Func<Decode> _decoder;

    private PhoneCodec(int payload, string name, int sampleRate, Func<Encode> encoder, Func<Decode> decoder) =>
        (Payload, Name, SampleRate, _encoder, _decoder) = (payload, name, sampleRate, encoder, decoder);

    /// <summary>20 ms of samples to <see cref="FrameBytes"/> bytes.</summary>
    public delegate void Encode(ReadOnlySpan<short> samples, Span<byte> codes);

    /// <summary>Bytes to samples, <see cref="SamplesPerTick"/> for each.</summary>
    public delegate void Decode(ReadOnlySpan<byte> codes, Span<short> samples);

    public int Payload { get; }

    /// <summary>As in a=rtpmap.</summary>
    public string Name { get; }

    /// <summary>Hz of the linear samples.</summary>
    public int SampleRate { get; }

    public int FrameSamples => SampleRate / 50;

    /// <summary>Linear samples for each step of the RTP clock, which is also each byte.</summary>
    public int SamplesPerTick => SampleRate / ClockRate;

    public static PhoneCodec Of(CallerCodec codec) => codec switch
    {
        CallerCodec.Ulaw => Ulaw,
        CallerCodec.Alaw => Alaw,
        CallerCodec.G722 => G722,
        _ => throw new ArgumentOutOfRangeException(nameof(codec), codec, "No phone speaks it."),
    };

    private static Encode EncodeG722()
    {
        var encoder = new G722Encoder();
        return (samples, codes) => encoder.Encode(samples, codes);
    }

    private static Decode DecodeG722()
    {
        var decoder = new G722Decoder();
        return (codes, samples) => decoder.Decode(codes, samples);
    }

    /// <summary>One for each call and direction.</summary>
    public Encode CreateEncoder() => _encoder();

    public Decode CreateDecoder() => _decoder();
}

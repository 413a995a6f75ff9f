using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Asterisk.MediaWebSocket;

/// <summary>One of the two laws of G.711, under the name that Asterisk gives it. Both are 8 bits a sample at 8 kHz.</summary>
internal sealed class MediaCodec
{
    public const int SampleRate = 8000;

    /// <summary>Samples, and bytes on the wire, of 20 ms: 8,000 per second x 0.020 s x 1 byte.</summary>
    public const int Frame = 160;

    public static readonly MediaCodec ULaw = new("ulaw", G711.ULawSilence, G711.EncodeULaw, G711.DecodeULaw);
    public static readonly MediaCodec ALaw = new("alaw", G711.ALawSilence, G711.EncodeALaw, G711.DecodeALaw);

    private MediaCodec(string name, byte silence, Encoder encode, Decoder decode)
    {
        Name = name;
        Silence = silence;
        Encode = encode;
        Decode = decode;
    }

    public delegate void Encoder(ReadOnlySpan<short> samples, Span<byte> codes);

    public delegate void Decoder(ReadOnlySpan<byte> codes, Span<short> samples);

    public string Name { get; }

    public byte Silence { get; }

    public Encoder Encode { get; }

    public Decoder Decode { get; }

    /// <summary>The caller's own law, so that Asterisk passes frames through untouched; mu-law where the caller speaks something else.</summary>
    /// <param name="native">What <c>CHANNEL(audionativeformat)</c> says, e.g. <c>alaw</c>, or <c>(ulaw|alaw)</c> where several are possible.</param>
    public static MediaCodec For(string native)
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
}

using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Calls.Evaluation;

/// <summary>What a line does to a voice.</summary>
public enum LineCodec
{
    /// <summary>G.711 mu-law, 8 kHz.</summary>
    ULaw,

    /// <summary>G.711 A-law, 8 kHz.</summary>
    ALaw,

    /// <summary>Linear 16 kHz, as a wideband line gives it.</summary>
    None,
}

/// <summary>Carries recordings as a telephone would.</summary>
public static class TelephoneLine
{
    private const int Narrow = 8_000;
    private const int Wide = 16_000;

    /// <returns>The samples that come out at our end, and their rate.</returns>
    public static (short[] Samples, int SampleRate) Carry(ReadOnlySpan<short> samples, int sampleRate, LineCodec codec)
    {
        // A recording of 8 kHz has nothing more to give to a wideband line.
        var rate = codec == LineCodec.None && sampleRate > Narrow ? Wide : Narrow;
        var carried = Resampler.Convert(samples, sampleRate, rate);
        if (codec == LineCodec.None)
            return (carried, rate);
        var codes = new byte[carried.Length];
        if (codec == LineCodec.ALaw)
        {
            G711.EncodeALaw(carried, codes);
            G711.DecodeALaw(codes, carried);
        }
        else
        {
            G711.EncodeULaw(carried, codes);
            G711.DecodeULaw(codes, carried);
        }
        return (carried, rate);
    }
}

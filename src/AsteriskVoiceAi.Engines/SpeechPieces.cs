using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Engines;

/// <summary>Cuts sound that is longer than a model takes, where it hurts least.</summary>
internal static class SpeechPieces
{
    /// <summary>100 ms at 16 kHz.</summary>
    private const int Window = 1_600;

    /// <summary>Samples of the next piece: all, or up to the quietest 100 ms in the last third of what the model takes.</summary>
    public static int Length(ReadOnlySpan<float> speech, int most)
    {
        if (speech.Length <= most)
            return speech.Length;
        var (quietest, at) = (float.MaxValue, most);
        for (var start = most * 2 / 3; start + Window <= most; start += Window)
        {
            var level = Loudness.Rms(speech.Slice(start, Window));
            if (level < quietest)
                (quietest, at) = (level, start + (Window / 2));
        }
        return at;
    }
}

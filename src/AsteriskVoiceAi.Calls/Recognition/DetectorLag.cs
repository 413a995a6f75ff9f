using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>
/// The voice detector falls silent after the caller does: 23 to 79 ms in the middle of measured lists, 100 ms on a line whose noise goes on. That is
/// time that the caller waits for nothing.
/// </summary>
internal static class DetectorLag
{
    /// <summary>What the times of <see cref="Endpointing"/> hold already.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(50);

    /// <summary>10 ms.</summary>
    private const int Block = 160;

    /// <summary>More is no lag: the caller trails off. 96 ms × 16 samples a ms.</summary>
    private const int Most = 96 * 16;

    /// <summary>-26 dB: final consonants are at most 20 dB quieter than the utterance; a line's noise is louder than this where the answer matters.</summary>
    private const float Quiet = 0.05f;

    /// <param name="utterance">Up to where the detector fell silent, 16 kHz.</param>
    /// <returns>How much of its end is quiet; 0 where the line is too noisy to tell.</returns>
    public static TimeSpan Of(ReadOnlySpan<float> utterance)
    {
        var quiet = Quiet * Loudness.Rms(utterance);
        var lag = 0;
        while (lag + Block <= Math.Min(Most, utterance.Length) && Loudness.Rms(utterance[^(lag + Block)..^lag]) < quiet)
            lag += Block;
        return TimeSpan.FromTicks(lag * TimeSpan.TicksPerSecond / 16_000);
    }
}

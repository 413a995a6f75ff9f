namespace AsteriskVoiceAi.Calls.Evaluation;

/// <summary>Finds the last sound of a recording by its energy alone, so that the detector under test is not its own judge.</summary>
internal static class SpeechEnd
{
    /// <summary>dB under the loudest frames: what is quieter a listener takes for the room.</summary>
    private const double Range = 35;

    /// <summary>dB over the quietest frames: in a noisy recording the speech ends before the noise does.</summary>
    private const double OverFloor = 8;

    private const double Lowest = 1e-9;

    /// <returns>Number of samples up to and with the last sound; 0 = silence.</returns>
    public static int Of(ReadOnlySpan<short> samples, int sampleRate)
    {
        var levels = Levels(samples, sampleRate / 100);
        if (levels.Length == 0)
            return 0;
        double[] sorted = [.. levels.Order()];
        var (floor, peak) = (sorted[sorted.Length / 20], sorted[sorted.Length * 98 / 100]);
        var threshold = Math.Max(peak - Range, Math.Min(floor + OverFloor, peak - (OverFloor / 2)));
        var last = Array.FindLastIndex(levels, level => level >= threshold && level > -70);
        return Math.Min((last + 1) * (sampleRate / 100), samples.Length);
    }

    /// <summary>dBFS of each 10 ms.</summary>
    private static double[] Levels(ReadOnlySpan<short> samples, int frame)
    {
        var levels = new double[samples.Length / frame];
        for (var i = 0; i < levels.Length; i++)
        {
            var sum = 0.0;
            foreach (var sample in samples.Slice(i * frame, frame))
                sum += (double)sample * sample;
            levels[i] = 20 * Math.Log10(Math.Max(Lowest, Math.Sqrt(sum / frame) / 32_768));
        }
        return levels;
    }
}

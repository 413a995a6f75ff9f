namespace AsteriskVoiceAi.Audio;

/// <summary>
/// Turns the few loudest moments of a whole sound down instead of cutting their tops off: the gain falls in the milliseconds before a peak
/// and comes back after it.
/// </summary>
internal static class PeakLimiter
{
    /// <summary>Time in which the gain falls: shorter is heard as a click, longer as a hole.</summary>
    private static readonly TimeSpan Attack = TimeSpan.FromMilliseconds(3);

    /// <summary>Time constant in which it comes back.</summary>
    private static readonly TimeSpan Release = TimeSpan.FromMilliseconds(40);

    /// <param name="ceiling">No sample is beyond it afterwards.</param>
    public static void Apply(Span<float> samples, float ceiling, int sampleRate)
    {
        var window = Math.Max(1, (int)(Attack.TotalSeconds * sampleRate));
        var gains = Needed(samples, ceiling, window);
        // Rises slowly, falls at once; the average below makes the fall a slope.
        var rise = (float)(1 - Math.Exp(-1 / (Release.TotalSeconds * sampleRate)));
        for (var (i, gain) = (0, 1f); i < gains.Length; i++)
            gains[i] = gain = Math.Min(gains[i], gain + ((1 - gain) * rise));
        // Each gain is the mean of the window that ends here, and each of those has looked ahead far enough to know this sample.
        var sum = 0.0;
        for (var i = 0; i < samples.Length; i++)
        {
            sum += gains[i] - (i >= window ? gains[i - window] : 1) + (i == 0 ? window : 0);
            samples[i] = Math.Clamp(samples[i] * (float)(sum / window), -ceiling, ceiling);
        }
    }

    /// <summary>For each sample the gain that the loudest of it and those after it, one window long, needs.</summary>
    private static float[] Needed(ReadOnlySpan<float> samples, float ceiling, int window)
    {
        var gains = new float[samples.Length];
        Array.Fill(gains, 1);
        for (var i = 0; i < samples.Length; i++)
        {
            if (Math.Abs(samples[i]) <= ceiling)
                continue;
            var needed = ceiling / Math.Abs(samples[i]);
            for (var j = Math.Max(0, i - window + 1); j <= i; j++)
                gains[j] = Math.Min(gains[j], needed);
        }
        return gains;
    }
}

namespace AsteriskVoiceAi.Audio;

/// <summary>Makes a synthesiser's sound fit for a telephone line: no silence before the first word, an even level, no clicks.</summary>
public static class PromptPolish
{
    /// <summary>Speech on the line is meant to be this loud (RMS over speech only)...</summary>
    private const float TargetDbfs = -20;

    /// <summary>...with its peaks at -3 dBFS: those beyond are turned down for a moment.</summary>
    private const float PeakLimit = 0.708f;

    /// <summary>At most by 6 dB, which nobody hears; a voice with higher peaks stays quieter as a whole.</summary>
    private const float MostLimiting = 2;

    /// <summary>Windows this far under the loudest one are silence; every synthesiser here is quieter than -50 dB between words.</summary>
    private const float SilenceBelowLoudest = 45;

    /// <summary>Windows this far under the loudest one do not count as speech for the level.</summary>
    private const float SpeechBelowLoudest = 25;

    /// <summary>Kept before the first sound: the caller waits for it, but a soft consonant must not lose its start.</summary>
    private static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(20);

    /// <summary>Kept after the last sound, so that it can fade.</summary>
    private static readonly TimeSpan Tail = TimeSpan.FromMilliseconds(60);

    private static readonly TimeSpan Fade = TimeSpan.FromMilliseconds(3);

    /// <summary>Trims, levels and fades; empty when there is no sound.</summary>
    public static short[] Polish(ReadOnlySpan<short> samples, int sampleRate)
    {
        var window = sampleRate / 100; // 10 ms
        var levels = new float[(samples.Length + window - 1) / window];
        for (var i = 0; i < levels.Length; i++)
            levels[i] = Loudness.Dbfs(samples[(i * window)..Math.Min(samples.Length, (i + 1) * window)]);
        var loudest = levels.Length == 0 ? Loudness.Silence : levels.Max();
        if (loudest <= Loudness.Silence)
            return [];
        var first = Array.FindIndex(levels, level => level > loudest - SilenceBelowLoudest);
        var last = Array.FindLastIndex(levels, level => level > loudest - SilenceBelowLoudest);
        var start = Math.Max(0, (first * window) - (int)(Lead.TotalSeconds * sampleRate));
        var end = Math.Min(samples.Length, ((last + 1) * window) + (int)(Tail.TotalSeconds * sampleRate));
        var floats = new float[end - start];
        for (var i = 0; i < floats.Length; i++)
            floats[i] = samples[start + i] / 32768f;
        Level(floats, levels, loudest, sampleRate);
        var polished = new short[floats.Length];
        for (var i = 0; i < polished.Length; i++)
            polished[i] = (short)MathF.Round(floats[i] * 32768);
        FadeEdges(polished, (int)(Fade.TotalSeconds * sampleRate));
        return polished;
    }

    private static void Level(Span<float> samples, float[] levels, float loudest, int sampleRate)
    {
        var power = levels.Where(level => level > loudest - SpeechBelowLoudest).Average(level => Math.Pow(10, level / 10));
        var peak = 1e-9f;
        foreach (var sample in samples)
            peak = Math.Max(peak, Math.Abs(sample));
        var gain = (float)Math.Min(Math.Pow(10, TargetDbfs / 20) / Math.Sqrt(power), MostLimiting * PeakLimit / peak);
        foreach (ref var sample in samples)
            sample *= gain;
        if (peak * gain > PeakLimit)
            PeakLimiter.Apply(samples, PeakLimit, sampleRate);
    }

    private static void FadeEdges(Span<short> samples, int length)
    {
        length = Math.Min(length, samples.Length / 2);
        for (var i = 0; i < length; i++)
        {
            var gain = (float)i / length;
            samples[i] = (short)(samples[i] * gain);
            samples[^(i + 1)] = (short)(samples[^(i + 1)] * gain);
        }
    }
}

namespace AsteriskVoiceAi.TestSupport.Speech;

/// <summary>Tones that prove that audio got through, whatever happened to its words.</summary>
public static class Tones
{
    /// <param name="amplitude">Peak; 8000 is -12 dB of full scale, a loud voice.</param>
    public static short[] Sine(double frequency, TimeSpan duration, int amplitude = 8000, int sampleRate = 8000)
    {
        var samples = new short[(int)(duration.TotalSeconds * sampleRate)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)(amplitude * Math.Sin(2 * Math.PI * frequency * i / sampleRate));
        return samples;
    }

    /// <summary>The hiss of a line: 60 dB below full scale, which no detector takes for a voice. The same each time.</summary>
    public static short[] Hiss(TimeSpan duration, int sampleRate = 8000)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, (int)(duration.TotalSeconds * sampleRate)).Select(_ => (short)random.Next(-40, 41))];
    }

    public static short[] Silence(TimeSpan duration, int sampleRate = 8000) => new short[(int)(duration.TotalSeconds * sampleRate)];

    /// <summary>Peak of one frequency in the samples (Goertzel): the amplitude that <see cref="Sine"/> was given.</summary>
    public static double Amplitude(ReadOnlySpan<short> samples, double frequency, int sampleRate = 8000)
    {
        var coefficient = 2 * Math.Cos(2 * Math.PI * frequency / sampleRate);
        double previous = 0, before = 0;
        foreach (var sample in samples)
            (previous, before) = (sample + (coefficient * previous) - before, previous);
        var power = (previous * previous) + (before * before) - (coefficient * previous * before);
        return samples.Length == 0 ? 0 : 2 * Math.Sqrt(Math.Max(0, power)) / samples.Length;
    }

    /// <summary>Root mean square.</summary>
    public static double Level(ReadOnlySpan<short> samples)
    {
        double sum = 0;
        foreach (var sample in samples)
            sum += (double)sample * sample;
        return samples.Length == 0 ? 0 : Math.Sqrt(sum / samples.Length);
    }

    /// <summary>Strongest frequency among multiples of 10 Hz from 100 to 3800; 0 = nothing louder than an amplitude of 100.</summary>
    public static double Strongest(ReadOnlySpan<short> samples, int sampleRate = 8000)
    {
        var (best, loudest) = (0.0, 100.0);
        for (var frequency = 100; frequency <= 3800; frequency += 10)
        {
            var amplitude = Amplitude(samples, frequency, sampleRate);
            if (amplitude > loudest)
                (best, loudest) = (frequency, amplitude);
        }
        return best;
    }
}

using System.Globalization;

namespace AsteriskVoiceAi.TestSupport.Speech;

/// <summary>What a stretch of sound that should be one steady tone is.</summary>
/// <param name="Frequency">Hz, to half of one for a stretch of a second; 0 = no tone.</param>
/// <param name="Amplitude">Peak of the tone, as <see cref="Tones.Sine"/> was given.</param>
/// <param name="Gaps">How often the sound fell below half of its level for 5 ms or longer.</param>
/// <param name="Missing">All gaps together.</param>
/// <param name="Purity">Share of the sound's power that is this tone in one phase: 1 = nothing else; a frame that is left out or made up turns the phase and shows here, also where it leaves no gap.</param>
public sealed record ToneReading(double Frequency, double Amplitude, int Gaps, TimeSpan Missing, double Purity)
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(5);

    /// <summary>How much louder than an amplitude.</summary>
    public double Decibels(double reference) => 20 * Math.Log10(Math.Max(Amplitude, 1e-9) / reference);

    /// <param name="samples">The tone's middle, without its beginning and its end; at best a second.</param>
    public static ToneReading Of(ReadOnlySpan<short> samples, int sampleRate = 8000)
    {
        var frequency = Frequent(samples, sampleRate);
        if (frequency == 0)
            return new(0, 0, 1, TimeSpan.FromSeconds((double)samples.Length / sampleRate), 0);
        var amplitude = Tones.Amplitude(samples, frequency, sampleRate);
        var level = Tones.Level(samples);
        var (gaps, missing) = Holes(samples, level / 2, (int)(Window.TotalSeconds * sampleRate));
        return new(frequency, amplitude, gaps, missing * Window, amplitude * amplitude / 2 / (level * level));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Frequency:0.0} Hz, amplitude {Amplitude:0}, {Gaps} gaps of {Missing.TotalMilliseconds:0} ms in all, purity {Purity:0.000}");

    // From steps of 10 Hz to steps of 0.5 Hz around the best of them.
    private static double Frequent(ReadOnlySpan<short> samples, int sampleRate)
    {
        var coarse = Tones.Strongest(samples, sampleRate);
        if (coarse == 0)
            return 0;
        var (best, loudest) = (0.0, 0.0);
        for (var frequency = coarse - 10; frequency <= coarse + 10; frequency += 0.5)
        {
            var amplitude = Tones.Amplitude(samples, frequency, sampleRate);
            if (amplitude > loudest)
                (best, loudest) = (frequency, amplitude);
        }
        return best;
    }

    /// <returns>Number of holes, and the windows that they hold together.</returns>
    private static (int Holes, int Windows) Holes(ReadOnlySpan<short> samples, double level, int window)
    {
        var (holes, windows, inHole) = (0, 0, false);
        for (var at = 0; at + window <= samples.Length; at += window)
        {
            var quiet = Tones.Level(samples.Slice(at, window)) < level;
            if (quiet)
                windows++;
            if (quiet && !inHole)
                holes++;
            inHole = quiet;
        }
        return (holes, windows);
    }
}

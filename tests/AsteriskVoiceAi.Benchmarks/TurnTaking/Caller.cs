namespace AsteriskVoiceAi.Benchmarks.TurnTaking;

/// <summary>Puts a caller's turn together from pieces, at 8 kHz and at one level, with a line's faint noise in the pauses.</summary>
internal static class Caller
{
    public const int Rate = 8000;

    /// <summary>-62 dBFS: peak 45 of 32768, evenly spread.</summary>
    private const int Noise = 45;

    /// <summary>-22 dBFS.</summary>
    private const double Level = 2600;

    public static short[] Say(params short[][] pieces) => [.. pieces.SelectMany(piece => piece)];

    public static short[] Pause(double milliseconds, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, (int)(milliseconds * Rate / 1000)).Select(_ => (short)random.Next(-Noise, Noise + 1))];
    }

    /// <summary>At the level of a caller, without silence at both ends.</summary>
    public static short[] Levelled(short[] samples)
    {
        var first = Array.FindIndex(samples, sample => Math.Abs((int)sample) > 300);
        var last = Array.FindLastIndex(samples, sample => Math.Abs((int)sample) > 300);
        if (first < 0)
            return samples;
        var speech = samples[first..(last + 1)];
        var gain = Level / Math.Sqrt(speech.Average(sample => (double)sample * sample));
        return [.. speech.Select(sample => (short)Math.Clamp(sample * gain, short.MinValue, short.MaxValue))];
    }

    /// <summary>Pauses of hesitation in turn: log-normal with a median of 700 ms, between 300 and 1600 ms.</summary>
    public static double Hesitation(int number)
    {
        // Quantiles of the normal distribution at 1/14, 3/14 … 13/14, taken in an order that mixes short and long.
        double[] normal = [0, -1.465, 0.792, -0.366, 1.465, -0.792, 0.366];
        return Math.Clamp(700 * Math.Exp(0.497 * normal[number % normal.Length]), 300, 1600);
    }
}

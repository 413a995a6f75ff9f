using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Benchmarks.TurnTaking;

/// <summary>A line on which our prompt comes back: through a small room, later and quieter, with the line's noise, a caller, and G.711.</summary>
internal static class EchoLine
{
    private const int Rate = Caller.Rate;

    /// <summary>Direct sound and two reflections: milliseconds and gain.</summary>
    private static readonly (int Ms, double Gain)[] Room = [(0, 1), (4, 0.5), (13, -0.3)];

    /// <param name="prompt">What was played, 8 kHz.</param>
    /// <param name="echo">Level of the echo in dB under the prompt; null = none.</param>
    /// <param name="noise">Level of the noise, dBFS.</param>
    /// <param name="sound">What comes on top, from <paramref name="at"/> on.</param>
    public static short[] Hear(short[] prompt, double? echo, int delayMs, double noise, short[] sound, int at, int seed)
    {
        var mixed = new double[Math.Max(prompt.Length, at + sound.Length) + (Rate / 2)];
        if (echo is { } level)
            AddEcho(mixed, prompt, Math.Pow(10, level / 20), delayMs);
        for (var i = 0; i < sound.Length; i++)
            mixed[at + i] += sound[i];
        var random = new Random(seed);
        var peak = 32768 * Math.Pow(10, noise / 20) * Math.Sqrt(3);
        short[] heard = [.. mixed.Select(value => (short)Math.Clamp(value + (peak * ((2 * random.NextDouble()) - 1)), short.MinValue, short.MaxValue))];
        var codes = new byte[heard.Length];
        G711.EncodeULaw(heard, codes);
        G711.DecodeULaw(codes, heard);
        return heard;
    }

    /// <summary>Two bursts of noise of a quarter of a second: quickly there, slowly gone.</summary>
    public static short[] Cough(int seed)
    {
        var random = new Random(seed);
        var burst = Rate / 4;
        var samples = new short[(2 * burst) + (Rate / 10)];
        double low = 0;
        for (var i = 0; i < 2 * burst; i++)
        {
            var into = i % burst;
            var envelope = Math.Min(1, into / (0.008 * Rate)) * Math.Exp(-into / (0.06 * Rate));
            // A cough has most of its energy under 1 kHz.
            low += 0.4 * (((2 * random.NextDouble()) - 1) - low);
            samples[i < burst ? i : i + (Rate / 10)] = (short)(12_000 * envelope * low);
        }
        return samples;
    }

    private static void AddEcho(double[] mixed, short[] prompt, double gain, int delayMs)
    {
        foreach (var (ms, tap) in Room)
        {
            var shift = (delayMs + ms) * Rate / 1000;
            for (var i = 0; i < prompt.Length && i + shift < mixed.Length; i++)
                mixed[i + shift] += gain * tap * prompt[i];
        }
    }
}

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>What lines carry besides voices.</summary>
public enum NoiseKind
{
    /// <summary>Hiss: as strong at every frequency.</summary>
    White,

    /// <summary>Wind, traffic: falls towards high frequencies.</summary>
    Brown,

    /// <summary>Mains at 50 Hz with its overtones.</summary>
    Hum,

    /// <summary>A motor: low noise that swells four times a second.</summary>
    Motor,

    /// <summary>Clicks of a bad line, five a second.</summary>
    Clicks,
}

/// <summary>Makes noises of known loudness, the same ones every time.</summary>
internal static class Noises
{
    public static float[] Make(NoiseKind kind, double seconds, float dbfs)
    {
        var random = new Random(7);
        var samples = new float[(int)(seconds * Sounds.Rate)];
        var low = 0.0;
        for (var i = 0; i < samples.Length; i++)
        {
            var white = (2 * random.NextDouble()) - 1;
            low = (0.98 * low) + (0.02 * white);
            var time = (double)i / Sounds.Rate;
            samples[i] = (float)(kind switch
            {
                NoiseKind.Brown => low,
                NoiseKind.Hum => Enumerable.Range(1, 6).Sum(n => Math.Sin(2 * Math.PI * 50 * n * time) / n),
                NoiseKind.Motor => low * (1.2 + Math.Sin(2 * Math.PI * 4 * time)),
                NoiseKind.Clicks => i % (Sounds.Rate / 5) < 16 ? white : white * 0.01,
                _ => white,
            });
        }
        var gain = MathF.Pow(10, (dbfs - AsteriskVoiceAi.Audio.Loudness.Dbfs(samples)) / 20);
        return [.. samples.Select(sample => sample * gain)];
    }
}

using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Espeak;
using AsteriskVoiceAi.Engines.Flite;
using AsteriskVoiceAi.Engines.Programs;
using AsteriskVoiceAi.Tests.Support;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>Sounds for tests, all reproducible.</summary>
internal static class Sounds
{
    public const int Rate = 16_000;

    public static ChildProgram Program(string name, TimeSpan? limit = null)
    {
        var path = ProgramPath.Find(name);
        if (path is null)
            Needed.Missing(name, $"apt-get install {name}");
        return new(path!, $"install with: apt-get install {name}", new(4), limit ?? TimeSpan.FromSeconds(30), TimeProvider.System);
    }

    public static FliteSynthesizer Flite(string voice = "rms") => new(Program("flite"), "2.2", voice);

    public static EspeakSynthesizer Espeak()
    {
        var program = Program("espeak-ng");
        return new(program, "1.51", EspeakVoices.Parse(new ProgramProbe(program).Ask("--voices")));
    }

    /// <summary>A sentence by flite as a caller's telephone gives it: 8 kHz mu-law and back, 200 ms of silence around it.</summary>
    public static async Task<float[]> SpokenAsync(string text)
    {
        using var flite = Flite();
        var prompt = await flite.SynthesizeAsync(new(text, "en-US"), CancellationToken.None);
        return Telephone(prompt);
    }

    public static float[] Telephone(SpokenPrompt prompt)
    {
        var narrow = Resampler.Convert(prompt.Samples.Span, prompt.SampleRate, 8000);
        var codes = new byte[narrow.Length];
        G711.EncodeULaw(narrow, codes);
        G711.DecodeULaw(codes, narrow);
        var live = new Resampler(8000, Rate);
        var wide = new float[live.MaxOutput(narrow.Length)];
        var length = live.Process(narrow, wide);
        return [.. new float[Rate / 5], .. wide[..length], .. new float[Rate / 5]];
    }

    public static float[] Noise(double seconds, float dbfs, int seed = 1)
    {
        var random = new Random(seed);
        // Uniform noise in ±a has an RMS of a/√3.
        var amplitude = MathF.Pow(10, dbfs / 20) * MathF.Sqrt(3);
        return [.. Enumerable.Range(0, (int)(seconds * Rate)).Select(_ => (float)((2 * random.NextDouble()) - 1) * amplitude)];
    }

    public static float[] Tone(double hertz, double seconds, int rate = Rate, float amplitude = 0.5f) =>
        [.. Enumerable.Range(0, (int)(seconds * rate)).Select(i => amplitude * (float)Math.Sin(2 * Math.PI * hertz * i / rate))];

    /// <summary>Lower-case words and digits only.</summary>
    public static string Words(string text) =>
        string.Join(' ', new string([.. text.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) || c == '\'' ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Tests.Audio;

internal sealed class PromptPolishTests
{
    private const int Rate = 16_000;

    [Test]
    public void Voices_of_any_level_come_out_equally_loud([Values(-50, -35, -20, -6)] float dbfs)
    {
        var polished = PromptPolish.Polish(Bursts(dbfs), Rate);

        Assert.That(Active(polished), Is.EqualTo(-20).Within(0.5));
        Assert.That(Peak(polished), Is.LessThanOrEqualTo(0.709));
    }

    [Test]
    public void Voice_with_sharp_peaks_is_as_loud_as_the_others_and_none_of_its_peaks_is_cut_off()
    {
        // A click of four times the tone's amplitude, every 100 ms: without a limiter the tone would have to be 4 dB quieter.
        var sharp = Bursts(-20);
        for (var i = 0; i < sharp.Length; i += Rate / 10)
            sharp[i] = (short)(sharp[i] == 0 ? 0 : 28_000);

        var polished = PromptPolish.Polish(sharp, Rate);

        Assert.That(Active(polished), Is.EqualTo(-20).Within(1));
        Assert.That(Peak(polished), Is.LessThanOrEqualTo(0.709));
        Assert.That(polished.Count(sample => Math.Abs((int)sample) > 0.705 * 32_768), Is.LessThan(30), "tops are flat");
    }

    [Test]
    public void Limiter_turns_a_moment_down_and_leaves_the_rest_alone()
    {
        float[] samples = [.. Enumerable.Range(0, Rate).Select(i => 0.5f * MathF.Sin(i * 0.3f) * (i is > 8000 and < 8100 ? 2 : 1))];
        var before = samples.ToArray();

        PeakLimiter.Apply(samples, 0.6f, Rate);

        Assert.That(samples.Max(Math.Abs), Is.LessThanOrEqualTo(0.6f));
        Assert.That(samples[..7900], Is.EqualTo(before[..7900]).Within(1e-5));
        // 300 ms later it is back, to a thousandth.
        Assert.That(samples[13_000..], Is.EqualTo(before[13_000..]).Within(1e-3));
        // The gain never jumps: by at most a thirtieth from one sample to the next.
        var gains = samples.Zip(before).Where(pair => Math.Abs(pair.Second) > 0.05).Select(pair => pair.First / pair.Second).ToList();
        Assert.That(gains.Zip(gains.Skip(1), (a, b) => Math.Abs(a - b)), Is.All.LessThan(0.05));
    }

    [Test]
    public void Edges_are_faded_and_silence_around_is_trimmed()
    {
        var polished = PromptPolish.Polish([.. new short[Rate], .. Bursts(-20), .. new short[Rate]], Rate);

        Assert.That(polished[0], Is.Zero);
        Assert.That(polished[^1], Is.Zero);
        Assert.That(polished, Has.Length.LessThan(Bursts(-20).Length + (Rate / 10)));
        // No step at an edge that is larger than those of the tone itself.
        Assert.That(Math.Abs(polished[1] - polished[0]), Is.LessThan(400));
    }

    [Test]
    public void Silence_is_nothing() => Assert.That(PromptPolish.Polish(new short[Rate], Rate), Is.Empty);

    /// <summary>Tones of 300 ms with gaps of 200 ms, as words are.</summary>
    private static short[] Bursts(float dbfs)
    {
        var amplitude = MathF.Pow(10, dbfs / 20) * MathF.Sqrt(2) * 32_768;
        return [.. Enumerable.Range(0, 2 * Rate).Select(i => (short)(i % (Rate / 2) < Rate * 3 / 10 ? Math.Clamp(amplitude * MathF.Sin(i * 0.3f), -32_768, 32_767) : 0))];
    }

    /// <summary>Level of what is sound, gaps left out.</summary>
    private static float Active(short[] samples) =>
        Loudness.Dbfs(samples.Chunk(Rate / 100).Where(window => Loudness.Dbfs(window) > -45).SelectMany(window => window).ToArray());

    private static double Peak(short[] samples) => samples.Max(sample => Math.Abs((int)sample)) / 32_768.0;
}

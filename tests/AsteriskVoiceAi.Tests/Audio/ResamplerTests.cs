using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Tests.Engines;

namespace AsteriskVoiceAi.Tests.Audio;

public sealed class ResamplerTests
{
    [Test]
    public void Telephone_band_passes_evenly(
        [Values(100, 300, 1000, 2000, 3000, 3400)] double hertz,
        [Values("8000>16000", "16000>8000", "22050>8000", "24000>8000", "16000>24000")] string rates)
    {
        var (from, to) = Parse(rates);

        var output = Resampler.Convert(Sounds.Tone(hertz, 1, from), from, to);

        // ±0.1 dB, away from the edges, where the tone starts from nothing
        Assert.That(Level(output), Is.EqualTo(Level(Sounds.Tone(hertz, 1, to))).Within(0.1));
    }

    [TestCase("16000>8000", 4600)]
    [TestCase("16000>8000", 7000)]
    [TestCase("22050>8000", 5000)]
    [TestCase("24000>8000", 11_000)]
    public void Tone_above_the_new_band_does_not_fold_back(string rates, double hertz)
    {
        var (from, to) = Parse(rates);

        var output = Resampler.Convert(Sounds.Tone(hertz, 1, from), from, to);

        Assert.That(Level(output), Is.LessThan(Level(Sounds.Tone(hertz, 1, from)) - 55));
    }

    /// <summary>What docs/performance.md claims of prompts: the band within 0.01 dB, everything beyond it down by 64 dB.</summary>
    [TestCase(16_000)]
    [TestCase(22_050)]
    [TestCase(24_000)]
    [TestCase(48_000)]
    public void Prompts_lose_nothing_of_the_band_and_gain_nothing_from_beyond(int from)
    {
        double Gain(int hertz) => Level(Resampler.Convert(Sounds.Tone(hertz, 0.3, from), from, 8000)) - Level(Sounds.Tone(hertz, 0.3, from));

        var band = Enumerable.Range(2, 33).Select(i => Gain(i * 100)).ToList();
        var beyond = Enumerable.Range(0, ((from / 2) - 4100) / 200).Select(i => Gain(4100 + (i * 200))).ToList();

        Assert.That(band.Max() - band.Min(), Is.LessThan(0.01));
        Assert.That(beyond, Is.All.LessThan(-64));
    }

    [TestCase(1000)]
    [TestCase(3000)]
    [TestCase(3400)]
    public void Live_upsampling_makes_no_image_of_the_tone(double hertz)
    {
        var output = Resampler.Convert(Sounds.Tone(hertz, 1, 8000), 8000, 16_000, Resampler.LiveHalfWidth);
        var image = Magnitude(output, 8000 - hertz, 16_000);

        Assert.That(20 * Math.Log10(image / Magnitude(output, hertz, 16_000)), Is.LessThan(-50));
    }

    [TestCase("8000>16000", 160)]
    [TestCase("8000>16000", 7)]
    [TestCase("8000>16000", 3000)]
    [TestCase("16000>8000", 320)]
    public void Live_frames_give_the_same_as_one_go(string rates, int frame)
    {
        var (from, to) = Parse(rates);
        var input = Sounds.Tone(440, 0.5, from).Zip(Sounds.Tone(1234, 0.5, from), (a, b) => (a + b) / 2).ToArray();
        var live = new Resampler(from, to);
        var output = new List<float>();
        var buffer = new float[live.MaxOutput(frame)];
        for (var at = 0; at < input.Length; at += frame)
        {
            var n = live.Process(input.AsSpan(at, Math.Min(frame, input.Length - at)), buffer);
            output.AddRange(buffer[..n]);
        }

        var whole = Resampler.Convert(input, from, to, Resampler.LiveHalfWidth);
        var delay = live.DelaySamples * to / from;

        Assert.That(output, Has.Count.EqualTo(whole.Length));
        Assert.That(output.Skip(delay), Is.EqualTo(whole[..^delay]));
    }

    [Test]
    public void Delay_of_the_live_path_is_two_milliseconds()
    {
        var live = new Resampler(8000, 16_000);
        var click = new float[160];
        click[0] = 1;
        var output = new float[live.MaxOutput(click.Length)];
        var length = live.Process(click, output);

        Assert.That(length, Is.EqualTo(320));
        Assert.That(live.Delay, Is.EqualTo(TimeSpan.FromMilliseconds(2)));
        // 2 ms × 16 kHz = 32
        Assert.That(Array.IndexOf(output, output.Max()), Is.EqualTo(32));
    }

    [Test]
    public void Live_frame_allocates_nothing()
    {
        var live = new Resampler(8000, 16_000);
        var (frame, output) = (new short[160], new float[live.MaxOutput(160)]);
        for (var i = 0; i < 50; i++)
            live.Process(frame, output);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            live.Process(frame, output);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Converted_sound_keeps_its_length([Values(0, 1, 159, 8000, 12_345)] int samples)
    {
        Assert.That(Resampler.Convert(new short[samples], 22_050, 8000), Has.Length.EqualTo(samples * 8000 / 22_050));
    }

    [Test]
    public void Full_scale_does_not_wrap_around()
    {
        var square = Enumerable.Range(0, 16_000).Select(i => i / 40 % 2 == 0 ? short.MaxValue : short.MinValue).ToArray();

        var output = Resampler.Convert(square, 16_000, 8000);

        // Where the square is high, so is the output; wrapping around would make some of it low.
        Assert.That(Enumerable.Range(100, 7000).Where(i => i % 40 is > 4 and < 16).Select(i => (int)output[i]), Is.All.GreaterThan(20_000));
    }

    private static (int From, int To) Parse(string rates)
    {
        var parts = rates.Split('>').Select(int.Parse).ToArray();
        return (parts[0], parts[1]);
    }

    private static double Level(float[] samples) => Loudness.Dbfs(samples.AsSpan(samples.Length / 4, samples.Length / 2));

    /// <summary>How much of one frequency is there (a single bin of a Fourier transform, Hann window).</summary>
    private static double Magnitude(float[] samples, double hertz, int rate)
    {
        var (re, im) = (0.0, 0.0);
        for (var i = 0; i < samples.Length; i++)
        {
            var windowed = samples[i] * (0.5 - (0.5 * Math.Cos(2 * Math.PI * i / samples.Length)));
            re += windowed * Math.Cos(2 * Math.PI * hertz * i / rate);
            im += windowed * Math.Sin(2 * Math.PI * hertz * i / rate);
        }
        return Math.Sqrt((re * re) + (im * im));
    }
}

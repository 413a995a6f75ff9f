using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Tests.Audio;

internal sealed class ComfortNoiseTests
{
    [TestCase(0)]
    [TestCase(8, TestName = "Silence_of_A_law_is_filled")]
    [TestCase(-8)]
    public void Digital_silence_is_filled_with_noise_at_62_dB_below_full_scale(short silence)
    {
        var samples = Enumerable.Repeat(silence, 8000).ToArray();

        new ComfortNoise().Fill(samples);

        Assert.That(Loudness.Dbfs(samples), Is.EqualTo(-62).Within(1));
        Assert.That(samples.Chunk(160).Skip(1).Min(frame => frame.Distinct().Count()), Is.GreaterThan(20));
    }

    [Test]
    public void Sound_is_left_as_it_is()
    {
        short[] tone = [.. Enumerable.Range(0, 8000).Select(i => (short)(12 * Math.Sin(i * 0.3)))];
        var before = tone.ToArray();

        new ComfortNoise().Fill(tone);

        Assert.That(tone, Is.EqualTo(before));
    }

    [Test]
    public void Silence_that_spans_frames_is_seen_as_one()
    {
        var noise = new ComfortNoise();
        var frame = new short[15];

        noise.Fill(frame);
        Assert.That(frame, Is.All.Zero);
        frame.AsSpan().Clear();
        noise.Fill(frame);

        Assert.That(frame.Skip(6), Has.Some.Not.Zero);
    }
}

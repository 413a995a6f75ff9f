using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Tests.Recognition;

public sealed class DetectorLagTests
{
    private const int Millisecond = 16;

    [TestCase(0, ExpectedResult = 0)]
    [TestCase(30, ExpectedResult = 30)]
    [TestCase(64, ExpectedResult = 60)]
    [TestCase(500, ExpectedResult = 90, Description = "who trails off has not fallen silent")]
    public double Silence_after_the_last_sound_is_the_detectors(int ms) => DetectorLag.Of(Utterance(1, ms, 0.001f)).TotalMilliseconds;

    [Test]
    public void Quiet_last_consonant_is_sound() => Assert.That(DetectorLag.Of(Utterance(1, 60, 0.1f)), Is.EqualTo(TimeSpan.Zero));

    [Test]
    public void Nothing_is_told_of_silence() => Assert.That(DetectorLag.Of(new float[8000]), Is.EqualTo(TimeSpan.Zero));

    private static float[] Utterance(float level, int endMs, float endLevel)
    {
        var samples = new float[(600 + endMs) * Millisecond];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (i < 600 * Millisecond ? level : endLevel) * 0.3f * MathF.Sin(i * 0.4f);
        return samples;
    }
}

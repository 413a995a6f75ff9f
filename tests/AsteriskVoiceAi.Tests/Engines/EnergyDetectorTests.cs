using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines.Silero;

namespace AsteriskVoiceAi.Tests.Engines;

public sealed class EnergyDetectorTests
{
    private const int Frame = IVoiceActivityDetector.FrameSamples;

    [Test]
    public void Loud_sound_over_quiet_noise_is_speech()
    {
        using var activity = new EnergyDetector().Open();
        var noise = Sounds.Noise(2, -55);
        for (var at = 0; at + Frame <= noise.Length; at += Frame)
            Assert.That(activity.Process(noise.AsSpan(at, Frame)), Is.LessThan(0.5f));

        Assert.That(activity.Process(Sounds.Tone(300, 0.1).AsSpan(0, Frame)), Is.GreaterThan(0.9f));
    }

    [Test]
    public void Steady_noise_becomes_the_floor()
    {
        using var activity = new EnergyDetector().Open();
        var noise = Sounds.Noise(8, -35);
        var last = 1f;
        for (var at = 0; at + Frame <= noise.Length; at += Frame)
            last = activity.Process(noise.AsSpan(at, Frame));

        Assert.That(last, Is.LessThan(0.5f));
    }
}

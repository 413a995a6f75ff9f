using AsteriskVoiceAi.Asterisk.Doctor;

namespace AsteriskVoiceAi.Tests.Doctor;

[Parallelizable(ParallelScope.All)]
public sealed class ToneTests
{
    [TestCase(8000)]
    [TestCase(16000)]
    public void Tone_is_found_and_another_one_noise_and_silence_are_not(int sampleRate)
    {
        var (tone, other) = (new Tone(440), new Tone(740));
        var frame = tone.Samples(sampleRate).AsSpan(100, sampleRate / 50);
        var noise = new short[frame.Length];
        var random = new Random(1);
        for (var i = 0; i < noise.Length; i++)
            noise[i] = (short)random.Next(-8000, 8000);

        Assert.That((tone.IsIn(frame, sampleRate), other.IsIn(frame, sampleRate)), Is.EqualTo((true, false)));
        Assert.That((tone.IsIn(noise, sampleRate), tone.IsIn(new short[frame.Length], sampleRate)), Is.EqualTo((false, false)));
    }
}

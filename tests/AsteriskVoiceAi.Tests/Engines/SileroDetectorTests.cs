using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Tests.Engines;

public sealed class SileroDetectorTests
{
    private const int Frame = IVoiceActivityDetector.FrameSamples;

    [Test]
    public async Task Speech_is_told_from_what_is_not()
    {
        var speech = Probabilities(await Sounds.SpokenAsync("I would like to know where my parcel is."));

        Assert.That(speech.Max(), Is.GreaterThan(0.9));
        Assert.That(speech.Count(p => p > 0.5), Is.GreaterThan(speech.Count / 2));
        Assert.That(Probabilities(new float[Sounds.Rate]).Max(), Is.Zero);
        Assert.That(Probabilities(Sounds.Noise(3, -40)).Max(), Is.LessThan(0.5));
    }

    [Test]
    public async Task Speech_after_a_long_silence_starts_as_soon_as_without()
    {
        var speech = await Sounds.SpokenAsync("Where is my parcel?");
        var silence = new float[100 * Frame];

        var after = Probabilities([.. silence, .. speech]).Skip(100).ToList();

        Assert.That(after.FindIndex(p => p > 0.5), Is.EqualTo(Probabilities(speech).FindIndex(p => p > 0.5)).Within(1));
    }

    [Test]
    public async Task Streams_do_not_hear_each_other()
    {
        var speech = await Sounds.SpokenAsync("Where is my parcel?");
        var alone = Probabilities(speech);
        using var mine = InstalledModels.Silero.Open();
        using var other = InstalledModels.Silero.Open();
        var noise = Sounds.Noise(speech.Length / (double)Sounds.Rate, -20);

        var together = new List<float>();
        for (var at = 0; at + Frame <= speech.Length; at += Frame)
        {
            together.Add(mine.Process(speech.AsSpan(at, Frame)));
            other.Process(noise.AsSpan(at, Frame));
        }

        Assert.That(together, Is.EqualTo(alone));
    }

    [Test]
    public async Task Reset_forgets_what_was_heard()
    {
        var speech = await Sounds.SpokenAsync("Where is my parcel?");
        using var activity = InstalledModels.Silero.Open();
        var first = Run(activity, speech);

        activity.Reset();

        Assert.That(Run(activity, speech), Is.EqualTo(first));
    }

    [Test]
    public void Frame_allocates_nothing()
    {
        var noise = Sounds.Noise(1, -20);
        using var activity = InstalledModels.Silero.Open();
        for (var i = 0; i < 100; i++)
            activity.Process(noise.AsSpan(0, Frame));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            activity.Process(noise.AsSpan(0, Frame));

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Frame_of_another_length_is_refused()
    {
        using var activity = InstalledModels.Silero.Open();

        Assert.That(() => activity.Process(new float[320]), Throws.ArgumentException);
    }

    private static List<float> Probabilities(float[] sound)
    {
        using var activity = InstalledModels.Silero.Open();
        return Run(activity, sound);
    }

    private static List<float> Run(IVoiceActivity activity, float[] sound)
    {
        var probabilities = new List<float>();
        for (var at = 0; at + Frame <= sound.Length; at += Frame)
            probabilities.Add(activity.Process(sound.AsSpan(at, Frame)));
        return probabilities;
    }
}

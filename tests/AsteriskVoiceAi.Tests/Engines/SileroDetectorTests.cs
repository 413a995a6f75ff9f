using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines.Silero;

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
    public void Steady_noise_is_not_looked_at_once_the_line_is_known([Values(-60f, -45f, -30f)] float dbfs)
    {
        using var activity = (SileroActivity)InstalledModels.Silero.Open();
        Run(activity, Sounds.Noise(10, dbfs));
        var asked = activity.Asked;

        Run(activity, Sounds.Noise(10, dbfs, seed: 2));

        // 312 frames in 10 s.
        Assert.That(activity.Asked - asked, Is.LessThan(10));
    }

    [Test]
    public async Task Speech_on_a_noisy_line_starts_as_soon_as_without_the_gate([Values(-50f, -40f)] float dbfs)
    {
        var speech = await Sounds.SpokenAsync("Seven. Where is my parcel?");

        // In the first seconds the gate does not know the line yet and is open.
        Assert.That(Onset(lead: 10), Is.EqualTo(Onset(lead: 2)).Within(1));

        int Onset(int lead)
        {
            var line = Sounds.Noise(lead + (speech.Length / (double)Sounds.Rate), dbfs);
            // A whole number of frames, so that both cut the speech at the same places.
            var begins = lead * Sounds.Rate / Frame * Frame;
            for (var i = 0; i < speech.Length; i++)
                line[begins + i] += speech[i];
            return Probabilities(line).FindIndex(p => p > 0.5) - (begins / Frame);
        }
    }

    [Test]
    public void No_noise_is_taken_for_speech([Values] NoiseKind kind, [Values(-50f, -40f, -30f)] float dbfs)
    {
        var tracker = new SpeechTracker();
        var starts = 0;
        var position = 0L;
        foreach (var probability in Probabilities(Noises.Make(kind, 10, dbfs)))
        {
            var spoke = tracker.Speaking;
            tracker.Take(probability, position += Frame);
            starts += tracker.Speaking && !spoke ? 1 : 0;
        }

        Assert.That(starts, Is.Zero);
    }

    [Test]
    public async Task Speech_ten_decibels_over_noise_is_found_and_nothing_before_it([Values] NoiseKind kind)
    {
        var speech = await Sounds.SpokenAsync("I would like to know where my parcel is.");
        var loudness = AsteriskVoiceAi.Audio.Loudness.Dbfs(speech);
        var line = Noises.Make(kind, 3 + (speech.Length / (double)Sounds.Rate), loudness - 10);
        for (var i = 0; i < speech.Length; i++)
            line[(3 * Sounds.Rate) + i] += speech[i];

        var heard = Probabilities(line);

        var begins = 3 * Sounds.Rate / Frame;
        Assert.That(heard.Take(begins).Max(), Is.LessThan(SpeechTracker.OnsetProbability));
        Assert.That(heard.FindIndex(p => p > SpeechTracker.OnsetProbability), Is.InRange(begins, begins + 20));
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

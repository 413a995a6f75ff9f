using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Tests.Engines;

public sealed class MoonshineRecognizerTests
{
    [TestCase("Where is my package?", "where is my package")]
    [TestCase("I would like to talk to a person in the billing department.", "i would like to talk to a person in the billing department")]
    [TestCase("What are your opening hours on Saturday?", "what are your opening hours on saturday")]
    public async Task Sentence_over_a_telephone_line_is_recognised(string said, string heard)
    {
        var transcript = await InstalledModels.Base.RecognizeAsync(await Sounds.SpokenAsync(said), Expectation.Anything, "en-US", CancellationToken.None);

        Assert.That(Sounds.Words(transcript.Text), Is.EqualTo(heard));
        Assert.That(transcript.Confidence, Is.InRange(0.5, 1));
        Assert.That(transcript.Engine, Is.EqualTo("moonshine-base"));
    }

    [Test]
    public async Task Sentence_that_is_broken_off_is_less_likely_to_have_an_end_mark()
    {
        var sentence = await Sounds.SpokenAsync("I would like to talk to a person in the billing department.");
        // "I would like to talk"
        var whole = await InstalledModels.Base.RecognizeAsync(sentence, Expectation.Anything, "en-US", CancellationToken.None);
        var begun = await InstalledModels.Base.RecognizeAsync(sentence.AsMemory(..(sentence.Length * 2 / 5)), Expectation.Anything, "en-US", CancellationToken.None);

        Assert.That(whole.EndMark, Is.InRange(0.7, 1));
        Assert.That(begun.EndMark, Is.InRange(0, 0.6), begun.Text);
    }

    [Test]
    public async Task Sentence_that_goes_on_after_a_pause_is_heard_as_if_there_had_been_none([Values(0.3, 0.5, 0.8, 1)] double share)
    {
        var sentence = await Sounds.SpokenAsync("I would like to talk to a person in the billing department.");
        // Louder, so that nothing is known of it when it is heard whole.
        var whole = await InstalledModels.Base.RecognizeAsync(sentence.Select(sample => sample * 1.5f).ToArray(), Expectation.Anything, "en-US", CancellationToken.None);

        await InstalledModels.Base.RecognizeAsync(sentence.AsMemory(..(int)(sentence.Length * share)), Expectation.Anything, "en-US", CancellationToken.None);
        var after = await InstalledModels.Base.RecognizeAsync(sentence, Expectation.Anything, "en-US", CancellationToken.None);

        Assert.That(after.Text, Is.EqualTo(whole.Text));
        Assert.That(after.Confidence, Is.EqualTo(whole.Confidence).Within(0.03));
        Assert.That(after.EndMark, Is.EqualTo(whole.EndMark!.Value).Within(0.03));
    }

    [Test]
    public async Task Tiny_model_recognises_too()
    {
        var transcript = await InstalledModels.Tiny.RecognizeAsync(await Sounds.SpokenAsync("Where is my package?"), Expectation.Anything, "en-US", CancellationToken.None);

        Assert.That(Sounds.Words(transcript.Text), Is.EqualTo("where is my package"));
    }

    [Test]
    public async Task Sound_longer_than_the_model_takes_is_recognised_in_pieces()
    {
        var sentence = await Sounds.SpokenAsync("This sentence goes on and on until the caller has no breath left.");
        var speech = Enumerable.Repeat(sentence, 12).SelectMany(s => s).ToArray();
        Assert.That(speech, Has.Length.GreaterThan(40 * Sounds.Rate));

        var transcript = await InstalledModels.Tiny.RecognizeAsync(speech, Expectation.Anything, "en-US", CancellationToken.None);

        Assert.That(Sounds.Words(transcript.Text).Split("sentence"), Has.Length.InRange(11, 14));
    }

    [Test]
    public async Task Silence_has_no_words([Values(0, 800, 16_000, 80_000)] int samples)
    {
        var transcript = await InstalledModels.Base.RecognizeAsync(new float[samples], Expectation.Anything, "en-US", CancellationToken.None);

        Assert.That(transcript.IsEmpty);
        Assert.That(transcript.Confidence, Is.Zero);
    }

    [Test]
    public async Task Noise_has_no_words([Values(-50f, -30f)] float dbfs)
    {
        var transcript = await InstalledModels.Base.RecognizeAsync(Sounds.Noise(2, dbfs), Expectation.Anything, "en-US", CancellationToken.None);

        Assert.That(transcript.Text, Is.Empty);
    }

    [Test]
    public async Task Two_calls_at_once_get_their_own_words()
    {
        var package = await Sounds.SpokenAsync("Where is my package?");
        var person = await Sounds.SpokenAsync("I want to talk to a person.");

        var heard = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            InstalledModels.Base.RecognizeAsync(i % 2 == 0 ? package : person, Expectation.Anything, "en-US", CancellationToken.None).AsTask()));

        Assert.That(heard.Select(h => Sounds.Words(h.Text)), Is.EqualTo(Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? "where is my package" : "i want to talk to a person")));
    }

    [Test]
    public void Cancelled_recognition_ends_as_cancelled()
    {
        using var gone = new CancellationTokenSource();
        var recognition = InstalledModels.Base.RecognizeAsync(Sounds.Noise(20, -20), Expectation.Anything, "en-US", gone.Token).AsTask();
        gone.Cancel();

        Assert.That(async () => await recognition, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Recognition_for_a_caller_who_has_gone_does_not_start()
    {
        Assert.That(
            async () => await InstalledModels.Base.RecognizeAsync(new float[16_000], Expectation.Anything, "en-US", new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    [Category("Slow")]
    public async Task Five_hundred_utterances_leak_no_native_memory()
    {
        var speech = await Sounds.SpokenAsync("Yes please.");
        await RecognizeAsync(speech, 100);
        var before = Environment.WorkingSet;

        await RecognizeAsync(speech, 500);

        // One leaked encoder result of 1 s (41 × 288 floats) each time would be 24 MB, one leaked cache more.
        Assert.That(Environment.WorkingSet - before, Is.LessThan(15 * 1024 * 1024));
    }

    private static async Task RecognizeAsync(float[] speech, int times)
    {
        for (var i = 0; i < times; i++)
            await InstalledModels.Tiny.RecognizeAsync(speech, Expectation.Anything, "en-US", CancellationToken.None);
        GC.Collect();
    }
}

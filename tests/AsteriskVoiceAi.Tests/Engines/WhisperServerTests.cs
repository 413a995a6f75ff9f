using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines.Whisper;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>The real whisper-server.</summary>
[CancelAfter(120_000)]
public sealed class WhisperServerTests
{
    [Test]
    public async Task Same_clip_gives_the_same_answer_on_a_fresh_and_on_a_used_server()
    {
        var launch = InstalledWhisper.Launch("whisper-tiny.en");
        var clip = Question(await Sounds.SpokenAsync("My tracking number is four zero seven one."));
        await using var fresh = await WhisperProcess.StartAsync(launch, TimeProvider.System, CancellationToken.None);
        await using var used = await WhisperProcess.StartAsync(launch, TimeProvider.System, CancellationToken.None);
        foreach (var other in new[] { "I was charged twice for the same parcel, and nobody answers the telephone in your billing department.", "Yes.", "Goodbye." })
            await used.AskAsync(Question(await Sounds.SpokenAsync(other)), CancellationToken.None);
        await used.AskAsync(Question(Sounds.Noise(20, -25)), CancellationToken.None);

        var (first, later) = (await fresh.AskAsync(clip, CancellationToken.None), await used.AskAsync(clip, CancellationToken.None));

        Assert.That(Tokens(later), Is.EqualTo(Tokens(first)));
        Assert.That(Tokens(first), Is.Not.Empty);
    }

    [Test]
    public async Task Sentence_is_heard()
    {
        await using var whisper = await WhisperAsync("whisper-tiny.en");

        var transcript = await whisper.RecognizeAsync(await Sounds.SpokenAsync("Where is my package?"), Expectation.Anything, "en-US", CancellationToken.None);

        Assert.That(Sounds.Words(transcript.Text), Is.EqualTo("where is my package"));
        Assert.That(transcript.Confidence, Is.InRange(0.6, 1));
    }

    [TestCase(-120f)]
    [TestCase(-60f)]
    [TestCase(-40f)]
    [TestCase(-20f)]
    public async Task Silence_and_noise_are_no_words(float dbfs)
    {
        foreach (var engine in new[] { "whisper-tiny.en", "whisper-base" })
        {
            await using var whisper = await WhisperAsync(engine);
            Assert.That((await whisper.RecognizeAsync(Sounds.Noise(2, dbfs), Expectation.Anything, "en", CancellationToken.None)).Text, Is.Empty, engine);
        }
    }

    [Test]
    public async Task Multilingual_model_hears_other_languages()
    {
        await using var whisper = await WhisperAsync("whisper-base");
        var spoken = await Sounds.Espeak().SynthesizeAsync(new("Guten Tag. Ich habe eine Frage zu meiner Rechnung.", "de"), CancellationToken.None);

        var transcript = await whisper.RecognizeAsync(Sounds.Telephone(spoken), Expectation.Anything, "de-DE", CancellationToken.None);

        Assert.That(Sounds.Words(transcript.Text), Does.StartWith("guten tag ich habe"), transcript.Text);
        Assert.That((whisper.Hears("de-AT"), whisper.Hears("tlh")), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task English_model_hears_only_English()
    {
        await using var whisper = await WhisperAsync("whisper-tiny.en");

        Assert.That((whisper.Hears("en-GB"), whisper.Hears("de")), Is.EqualTo((true, false)));
    }

    private static async Task<WhisperRecognizer> WhisperAsync(string engine)
    {
        var pool = new WhisperPool(InstalledWhisper.Launch(engine), new WhisperOptions { Processes = 1, LongestWait = TimeSpan.FromSeconds(30) }, TimeProvider.System, NullLogger.Instance);
        await pool.Started;
        return new(engine, pool, WhisperModels.IsEnglishOnly(engine) ? code => code == "en" : _ => true, TimeProvider.System);
    }

    private static WhisperQuestion Question(float[] speech) => new(
        WavFile.Write([.. speech.Select(sample => (short)(sample * 32_767))], Sounds.Rate), WhisperQuestion.AudioContextFor(TimeSpan.FromSeconds((double)speech.Length / Sounds.Rate)), "en", "");

    private static List<string> Tokens(WhisperReply reply) =>
        [.. reply.Segments!.SelectMany(segment => segment.Words!.Select(token => $"{token.Word} {token.Probability:F6} {segment.AverageLogProbability:F6} {segment.NoSpeech:F6}"))];
}

using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Espeak;
using AsteriskVoiceAi.Engines.Piper;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>A real voice in this process.</summary>
[CancelAfter(120_000)]
public sealed class PiperVoiceTests
{
    [Test]
    public void Sound_is_that_of_Piper_itself()
    {
        using var model = new PiperModel(InstalledModels.Runtime, InstalledPiper.Model, threads: 2);
        foreach (var wanted in InstalledPiper.Vectors<SoundVector>("audio-joe-int8w.jsonl"))
        {
            var sound = model.Speak(wanted.Ids, InstalledPiper.NoNoise, 0, CancellationToken.None);

            Assert.That(sound, Has.Length.EqualTo(wanted.Samples), wanted.Id);
            Assert.That(Loudness.Rms(sound), Is.EqualTo(wanted.Rms).Within(1).Percent, wanted.Id);
        }
    }

    [Test]
    public async Task Sentence_is_understood_and_level_is_the_same_for_each()
    {
        await using var piper = InstalledPiper.Open(new PiperOptions { Noise = 0, NoiseWidth = 0 });
        var levels = new List<double>();
        foreach (var text in new[] { "Yes.", "I would like to talk to a person.", "Your invoice is four hundred dollars; it is due on Monday. Is there anything else?" })
            levels.Add(Loudness.Dbfs((await piper.SynthesizeAsync(new(text, "en-US"), CancellationToken.None)).Samples.Span));
        var prompt = await piper.SynthesizeAsync(new("I would like to talk to a person.", "en-US"), CancellationToken.None);
        var transcript = await InstalledModels.Base.RecognizeAsync(Sounds.Telephone(prompt), Expectation.Anything, "en-US", CancellationToken.None);

        Assert.That(Sounds.Words(transcript.Text), Does.Contain("talk to a person"));
        Assert.That(levels, Has.All.InRange(-25.5, -20));
        Assert.That(piper.Name, Does.Match("^piper-en_US-joe-medium-[0-9a-f]{8}$"));
        Assert.That((piper.Speaks("en-GB"), piper.Speaks("de")), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task Speed_and_configured_length_change_the_duration()
    {
        await using var usual = InstalledPiper.Open(new PiperOptions { Noise = 0, NoiseWidth = 0 });
        await using var slow = InstalledPiper.Open(new PiperOptions { Noise = 0, NoiseWidth = 0, Length = 2 });
        var (text, none) = ("How can I help you today?", CancellationToken.None);

        var (own, faster, slower) = (await usual.SynthesizeAsync(new(text, "en"), none), await usual.SynthesizeAsync(new(text, "en", 1.6), none), await slow.SynthesizeAsync(new(text, "en"), none));

        Assert.That(faster.Duration, Is.LessThan(0.85 * own.Duration));
        Assert.That(slower.Duration, Is.GreaterThan(1.6 * own.Duration));
        Assert.That(slow.Name, Is.Not.EqualTo(usual.Name));
    }

    [Test]
    public async Task Any_text_is_spoken([Range(0, 5)] int number)
    {
        string[] texts =
        [
            "bell \a escape \u001b[2J null \0 done", "I \u2764\ufe0f pizza \ud83c\udf55 and \ud83d\ude00 smiles.", "lone \ud800 surrogate", "[[həlˈoʊ]] <b>bold</b> & more",
            "-v de --help", "zqxv",
        ];
        var piper = InstalledPiper.Shared;

        Assert.That((await piper.SynthesizeAsync(new(texts[number], "en"), CancellationToken.None)).Duration, Is.GreaterThan(TimeSpan.FromSeconds(0.3)));
    }

    [Test]
    public async Task Text_without_words_is_silence([Values("", " \n ", "?!", "...")] string text)
    {
        var piper = InstalledPiper.Shared;

        Assert.That((await piper.SynthesizeAsync(new(text, "en"), CancellationToken.None)).Samples.Length, Is.Zero);
    }

    [Test]
    public async Task Long_word_without_end_is_spoken_in_pieces_and_ends_when_its_caller_leaves()
    {
        var piper = InstalledPiper.Shared;
        using var gone = new CancellationTokenSource();
        var speaking = piper.SynthesizeAsync(new(string.Concat(Enumerable.Repeat("onward ", 700)), "en"), gone.Token).AsTask();

        await gone.CancelAsync();

        Assert.That(async () => await speaking, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(
            async () => await piper.SynthesizeAsync(new(new string('a', 6000), "en"), CancellationToken.None),
            Throws.TypeOf<SpeechEngineException>().With.Message.Contains("split it"));
    }

    [Test]
    public void Run_ends_in_the_middle_when_its_caller_leaves()
    {
        using var model = new PiperModel(InstalledModels.Runtime, InstalledPiper.Model, threads: 1);
        long[] ids = [1, 0, .. Enumerable.Repeat(InstalledPiper.Vectors<SoundVector>("audio-joe-int8w.jsonl")[1].Ids[2..^1], 4).SelectMany(part => part), 2];
        using var gone = new CancellationTokenSource();
        var run = Task.Run(() => model.Speak(ids, InstalledPiper.NoNoise, 0, gone.Token));

        gone.Cancel();

        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Espeak_that_is_not_there_fails_the_sentence_and_says_what_to_install()
    {
        var phonemizer = InstalledPiper.Phonemizer(token => PhonemeProcess.StartAsync("/nowhere/espeak-ng", "en-us", TimeProvider.System, token));
        await using var piper = InstalledPiper.Open(phonemizer: phonemizer);

        Assert.That(
            async () => await piper.SynthesizeAsync(new("Hello.", "en"), CancellationToken.None),
            Throws.TypeOf<SpeechEngineException>().With.Message.Contains("espeak-ng").And.Message.Contains("apt-get install espeak-ng"));
    }

    private sealed record SoundVector(string Id, long[] Ids, int Samples, double Rms);
}

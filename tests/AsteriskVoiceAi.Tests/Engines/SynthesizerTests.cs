using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Espeak;
using AsteriskVoiceAi.Engines.Flite;
using AsteriskVoiceAi.Engines.Programs;

namespace AsteriskVoiceAi.Tests.Engines;

public sealed class SynthesizerTests
{
    private static readonly string[] HostileTexts =
    [
        "-voice slt hello", "--help", "-o /dev/null hello", "$(touch hacked) hello", "`id` hello; ls | cat", "\"quoted\" and 'single'", "two\nlines\r\n\r\nand more",
        "bell \a escape \u001b[2J null \0 done", "[[hello]] <b>bold</b> & more", "naïve café “quotes”", "lone \ud800 surrogate",
    ];

    /// <remarks>By number, because control characters don't survive in a test's name.</remarks>
    [Test]
    public async Task Any_text_is_spoken_as_words_and_only_that([Range(0, 10)] int number)
    {
        var text = HostileTexts[number];
        using var flite = Sounds.Flite();
        var espeak = Sounds.Espeak();

        foreach (var synthesizer in new ISpeechSynthesizer[] { flite, espeak })
        {
            var prompt = await synthesizer.SynthesizeAsync(new(text, "en-US"), CancellationToken.None);
            Assert.That(prompt.Duration, Is.GreaterThan(TimeSpan.FromSeconds(0.3)), synthesizer.Name);
        }
        Assert.That(File.Exists("hacked"), Is.False);
    }

    [Test]
    public async Task Text_without_words_is_silence([Values("", "  \n ", "?!", "--")] string text)
    {
        using var flite = Sounds.Flite();

        Assert.That((await flite.SynthesizeAsync(new(text, "en"), CancellationToken.None)).Samples.Length, Is.Zero);
        Assert.That((await Sounds.Espeak().SynthesizeAsync(new(text, "en"), CancellationToken.None)).Samples.Length, Is.Zero);
    }

    [Test]
    public async Task Long_text_of_many_sentences_is_spoken_to_its_end()
    {
        using var flite = Sounds.Flite();
        var sentence = "Press one for sales. ";

        var one = await flite.SynthesizeAsync(new(sentence, "en"), CancellationToken.None);
        var many = await flite.SynthesizeAsync(new(string.Concat(Enumerable.Repeat(sentence, 50)), "en"), CancellationToken.None);

        Assert.That(many.Duration, Is.GreaterThan(45 * one.Duration));
    }

    [Test]
    public void Text_far_too_long_is_refused()
    {
        using var flite = Sounds.Flite();

        Assert.That(
            async () => await flite.SynthesizeAsync(new(new string('a', 6000), "en"), CancellationToken.None),
            Throws.TypeOf<SpeechEngineException>().With.Message.Contains("split it"));
    }

    [Test]
    public void Flite_leaves_letters_it_has_not_to_another_engine()
    {
        using var flite = Sounds.Flite();

        Assert.That(async () => await flite.SynthesizeAsync(new("Привет", "en"), CancellationToken.None), Throws.TypeOf<SpeechEngineException>());
    }

    [Test]
    public async Task Speech_starts_soon_and_has_an_even_level([Values("rms", "slt")] string voice)
    {
        using var flite = Sounds.Flite(voice);
        var prompt = await flite.SynthesizeAsync(new("Thanks for calling. How can I help?", "en-US"), CancellationToken.None);
        var samples = prompt.Samples.Span;
        var firstWord = 0;
        while (Math.Abs((int)samples[firstWord]) < 200)
            firstWord++;

        Assert.That((double)firstWord / prompt.SampleRate, Is.LessThan(0.1));
        Assert.That(samples[0], Is.Zero);
        Assert.That(samples[^1], Is.Zero);
        Assert.That(Loudness.Dbfs(samples), Is.InRange(-26, -18));
        Assert.That(samples.ToArray().Max(s => Math.Abs((int)s)), Is.LessThanOrEqualTo(23_200)); // -3 dBFS = 0.708 × 32768
    }

    [Test]
    public async Task Speed_changes_the_duration()
    {
        using var flite = Sounds.Flite();
        var espeak = Sounds.Espeak();
        foreach (var synthesizer in new ISpeechSynthesizer[] { flite, espeak })
        {
            var slow = await synthesizer.SynthesizeAsync(new("How can I help you today?", "en", 0.7), CancellationToken.None);
            var fast = await synthesizer.SynthesizeAsync(new("How can I help you today?", "en", 1.5), CancellationToken.None);
            Assert.That(slow.Duration, Is.GreaterThan(1.5 * fast.Duration), synthesizer.Name);
        }
    }

    [Test]
    public async Task Espeak_is_understood_by_the_recogniser()
    {
        var prompt = await Sounds.Espeak().SynthesizeAsync(new("I would like to talk to a person.", "en-US"), CancellationToken.None);
        var transcript = await InstalledModels.Base.RecognizeAsync(Sounds.Telephone(prompt), Expectation.Anything, "en-US", CancellationToken.None);

        Assert.That(Sounds.Words(transcript.Text), Does.Contain("talk to a person"));
    }

    [TestCase("en-US", "en-us")]
    [TestCase("en", "en-us")]
    [TestCase("en-ZZ", "en-us")]
    [TestCase("de-DE", "de")]
    [TestCase("pt-BR", "pt-br")]
    [TestCase("zh-CN", "cmn")]
    [TestCase("xx", null)]
    [TestCase("", null)]
    public void Espeak_voice_follows_the_language(string language, string? voice)
    {
        var voices = EspeakVoices.Parse(
            """
            Pty Language       Age/Gender VoiceName          File                 Other Languages
             5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn              (zh-cmn 5)(zh 5)
             5  de              --/M      German             gmw/de
             2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)
             2  en-us           --/M      English_(America)  gmw/en-US            (en 3)
             5  pt-br           --/M      Portuguese_(Brazil) roa/pt-BR            (pt 6)
            """);

        Assert.That(voices.Find(language), Is.EqualTo(voice));
    }

    [Test]
    public void Missing_program_says_how_to_install_it()
    {
        var program = new ChildProgram("/nowhere/flite", "install with: apt-get install flite", new(1), TimeSpan.FromSeconds(5), TimeProvider.System);
        using var flite = new FliteSynthesizer(program, "2.2", "rms");

        Assert.That(flite.Speaks("en-GB"));
        Assert.That(flite.Speaks("de"), Is.False);
        Assert.That(
            async () => await flite.SynthesizeAsync(new("Hello", "en"), CancellationToken.None),
            Throws.TypeOf<SpeechEngineException>().With.Message.Contains("apt-get install flite"));
    }
}

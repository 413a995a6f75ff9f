using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Engines.Recorded;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.Engines;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RecordedPromptsTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-prompts-");

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [Test]
    public async Task Sentence_is_found_whatever_its_case_and_marks()
    {
        Record("en", "# ours\nhello: Thanks for calling. \nbye.wav: Good-bye!", "hello", "bye");
        Record("de_DE", "hello: Grüß Gott.", "hello");
        var recorded = new RecordedPrompts(_folder.FullName);

        Assert.That((recorded.CanSay(new("thanks, for calling!", "en-US")), recorded.CanSay(new("Thanks.", "en")), recorded.CanSay(new("Grüß Gott", "de-DE")), recorded.CanSay(new("Grüß Gott", "de"))), Is.EqualTo((true, false, true, false)));
        Assert.That((await recorded.SynthesizeAsync(new("Goodbye", "en"), CancellationToken.None)).Duration.TotalSeconds, Is.EqualTo(0.5).Within(0.02));
        Assert.That((recorded.Speaks("en-GB"), recorded.Speaks("de-DE"), recorded.Speaks("fr")), Is.EqualTo((true, true, false)));
    }

    [Test]
    public async Task Recorded_sentence_is_played_and_any_other_is_synthesised()
    {
        Record("en", "hello: Hello.", "hello");
        using var flite = Sounds.Flite();
        var ladder = new SynthesisLadder(new(
            "synthesis", [new RecordedPrompts(_folder.FullName), flite], static s => s.Name, TimeSpan.FromSeconds(20), "install one", TimeProvider.System, NullLogger.Instance));

        for (var i = 0; i < 5; i++)
            Assert.That((await ladder.SynthesizeAsync(new("Not recorded.", "en"), CancellationToken.None)).Engine, Is.EqualTo(flite.Name));
        Assert.That((await ladder.SynthesizeAsync(new("Hello!", "en"), CancellationToken.None)).Engine, Is.EqualTo("recorded"));
    }

    [TestCase("hello Thanks", "line 1 is not FILE: words")]
    [TestCase("\nhello: ...", "line 2 is not FILE: words")]
    [TestCase("gone: Thanks", "there is no ")]
    public void Mistake_in_the_list_is_told_with_its_line(string list, string said)
    {
        Record("en", list, "hello");

        Assert.That(() => new RecordedPrompts(_folder.FullName), Throws.TypeOf<SpeechEngineException>().With.Message.Contains("prompts.txt, line").And.Message.Contains(said));
    }

    [Test]
    public void Empty_folder_is_told_with_what_belongs_there() =>
        Assert.That(() => new RecordedPrompts(_folder.FullName), Throws.TypeOf<SpeechEngineException>().With.Message.Contains("put LANGUAGE/prompts.txt there"));

    [Test]
    public void File_that_is_no_sound_fails_its_sentence()
    {
        Record("en", "hello: Hello", "hello");
        File.WriteAllText(Path.Combine(_folder.FullName, "en", "hello.wav"), "RIFF");

        Assert.That(async () => await new RecordedPrompts(_folder.FullName).SynthesizeAsync(new("Hello", "en"), CancellationToken.None), Throws.TypeOf<SpeechEngineException>().With.Message.Contains("is no WAVE file"));
    }

    private void Record(string language, string list, params string[] files)
    {
        var folder = _folder.CreateSubdirectory(language).FullName;
        File.WriteAllText(Path.Combine(folder, RecordedPrompts.ListName), list);
        foreach (var file in files)
            File.WriteAllBytes(Path.Combine(folder, file + ".wav"), WavFile.Write([.. Sounds.Tone(440, 0.5, 8000).Select(sample => (short)(sample * 20_000))], 8000));
    }
}

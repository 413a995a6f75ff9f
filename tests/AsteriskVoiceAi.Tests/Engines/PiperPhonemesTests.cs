using System.Collections.Concurrent;
using System.Diagnostics;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Engines.Espeak;
using AsteriskVoiceAi.Engines.Piper;
using AsteriskVoiceAi.Engines.Programs;
using AsteriskVoiceAi.Tests.Support;

namespace AsteriskVoiceAi.Tests.Engines;

[CancelAfter(60_000)]
public sealed class PiperPhonemesTests
{
    /// <summary>"Wait... what?": Piper's own bridge joins both clauses, and the second word loses its stress.</summary>
    private const string KnownException = "nasty05";

    [Test]
    public async Task Phoneme_ids_are_those_of_Piper_itself()
    {
        var version = new ProgramProbe(Sounds.Program("espeak-ng")).Version();
        if (version != "1.51")
            Needed.Missing("espeak-ng 1.51", $"the list is of that version, and this is {version}");
        await using var phonemizer = InstalledPiper.Phonemizer();
        var ids = PiperVoiceConfig.Read(InstalledPiper.Model + ".json").PhonemeIds;
        List<string> different = [];
        foreach (var text in InstalledPiper.Vectors<TextVector>("phonemes-espeak-1.51.jsonl"))
        {
            List<long[]> got = [];
            foreach (var sentence in Clauses.Sentences(text.Text))
                got.Add(ids.Of(await phonemizer.SpellAsync(sentence, CancellationToken.None)));
            if (!got.Select(sentence => string.Join(' ', sentence)).SequenceEqual(text.Sentences.Select(sentence => string.Join(' ', sentence.Ids))))
                different.Add(text.Id);
        }

        Assert.That(different, Is.EqualTo(new[] { KnownException }));
    }

    [TestCase("One. two. Three!", "One. two.|Three!")]
    [TestCase("Yes, of course; now: go", "Yes,+of course;+now:+go")]
    [TestCase("\"Stop!\" he said.", "\"Stop!\"|he said.")]
    [TestCase("At 3.30 p.m. we close...", "At 3.30 p.m. we close...")]
    [TestCase("?! … --", "")]
    [TestCase("你好。再见，朋友", "你好。|再见，+朋友")]
    [TestCase("¿Qué? ¡Hola!", "¿Qué?|¡Hola!")]
    public void Text_is_cut_where_espeak_cuts_it(string text, string parts)
    {
        var sentences = Clauses.Sentences(text).Select(sentence => string.Join('+', sentence.Select(clause => clause.Written)));

        Assert.That(string.Join('|', sentences), Is.EqualTo(parts));
    }

    [Test]
    public void Sentence_without_end_is_cut_between_words_and_a_word_without_end_anywhere()
    {
        var words = string.Join(' ', Enumerable.Repeat("onward", 200));
        var emoji = string.Concat(Enumerable.Repeat("\ud83c\udf55", 400));

        var sentences = Clauses.Sentences(words);
        Assert.That(sentences.SelectMany(sentence => sentence).Select(clause => clause.Written).ToList(), Has.All.Length.LessThanOrEqualTo(Clauses.LongestSentence).And.All.EndsWith("onward"));
        Assert.That(string.Join(' ', sentences.SelectMany(sentence => sentence).Select(clause => clause.Words)), Is.EqualTo(words));
        var letters = Clauses.Sentences("a" + emoji).SelectMany(sentence => sentence).Select(clause => clause.Words).ToList();
        Assert.That(letters, Has.All.Length.LessThanOrEqualTo(Clauses.LongestSentence).And.None.Matches<string>(part => char.IsLowSurrogate(part![0])));
    }

    [Test]
    public async Task End_word_in_a_text_does_not_end_its_answer()
    {
        await using var espeak = await PhonemeProcess.StartAsync(InstalledPiper.Espeak, "en-us", TimeProvider.System, CancellationToken.None);

        var answers = await espeak.SpellAsync(["zqxv", "ZQXV", "a zqxv", "one", ""]);
        var again = await espeak.SpellAsync(["two"]);

        Assert.That(answers, Has.Count.EqualTo(5));
        Assert.That((answers[3], answers[4]), Is.EqualTo(("wˈʌn", "")));
        Assert.That(again, Is.EqualTo(new[] { "tˈuː" }));
    }

    [Test]
    public async Task Killed_espeak_is_replaced_without_the_caller_noticing()
    {
        var started = new ConcurrentQueue<PhonemeProcess>();
        await using var phonemizer = InstalledPiper.Phonemizer(async token =>
        {
            var process = await PhonemeProcess.StartAsync(InstalledPiper.Espeak, "en-us", TimeProvider.System, token);
            started.Enqueue(process);
            return process;
        });
        var sentence = Clauses.Sentences("One.")[0];
        await phonemizer.SpellAsync(sentence, CancellationToken.None);
        using (var child = Process.GetProcessById(started.First().Id))
            child.Kill();

        for (var i = 0; i < 4; i++)
            Assert.That(await phonemizer.SpellAsync(sentence, CancellationToken.None), Is.EqualTo("wˈʌn."));
    }

    [Test]
    public void Voice_that_espeak_does_not_have_is_said()
    {
        Assert.That(
            async () => await PhonemeProcess.StartAsync(InstalledPiper.Espeak, "tlh-none", TimeProvider.System, CancellationToken.None),
            Throws.TypeOf<SpeechEngineException>().With.Message.Contains("ended with status 1"));
    }

    [Test]
    public async Task Letters_of_a_voice_without_phonemes_are_its_phonemes()
    {
        Assert.That(await LetterPhonemizer.Instance.SpellAsync(Clauses.Sentences("Olá, amigo!")[0], CancellationToken.None), Is.EqualTo("Olá, amigo!"));
    }

    private sealed record TextVector(string Id, string Text, IReadOnlyList<SentenceVector> Sentences);

    private sealed record SentenceVector(long[] Ids);
}

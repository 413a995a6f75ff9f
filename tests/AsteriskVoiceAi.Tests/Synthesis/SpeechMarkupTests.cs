using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Calls.Synthesis.Markup;

namespace AsteriskVoiceAi.Tests.Synthesis;

internal sealed class SpeechMarkupTests
{
    [TestCase("Your code is <say-as interpret-as='characters'>AB1</say-as>.", "Your code is A, B, one.")]
    [TestCase("<speak>Hello.</speak>", "Hello.")]
    [TestCase("One.<break time='700ms'/>Two.", "One. [700] Two.")]
    [TestCase("<break time='1.5s'/>Two<break strength='strong'/>", "[1500] Two [800]")]
    [TestCase("We are at <sub alias='the World Wide Web Consortium'>W3C</sub>.", "We are at the World Wide Web Consortium.")]
    [TestCase("Ask for <lang xml:lang='fr-FR'>l'addition</lang> please.", "Ask for | fr-FR: l'addition | please.")]
    [TestCase("Now <prosody rate='slow'>very slowly</prosody> again.", "Now | x0.8: very slowly | again.")]
    [TestCase("<prosody rate='+20%'>a <prosody rate='50%'>b</prosody></prosody>", "x1.2: a | x0.6: b")]
    [TestCase("A &amp; B &lt; C &#33;", "A and B < C !")]
    [TestCase("<say-as interpret-as='date' format='dmy'>25.11.2026</say-as>", "November twenty-fifth, twenty twenty-six")]
    public void Markup_becomes_plain_pieces_and_silences(string text, string pieces) => Assert.That(Pieces(SpeechMarkup.Document(text)), Is.EqualTo(pieces));

    [TestCase("5 < 6 and 7 > 3")]
    [TestCase("Fish & chips <3")]
    [TestCase("<speaker> is no tag of ours")]
    [TestCase("a <b")]
    [TestCase("&lt;speak&gt;")]
    public void Plain_text_stays_plain(string text)
    {
        Assert.That(SpeechMarkup.Is(text), Is.False);
        Assert.That(SpeechMarkup.Readable(text), Is.EqualTo(text));
        Assert.That(SpeechMarkup.Spans(text), Is.EqualTo(new[] { new MarkupSpan.Text(text, null, 1) }));
    }

    [TestCase("<speak>Hi</speak>")]
    [TestCase("<speak><break time='10s'/></speak>")]
    [TestCase("a < b & c > \"d\" {e} \0 \ud800")]
    public void Value_that_looks_like_markup_is_said_as_text(string value)
    {
        Assert.That(SpeechMarkup.Readable(SpeechMarkup.Plain(value)), Is.EqualTo(value));
        var escaped = SpeechMarkup.Document("<prosody rate='fast'>" + SpeechMarkup.Escape(value) + "</prosody>");
        Assert.That(SpeechMarkup.Problem(escaped), Is.Null);
        Assert.That(SpeechMarkup.Spans(escaped), Has.All.InstanceOf<MarkupSpan.Text>());
    }

    [TestCase("<voice name='x'>Hi</voice>", "the tag <voice>")]
    [TestCase("<say-az interpret-as='date'>x</say-az>", "did you mean 'say-as'")]
    [TestCase("<say-as interpret-as='dates'>x</say-as>", "did you mean 'date'")]
    [TestCase("<say-as>x</say-as>", "<say-as> without interpret-as")]
    [TestCase("<say-as interpret-as='date'><break/></say-as>", "<break> inside of <say-as>")]
    [TestCase("<break time='99999s'/>", "at most 10s")]
    [TestCase("<break time='1h'/>", "a <break> of '1h'")]
    [TestCase("<prosody pitch='high'>x</prosody>", "the attribute 'pitch'")]
    [TestCase("<prosody rate='900%'>x</prosody>", "rate '900%'")]
    [TestCase("<lang xml:lang='../../etc'>x</lang>", "a language tag")]
    [TestCase("<sub>x</sub>", "without alias")]
    [TestCase("Hello <break", "broken markup")]
    [TestCase("<prosody rate='slow'>x", "broken markup")]
    [TestCase("x</prosody>", "broken markup")]
    [TestCase("AT&T <break/>", "a plain & is written &amp;")]
    [TestCase("&unknown; <break/>", "broken markup")]
    [TestCase("<!-- x --> <break/>", "Comment in markup")]
    [TestCase("<?php x ?> <break/>", "ProcessingInstruction in markup")]
    [TestCase("<![CDATA[x]]> <break/>", "CDATA in markup")]
    [TestCase("<speak>a</speak><speak>b</speak>", "broken markup")]
    [TestCase("<speak><speak>b</speak></speak>", "<speak> inside of markup")]
    [TestCase("<x:say-as xmlns:x='y'>b</x:say-as>", "the tag <x:say-as>")]
    public void Mistake_in_markup_is_named(string text, string expected)
    {
        var problem = SpeechMarkup.Problem(SpeechMarkup.Document(text));

        Assert.That(problem, Is.Not.Null);
        Assert.That(problem!.Found + "; " + problem.Expected, Does.Contain(expected));
    }

    [TestCaseSource(nameof(Hostile))]
    public void Hostile_markup_is_refused_and_never_thrown_at_a_caller(string text)
    {
        Assert.That(SpeechMarkup.Problem(text), Is.Not.Null);
        Assert.That(() => PromptPieces.Of(new Prompt(text, "en-US")), Throws.Nothing);
        Assert.That(SpeechMarkup.Readable(text), Does.Not.Contain("root:"));
        Assert.That(PromptPieces.Of(new Prompt(text, "en-US")).Sum(piece => piece.Words?.Text.Length ?? 0), Is.LessThan(2 * text.Length + 100));
    }

    [Test]
    public void Broken_markup_is_said_without_its_tags()
    {
        Assert.That(Pieces("<speak>Hello <b>dear</b> caller &amp; friend.</speak>"), Is.EqualTo("Hello dear caller and friend."));
    }

    private static IEnumerable<string> Hostile()
    {
        yield return "<speak><!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>&b;</speak>";
        yield return "<speak><!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>&f;</speak>";
        yield return "<speak>" + string.Concat(Enumerable.Repeat("<prosody rate=\"fast\">", 5000)) + "x</speak>";
        yield return "<speak>" + string.Concat(Enumerable.Repeat("<lang xml:lang=\"en\">", 20)) + "x" + string.Concat(Enumerable.Repeat("</lang>", 20)) + "</speak>";
        yield return "<speak " + string.Concat(Enumerable.Range(0, 2000).Select(i => $"a{i}=\"x\" ")) + ">x</speak>";
        yield return "<speak>" + new string('<', 5000) + "</speak>";
        yield return "<speak>\0\u0001</speak>";
        yield return "<speak>" + new string('x', 30_000) + "</speak>";
        yield return "<speak>&#0;&#xD800;</speak>";
    }

    /// <summary>Pieces of the same voice joined; silences in ms.</summary>
    private static string Pieces(string text) => string.Join(' ', PromptPieces.Of(new Prompt(text, "en-US")).Select((piece, i) =>
    {
        var words = piece.Words;
        var voice = words is null ? "" : (words.Language == "en-US" ? "" : words.Language + ": ") + (words.Speed == 1 ? "" : FormattableString.Invariant($"x{words.Speed:0.0#}: "));
        return voice + words?.Text + (piece.Pause > TimeSpan.Zero ? $"{(words is null ? "" : " ")}[{piece.Pause.TotalMilliseconds}]" : "");
    })).Replace(" fr-FR", " | fr-FR", StringComparison.Ordinal).Replace("addition ", "addition | ", StringComparison.Ordinal).Replace(" x0", " | x0", StringComparison.Ordinal).Replace("slowly ", "slowly | ", StringComparison.Ordinal);
}

using AsteriskVoiceAi.Calls.Synthesis;

namespace AsteriskVoiceAi.Tests.Synthesis;

internal sealed class SentencesTests
{
    [TestCase("Thanks for calling. How can I help?", "Thanks for calling.|How can I help?")]
    [TestCase("Please ask for Dr. Smith. Thank you!", "Please ask for Dr. Smith.|Thank you!")]
    [TestCase("Version 2.5 is out", "Version 2.5 is out")]
    [TestCase("J. Doe called", "J. Doe called")]
    [TestCase("  ", "")]
    [TestCase("Wait... what? Yes.", "Wait...|what?|Yes.")]
    [TestCase("We close at five P M. Bye.", "We close at five P M.|Bye.")]
    [TestCase("It is A, B, C. Got it?", "It is A, B, C.|Got it?")]
    [TestCase("He said \"no.\" Then he left.", "He said \"no.\"|Then he left.")]
    [TestCase("您好。请按一。", "您好。|请按一。")]
    public void Prompt_is_cut_at_the_ends_of_its_sentences(string text, string expected) =>
        Assert.That(string.Join('|', Sentences.Split(text)), Is.EqualTo(expected));

    [Test]
    public void Long_first_sentence_is_cut_at_its_first_clause_and_later_ones_are_not()
    {
        var sentence = "Thank you for calling the parcel service of Fabrikam today, where all of our colleagues are busy at the moment, and stay on the line.";

        var pieces = Sentences.Pieces(sentence + " " + sentence, isFirst: true).ToList();

        Assert.That(pieces.Select(piece => piece.Text), Is.EqualTo(new[] { sentence[..59], sentence[60..], sentence }));
        Assert.That(pieces.Select(piece => piece.IsWhole), Is.EqualTo(new[] { false, true, true }));
    }

    [Test]
    public void No_piece_is_longer_than_three_hundred_characters_and_no_word_is_lost(
        [Values("word ", "Some words, and more; ", "字", "😀x", "a")] string part, [Values(299, 300, 301, 5000)] int length)
    {
        var text = string.Concat(Enumerable.Repeat(part, (length / part.Length) + 1))[..length];
        if (char.IsHighSurrogate(text[^1]))
            text = text[..^1];

        var pieces = Sentences.Pieces(text, isFirst: true).Select(piece => piece.Text).ToList();

        Assert.That(pieces, Has.All.Length.LessThanOrEqualTo(300));
        Assert.That(string.Concat(pieces).Replace(" ", ""), Is.EqualTo(text.Replace(" ", "")));
        Assert.That(pieces.Where(piece => char.IsLowSurrogate(piece[0]) || char.IsHighSurrogate(piece[^1])), Is.Empty);
    }

    [TestCase("…! ?! -- ", 0)]
    [TestCase("Yes. ... No.", 2)]
    public void Marks_without_words_are_no_piece(string text, int pieces) => Assert.That(Sentences.Pieces(text, isFirst: true).Count(), Is.EqualTo(pieces));
}

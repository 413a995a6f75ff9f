using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Tests.Recognition;

public sealed class ExpectedWordsTests
{
    [TestCase("4, 0, 7, 1.", "en-US", ExpectedResult = "4071")]
    [TestCase("My number is four oh seven one.", "en", ExpectedResult = "4071")]
    [TestCase("forty seven double one", "en", ExpectedResult = "4711")]
    [TestCase("407-1", "en", ExpectedResult = "4071")]
    [TestCase("vier null sieben eins", "de-DE", ExpectedResult = "4071")]
    [TestCase("4 0 7 1", "fi", ExpectedResult = "4071")]
    [TestCase("4 0 7", "en", ExpectedResult = null)]
    [TestCase("4 0 7 no wait 1", "en", ExpectedResult = null)]
    [TestCase("I have lost it.", "en", ExpectedResult = null)]
    public string? Four_digits_are_read(string text, string language) => ExpectedWords.Read(new Expectation.Digits(4, 4), text, language);

    [TestCase("A, B, 3.", ExpectedResult = "AB3")]
    [TestCase("AB3", ExpectedResult = "AB3")]
    [TestCase("alpha bravo three", ExpectedResult = "AB3")]
    [TestCase("hello there", ExpectedResult = null)]
    public string? Characters_are_read(string text) => ExpectedWords.Read(new Expectation.Characters(3, 3), text, "en");

    [TestCase("Yeah, sure.", "en", ExpectedResult = "yes")]
    [TestCase("Nein.", "de", ExpectedResult = "no")]
    [TestCase("I don't know.", "en", ExpectedResult = null)]
    public string? Yes_and_no_are_read(string text, string language) => ExpectedWords.Read(new Expectation.YesNo(), text, language);

    [TestCase("Billing.", ExpectedResult = "billing")]
    [TestCase("the Sales department, please", ExpectedResult = "sales department")]
    [TestCase("Biling", ExpectedResult = "billing")]
    [TestCase("billing or technical support", ExpectedResult = null)]
    [TestCase("something else", ExpectedResult = null)]
    public string? Choice_is_read(string text) => ExpectedWords.Read(new Expectation.OneOf(["billing", "sales", "sales department", "technical support"]), text, "en");

    [Test]
    public void Free_words_are_nothing_expected() => Assert.That(ExpectedWords.Read(Expectation.Anything, "yes", "en"), Is.Null);
}

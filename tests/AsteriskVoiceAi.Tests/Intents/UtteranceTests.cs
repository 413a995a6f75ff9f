using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Tests.Intents;

public sealed class UtteranceTests
{
    [TestCase("What's up, Dr. O'Neil?", "whats up dr oneil")]
    [TestCase("WHERE IS MY PARCEL", "where is my parcel")]
    [TestCase("It's 8 o’clock", "its eight oclock")]
    [TestCase("twenty-five or 25", "twenty five or twenty five")]
    [TestCase("parcel 1024", "parcel one zero two four")]
    [TestCase("40 13 09", "forty thirteen zero nine")]
    [TestCase("24h", "twenty four h")]
    [TestCase("  \t\n ", "")]
    [TestCase("!?.", "")]
    [TestCase("Ärger mit GRÜSSEN", "ärger mit grüssen")]
    public void Words_do_not_depend_on_how_a_recogniser_writes_them(string text, string words) =>
        Assert.That(string.Join(' ', Utterance.Words(text)), Is.EqualTo(words));

    [Test]
    public void Endless_text_is_cut()
    {
        Assert.That(Utterance.Words(string.Join(' ', Enumerable.Repeat("word", 5000))), Has.Count.LessThanOrEqualTo(Utterance.MaxWords));
        Assert.That(Utterance.Words(new string('x', 100_000)).Single(), Has.Length.LessThan(100));
    }
}

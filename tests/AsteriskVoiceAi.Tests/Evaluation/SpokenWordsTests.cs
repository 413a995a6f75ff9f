using AsteriskVoiceAi.Calls.Evaluation;

namespace AsteriskVoiceAi.Tests.Evaluation;

public sealed class SpokenWordsTests
{
    [TestCase("Press 1 now.", "press one now")]
    [TestCase("9, 0, 8, 3", "nine oh eight three")]
    [TestCase("9083", "nine zero eight three")]
    [TestCase("1984", "nineteen eighty-four")]
    [TestCase("42", "forty two")]
    [TestCase("1,250", "one thousand two hundred and fifty")]
    [TestCase("2,000,000", "two million")]
    [TestCase("at 2.30 p.m.", "at two thirty pm")]
    [TestCase("at 2:30 PM", "at two thirty p.m.")]
    [TestCase("the 3rd of March", "the third of march")]
    [TestCase("the 21st", "the twenty-first")]
    [TestCase("2.5 percent", "two point five %")]
    [TestCase("I'm sorry, that's not a valid extension", "I am sorry that is not a valid extension")]
    [TestCase("You can't", "you cannot")]
    [TestCase("OK, cancelled", "okay canceled")]
    [TestCase("the # key", "the pound key")]
    [TestCase("don’t", "do not")]
    [TestCase("", "...")]
    public void Same_words_are_the_same_however_they_are_written(string one, string other) =>
        Assert.That(SpokenWords.Of(one), Is.EqualTo(SpokenWords.Of(other)));

    [TestCase("one", "two")]
    [TestCase("fifteen", "fifty")]
    [TestCase("caller's", "callers is")]
    [TestCase("yes", "no")]
    [TestCase("oh no", "zero no")]
    public void Other_words_are_other_words(string one, string other) =>
        Assert.That(SpokenWords.Of(one), Is.Not.EqualTo(SpokenWords.Of(other)));

    [Test]
    public void Letters_of_other_languages_stay() => Assert.That(SpokenWords.Of("¿Dónde está Müller?"), Is.EqualTo(new[] { "dónde", "está", "müller" }));

    [TestCase("Track my parcel, please.", "track my parcel please", 0)]
    [TestCase("It's 42", "it is for too", 2)]
    [TestCase("talk to a person", "talk two a person now", 2)]
    [TestCase("yes", "", 1)]
    [TestCase("", "no", 1)]
    [TestCase("your voice mail", "your voicemail", 0)]
    [TestCase("the login", "the log in", 0)]
    public void Word_errors_are_counted(string said, string understood, int errors) => Assert.That(WordErrors.Count(said, understood), Is.EqualTo(errors));

    [Test]
    public void Rate_is_per_word_said() => Assert.That(WordErrors.Rate("one two three four", "one too three four"), Is.EqualTo(0.25));
}

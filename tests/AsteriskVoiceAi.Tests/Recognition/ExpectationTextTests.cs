using AsteriskVoiceAi.Calls.Evaluation;
using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Tests.Recognition;

public sealed class ExpectationTextTests
{
    private static readonly TestCaseData[] Written =
    [
        new("free", Expectation.Anything),
        new("", Expectation.Anything),
        new("yes-no", new Expectation.YesNo()),
        new("digits:8", new Expectation.Digits(8, 8)),
        new("digits:4..10", new Expectation.Digits(4, 10)),
        new("digits", new Expectation.Digits(1, 32)),
        new("characters:6", new Expectation.Characters(6, 6)),
        new("date", new Expectation.Date()),
    ];

    [TestCaseSource(nameof(Written))]
    public void Expectation_is_read_as_it_is_written(string text, Expectation expected)
    {
        Assert.That(ExpectationText.TryParse(text, out var expectation), Is.True);
        Assert.That(expectation, Is.EqualTo(expected));
    }

    [Test]
    public void Choices_are_read()
    {
        Assert.That(ExpectationText.TryParse("one-of: billing | opening hours", out var expectation), Is.True);
        Assert.That(((Expectation.OneOf)expectation).Phrases, Is.EqualTo(new[] { "billing", "opening hours" }));
    }

    [TestCase("digits:0")]
    [TestCase("digits:9..3")]
    [TestCase("digits:many")]
    [TestCase("digits:1..2..3")]
    [TestCase("one-of:")]
    [TestCase("numbers")]
    [TestCase("yes-no:8")]
    public void Anything_else_is_refused(string text) => Assert.That(ExpectationText.TryParse(text, out _), Is.False);

    [TestCase("4 1 5", "four one five.", null, true)]
    [TestCase("415", "4, 1, 5", null, true)]
    [TestCase("five five oh", "double five zero", null, true)]
    [TestCase("415", "my number is 415", "415", true)]
    [TestCase("415", "4 1 9", null, false)]
    [TestCase("415", "", null, false)]
    public void Number_is_right_whatever_words_it_was_said_in(string said, string text, string? expected, bool right)
    {
        var heard = new HeardSample(text, expected, 1, "test");
        Assert.That(ExpectedValue.IsRight(new Expectation.Digits(3, 3), said, heard), Is.EqualTo(right));
    }

    [Test]
    public void Where_anything_may_be_said_only_words_count() =>
        Assert.That(ExpectedValue.IsRight(Expectation.Anything, "hello", new HeardSample("hello", null, 1, "test")), Is.Null);
}

using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Tests.Recognition;

internal sealed class EndpointingTests
{
    [TestCase(null, 550)]
    [TestCase("Where is my parcel?", 550)]
    [TestCase("Stop! ", 550)]
    [TestCase("where is my parcel", 1000)]
    [TestCase("I want to", 1500)]
    [TestCase("I want to track the.", 1500)]
    [TestCase("Um, ", 1500)]
    [TestCase("", 1000)]
    public void Open_question(string? soFar, int ms) =>
        Assert.That(Endpointing.SilenceFor(Expectation.Anything, soFar).TotalMilliseconds, Is.EqualTo(ms));

    [TestCase("Yes", 400)]
    [TestCase("no thank you", 400)]
    [TestCase("no I want to", 1500)]
    [TestCase("yes but I'd like something else", 1000)]
    [TestCase("", 1000)]
    [TestCase(null, 550)]
    public void Yes_or_no(string? soFar, int ms) =>
        Assert.That(Endpointing.SilenceFor(new Expectation.YesNo(), soFar).TotalMilliseconds, Is.EqualTo(ms));

    [TestCase(4, 4, "1 2 3 4", 300)]
    [TestCase(4, 4, "1 2 3 4 5", 300)]
    [TestCase(4, 4, "1 2 3", 2500)]
    [TestCase(4, 4, null, 2500)]
    [TestCase(4, 8, "1 2 3 4", 1500)]
    [TestCase(4, 8, null, 1500)]
    public void Digits(int min, int max, string? soFar, int ms) =>
        Assert.That(Endpointing.SilenceFor(new Expectation.Digits(min, max), soFar).TotalMilliseconds, Is.EqualTo(ms));
}

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
    public void Prompt_is_cut_at_the_ends_of_its_sentences(string text, string expected) =>
        Assert.That(string.Join('|', Sentences.Split(text)), Is.EqualTo(expected));
}

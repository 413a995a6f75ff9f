using System.Text;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Engines.Whisper;

namespace AsteriskVoiceAi.Tests.Engines;

public sealed class WhisperTextTests
{
    [TestCase(" Press 1\n to continue.", "Press 1 to continue.")]
    [TestCase(" [BLANK_AUDIO]", "")]
    [TestCase(" (wind blowing)", "")]
    [TestCase(" * Musik *", "")]
    [TestCase(" ♪ la la la ♪", "")]
    [TestCase(" [ Silence ] Hello.", "Hello.")]
    [TestCase(" Call (555) 123-4567 (beeping", "Call (555) 123-4567")]
    [TestCase(" .", "")]
    public void Sounds_are_no_words(string text, string left)
    {
        Assert.That(Read(text, 0.9).Text, Is.EqualTo(left));
    }

    [TestCase("Thanks for watching!", "en", 0.95, "")]
    [TestCase("Untertitel der Amara.org-Community", "de", 0.95, "")]
    [TestCase("Thank you.", "en", 0.95, "Thank you.")]
    [TestCase("Thank you.", "en", 0.3, "")]
    [TestCase("you", "en", 0.22, "")]
    [TestCase("Thank you, billing please.", "en", 0.3, "Thank you, billing please.")]
    [TestCase("Vielen Dank.", "de", 0.3, "")]
    public void Phrases_made_of_silence_are_dropped(string text, string language, double probability, string left)
    {
        Assert.That(Read(text, probability, language).Text, Is.EqualTo(left));
    }

    [TestCase(0.43, "you heard me")]
    [TestCase(0.84, "")]
    public void Segment_that_is_surely_no_speech_is_dropped(double noSpeech, string left)
    {
        Assert.That(Read("you heard me", 0.9, noSpeech: noSpeech).Text, Is.EqualTo(left));
    }

    [TestCase("Press 4 to record. Press 4 to record. Press 4 to record. Press 5.", "Press 4 to record. Press 5.")]
    [TestCase("no, no", "no, no")]
    [TestCase("the temporal temporal temporal temporal message", "the temporal message")]
    [TestCase("4 0 0 0 0 1", "4 0 0 0 0 1")]
    [TestCase("1 1 1 1 1 1 1 1 1 1 1 1", "1")]
    [TestCase("", "")]
    public void Loops_are_taken_out(string text, string left)
    {
        Assert.That(RepeatedPhrases.Collapse(text), Is.EqualTo(left));
    }

    [Test]
    public void Confidence_is_the_mean_probability_of_the_words()
    {
        var reply = WhisperReply.Parse("""{"text":" a b.","segments":[{"text":" a b.","words":[{"word":" a","probability":0.6},{"word":" b","probability":0.8},{"word":".","probability":0.1}]}]}"""u8);

        Assert.That(WhisperText.Read(reply, "en").Confidence, Is.EqualTo(0.7).Within(1e-9));
    }

    [Test]
    public void Servers_without_probabilities_are_read_too()
    {
        Assert.That(WhisperText.Read(WhisperReply.Parse("""{"text":"Hello there."}"""u8), "en"), Is.EqualTo(new WhisperText("Hello there.", 0.5)));
        Assert.That(WhisperText.Read(WhisperReply.Parse("""{"text":"x","segments":[{"text":"Hi","avg_logprob":-0.1}]}"""u8), "en").Confidence, Is.EqualTo(Math.Exp(-0.1)).Within(1e-9));
    }

    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("{\"text\":3}")]
    [TestCase("")]
    [TestCase("{\"text\":\"cut of")]
    public void Anything_else_is_refused(string json)
    {
        Assert.That(() => WhisperReply.Parse(Encoding.UTF8.GetBytes(json)), Throws.TypeOf<SpeechEngineException>());
    }

    [TestCase(0.1, 512)]
    [TestCase(8.9, 512)]
    [TestCase(9.0, 768)]
    [TestCase(14.0, 768)]
    [TestCase(24.3, 1280)]
    [TestCase(99.0, 1280)]
    public void Audio_context_is_a_multiple_of_256_between_512_and_1280(double seconds, int frames)
    {
        Assert.That(WhisperQuestion.AudioContextFor(TimeSpan.FromSeconds(seconds)), Is.EqualTo(frames));
    }

    private static WhisperText Read(string text, double probability, string language = "en", double noSpeech = 0.01) => WhisperText.Read(
        new WhisperReply { Text = text, Segments = [new(text, Math.Log(probability), noSpeech, [new(text, probability)])] }, language);
}

using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Tests.Recognition;

internal sealed class EndpointingTests
{
    [TestCase("Where is my parcel?", 550)]
    [TestCase("Stop! ", 550)]
    [TestCase("where is my parcel", 1000)]
    [TestCase("I want to", 1500)]
    [TestCase("I want to track the.", 1500)]
    [TestCase("Um, ", 1500)]
    [TestCase("I would like to pay, thank you.", 550)]
    [TestCase("", 1000)]
    public void Open_question(string soFar, int ms) => Assert.That(Wait(Expectation.Anything, soFar), Is.EqualTo(ms));

    [TestCase("Where is my parcel?", 0.9, 550)]
    [TestCase("Where is my parcel?", 0.5, 1500)]
    [TestCase("where is my parcel", 0.9, 1000)]
    [TestCase("I want to", 0.9, 1500)]
    public void Voice_that_sounds_unfinished_is_given_time(string soFar, double finished, int ms) =>
        Assert.That(Wait(Expectation.Anything, soFar, finished: finished), Is.EqualTo(ms));

    [TestCase("Where is my parcel?", 0.9, 0.97, 450)]
    [TestCase("Your call cannot.", 0.45, 0.97, 1025)]
    [TestCase("There is currently one other.", 0.5, 0.1, 1600)]
    [TestCase("Where is my parcel?", 0.95, 0.1, 667)]
    [TestCase("Please hold while we try to.", 0.6, 0.8, 1600)]
    [TestCase("Agent logged in.", 0.95, 0.98, 651)]
    public void Recogniser_that_is_sure_of_the_final_mark_and_a_voice_that_sounds_finished_end_it_sooner(string soFar, double mark, double finished, int ms) =>
        Assert.That(Wait(Expectation.Anything, soFar, finished: finished, mark: mark), Is.EqualTo(ms).Within(10));

    [TestCase("Where is my parcel?", 0.9, 450)]
    [TestCase("The conference will begin.", 0.5, 1408)]
    [TestCase("where is my", 0.1, 1600)]
    [TestCase("operator", 0.2, 600)]
    [TestCase("technical support", 0.3, 800)]
    [TestCase("to", 0.2, 1600)]
    public void Mark_alone_counts_more_where_the_voice_is_not_asked(string soFar, double mark, int ms) =>
        Assert.That(Wait(Expectation.Anything, soFar, mark: mark), Is.EqualTo(ms).Within(10));

    [Test]
    public void Final_mark_says_nothing_where_the_language_has_no_rules() => Assert.That(Wait(Expectation.Anything, "Ich", mark: 0.1, language: "de-DE"), Is.EqualTo(550));

    [TestCase("Ich möchte zu", 550)]
    [TestCase("ich möchte", 550)]
    public void Language_without_rules_of_its_own_goes_by_silence(string soFar, int ms) =>
        Assert.That(Wait(Expectation.Anything, soFar, language: "de-DE"), Is.EqualTo(ms));

    [Test]
    public void Voice_counts_in_every_language() => Assert.That(Wait(Expectation.Anything, "Ich möchte", finished: 0.2, language: "de-DE"), Is.EqualTo(1500));

    [TestCase("Yes", null, 400)]
    [TestCase("no thank you", null, 400)]
    [TestCase("Mm-hmm.", "yes", 400)]
    [TestCase("no I want to", null, 1500)]
    [TestCase("put me through to billing", null, 1000)]
    [TestCase("", null, 1000)]
    public void Yes_or_no(string soFar, string? expected, int ms) => Assert.That(Wait(new Expectation.YesNo(), soFar, expected), Is.EqualTo(ms));

    [TestCase("Two day delivery.", null, 400)]
    [TestCase("too day deliver E", "two day delivery", 400)]
    [TestCase("well what is the", null, 1500)]
    public void One_of_some_choices(string soFar, string? expected, int ms) =>
        Assert.That(Wait(new Expectation.OneOf(["two day delivery", "overnight"]), soFar, expected), Is.EqualTo(ms));

    [TestCase(4, 4, "1 2 3 4", null, 300)]
    [TestCase(4, 4, "One, two, three, four.", null, 300)]
    [TestCase(4, 4, "1 2 3 4 5", null, 300)]
    [TestCase(4, 4, "1 2 3", null, 2500)]
    [TestCase(4, 4, "One to free for", "1234", 300)]
    [TestCase(4, 4, "1, 2, 3, 4", "12", 2500)]
    [TestCase(4, 4, "I don't have it here.", null, 550)]
    [TestCase(4, 8, "1 2 3 4", null, 1500)]
    [TestCase(4, 8, "1 2 3 4 5 6 7 8", null, 300)]
    public void Digits(int min, int max, string soFar, string? expected, int ms) =>
        Assert.That(Wait(new Expectation.Digits(min, max), soFar, expected), Is.EqualTo(ms));

    [TestCase("A B", "AB")]
    [TestCase("A B C D", "ABCD")]
    public void Spelling(string soFar, string expected) => Assert.That(Wait(new Expectation.Characters(4, 4), soFar, expected), Is.EqualTo(1500));

    [Test]
    public void Caller_who_pauses_is_given_more_where_a_pause_may_be_a_breath()
    {
        var stretch = TimeSpan.FromMilliseconds(200);

        Assert.That(Wait(Expectation.Anything, "Where is my parcel?", stretch: stretch), Is.EqualTo(750));
        Assert.That(Wait(new Expectation.YesNo(), "Yes.", stretch: stretch), Is.EqualTo(600));
        Assert.That(Wait(new Expectation.Digits(2, 2), "1 2", stretch: stretch), Is.EqualTo(300));
    }

    [TestCase(1.5, true)]
    [TestCase(0.8, false)]
    public void Voice_is_asked_only_where_it_has_something_to_tell(double seconds, bool asked)
    {
        var speech = TimeSpan.FromSeconds(seconds);

        Assert.That(Endpointing.VoiceTells(Expectation.Anything, speech), Is.EqualTo(asked));
        Assert.That(Endpointing.VoiceTells(new Expectation.Digits(4, 8), speech), Is.False);
        Assert.That(Endpointing.VoiceTells(new Expectation.Characters(4, 8), speech), Is.False);
        Assert.That(Endpointing.VoiceTells(new Expectation.YesNo(), speech), Is.False);
    }

    private static double Wait(Expectation expectation, string soFar, string? expected = null, double? finished = null, string language = "en-US", TimeSpan stretch = default, double? mark = null)
    {
        var transcript = new Transcript(soFar, 0.9, "scripted", TimeSpan.Zero) { Expected = expected, EndMark = mark };
        return Endpointing.Decide(expectation, language, new PauseEvidence(transcript, finished), stretch).Silence.TotalMilliseconds;
    }
}

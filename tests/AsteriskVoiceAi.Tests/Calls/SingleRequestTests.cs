using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Tests.Calls;

/// <summary>Say, listen and ask: one thing each, without a flow.</summary>
internal sealed class SingleRequestTests
{
    [Test]
    public async Task Say_speaks_and_is_done()
    {
        await using var call = new CallScript().Arrives(new CallRequest.Say("Good morning.", "", 1));
        await call.HearsAsync("Good morning.");
        await call.EndsAsync("done dialplan");
    }

    [TestCase("<speak>One<break time='100ms'/>two <say-as interpret-as='ordinal'>3</say-as>.</speak>", "One two third.", "One two 3.")]
    [TestCase("<speak>One <b>two</speak>", "One two", "One two")]
    [TestCase("One < two & three", "One < two and three", "One < two & three")]
    public async Task Say_takes_markup_and_plain_text(string text, string heard, string told)
    {
        await using var call = new CallScript().Arrives(new CallRequest.Say(text, "", 1));
        await call.HearsAsync(heard, told: false);
        Assert.That((await call.SaidAsync()).Text, Is.EqualTo(told));
        await call.EndsAsync("done dialplan");
    }

    [Test]
    public async Task Say_is_stopped_by_its_keys_and_by_no_other()
    {
        await using var call = new CallScript().Arrives(new CallRequest.Say("one two three", "12", 1));
        await call.BeginsToHearAsync("one two three");
        call.Silent(200);
        call.Presses("9");
        call.Silent(100);
        Assert.That(call.Leg.IsPlaying, Is.True);

        call.Presses("2");

        var outcome = await call.EndsAsync("done dialplan");
        Assert.That(outcome.Digits, Is.EqualTo("2"));
        Assert.That(call.HeardByCaller, Is.EqualTo("one two…"));
    }

    [Test]
    public async Task Say_is_not_stopped_by_a_voice()
    {
        await using var call = new CallScript().Arrives(new CallRequest.Say("one two three", "12", 1));
        await call.BeginsToHearAsync("one two three");
        call.Speaks(600);
        await call.EndsAsync("done dialplan");
        Assert.That(call.HeardByCaller, Is.EqualTo("one two three"));
    }

    [Test]
    public async Task Listen_takes_one_utterance()
    {
        await using var call = new CallScript().Arrives(new CallRequest.Listen(null, "#", Beep: false));
        await call.SaysAsync("Hello there.", confidence: 0.7);
        var outcome = await call.EndsAsync("done dialplan");
        Assert.That((outcome.Text, outcome.Confidence), Is.EqualTo(("Hello there.", (double?)0.7)));
        Assert.That(call.Leg.Played, Has.All.Zero);
    }

    [Test]
    public async Task Listen_beeps_for_150_ms_first()
    {
        await using var call = new CallScript().Arrives(new CallRequest.Listen(null, "#", Beep: true));
        while (call.Leg.IsPlaying)
            call.Silent(20);
        // 150 ms × 8 samples a ms, less the zero at both ends of the fade.
        Assert.That(call.Leg.Played.FindLastIndex(sample => sample != 0), Is.InRange(1190, 1199));

        await call.SaysAsync("Hello there.");

        await call.EndsAsync("done dialplan");
    }

    [Test]
    public async Task Listen_ends_at_once_with_an_end_key()
    {
        await using var call = new CallScript().Arrives(new CallRequest.Listen(null, "#", Beep: false));
        call.Speaks(800);
        call.Presses("#");
        call.Speaks(100);

        await call.AnswerAsync(await call.AskedAsync(), "One two");
        call.Speaks(40);

        Assert.That((await call.EndsAsync("done dialplan")).Text, Is.EqualTo("One two"));
    }

    [Test]
    public async Task End_key_before_a_word_is_the_answer()
    {
        await using var call = new CallScript().Arrives(new CallRequest.Listen(null, "#", Beep: false));
        call.Silent(500);
        call.Presses("#");
        Assert.That((await call.EndsAsync("done dialplan")).Digits, Is.EqualTo("#"));
    }

    [Test]
    public async Task Listen_that_waits_for_ever_does_so()
    {
        await using var call = new CallScript().Arrives(new CallRequest.Listen(Timeout.InfiniteTimeSpan, "", Beep: false));
        call.Silent(120_000);
        await call.SaysAsync("At last.");
        Assert.That((await call.EndsAsync("done dialplan")).Text, Is.EqualTo("At last."));
    }

    [Test]
    public async Task Listen_that_hears_nothing_in_its_time_is_no_input()
    {
        await using var call = new CallScript().Arrives(new CallRequest.Listen(TimeSpan.FromSeconds(2), "", Beep: false));
        await call.SaysNothingAsync(2000);
        await call.EndsAsync("no-input silence dialplan");
    }

    [Test]
    public async Task Ask_speaks_and_hears()
    {
        await using var call = new CallScript().Arrives(new CallRequest.Ask("Your name?"));
        await call.HearsAsync("Your name?");
        await call.SaysAsync("Ann.");
        Assert.That((await call.EndsAsync("done dialplan")).Text, Is.EqualTo("Ann."));
    }

    [Test]
    public async Task Ask_may_be_talked_over()
    {
        await using var call = new CallScript().Arrives(new CallRequest.Ask("one two three four five"));
        await call.BeginsToHearAsync("one two three four five");
        call.Silent(200);
        await call.SaysAsync("Ann.");
        Assert.That((await call.SaidAsync()).Ending, Is.EqualTo("barged-in"));
        await call.EndsAsync("done dialplan");
    }

    [Test]
    public async Task Ask_takes_keys()
    {
        await using var call = new CallScript().Arrives(new CallRequest.Ask("Your number?"));
        await call.HearsAsync("Your number?");
        call.Presses("12#");
        Assert.That((await call.EndsAsync("done dialplan")).Digits, Is.EqualTo("12"));
    }

    [TestCase("Four one five two.", "done dialplan", "4152")]
    [TestCase("Four one.", "no-match not-expected dialplan", "")]
    [TestCase("I don't have one.", "no-match not-expected dialplan", "")]
    public async Task Ask_that_expects_a_number_answers_with_it_or_with_no_match(string said, string end, string answer)
    {
        await using var call = new CallScript().Arrives(new CallRequest.Ask("Your number?") { Expectation = new Expectation.Digits(4, 4) });
        await call.HearsAsync("Your number?");
        await call.SaysAsync(said);
        var outcome = await call.EndsAsync(end);
        Assert.That((outcome.Text, outcome.Slots["answer"]), Is.EqualTo((said, answer)));
    }

    [Test]
    public async Task Number_that_is_expected_may_be_typed_and_is_over_with_its_last_key()
    {
        await using var call = new CallScript().Arrives(new CallRequest.Ask("Your number?") { Expectation = new Expectation.Digits(4, 4) });
        await call.HearsAsync("Your number?");
        call.Presses("4152");
        var outcome = await call.EndsAsync("done dialplan");
        Assert.That((outcome.Digits, outcome.Slots["answer"]), Is.EqualTo(("4152", "4152")));
    }

    [Test]
    public async Task Listen_that_expects_yes_or_no_answers_with_one_of_them()
    {
        await using var call = new CallScript().Arrives(new CallRequest.Listen(null, "#", Beep: false) { Expectation = new Expectation.YesNo() });
        await call.SaysAsync("Yeah, sure.");
        Assert.That((await call.EndsAsync("done dialplan")).Slots["answer"], Is.EqualTo("yes"));
    }
}

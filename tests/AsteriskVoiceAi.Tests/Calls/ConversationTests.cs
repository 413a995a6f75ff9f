using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Routing;

namespace AsteriskVoiceAi.Tests.Calls;

internal sealed class ConversationTests
{
    [Test]
    public async Task Caller_who_says_what_they_want_is_transferred()
    {
        await using var call = new CallScript().Arrives();

        await call.HearsAsync("Hello.");
        await call.SaysAsync("I have a question about my invoice.", confidence: 0.8);
        await call.HearsAsync("Billing it is.");

        var outcome = await call.EndsAsync("done 602@billing");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.EqualTo(outcome with { CallId = "c1", Result = CallResult.Done, Intent = "billing", Text = "I have a question about my invoice.", Digits = "" }));
            Assert.That(outcome.Confidence, Is.InRange(0.6, 1));
        }
    }

    [Test]
    public async Task Caller_is_heard_in_the_language_of_the_flow()
    {
        await using var call = new CallScript(flow: Flows.Desk.Replace("flow: main", "flow: main\nlanguage: de-CH", StringComparison.Ordinal)).Arrives();

        await call.HearsAsync("Hello.");
        await call.SaysAsync("Billing.");
        await call.HearsAsync("Billing it is.");

        Assert.That(call.Ear.Asked.Select(question => question.Language), Is.EqualTo(new[] { "de-CH" }));
    }

    [Test]
    public async Task Watcher_is_told_of_each_step_in_its_order()
    {
        await using var call = new CallScript().Arrives();
        await call.HearsAsync("Hello.");
        await call.SaysAsync("Billing.", ms: 800);
        await call.HearsAsync("Billing it is.");
        await call.EndsAsync("done 602@billing");

        Assert.That(call.Events.Select(e => e.GetType().Name), Is.EqualTo(new[] { "Started", "Said", "Paused", "Heard", "Understood", "Said", "Replied", "Ended" }));
        var greeting = (CallEvent.Said)call.Events[1];
        var heard = (CallEvent.Heard)call.Events[3];
        var understood = (CallEvent.Understood)call.Events[4];
        var replied = (CallEvent.Replied)call.Events[6];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(greeting, Is.EqualTo(greeting with { Text = "Hello.", Engine = "fake-voice", Ending = "completed", Played = TimeSpan.FromMilliseconds(200) }));
            Assert.That(heard, Is.EqualTo(heard with { Text = "Billing.", Confidence = 0.9, Engine = "fake-ear" }));
            Assert.That(heard.Speech.TotalMilliseconds, Is.InRange(800 - 32, 800 + 64));
            // An open question with a final mark ends after 550 ms, seen at the next frame of 32 ms.
            Assert.That(heard.Endpoint.TotalMilliseconds, Is.InRange(534, 550 + 16 + 20));
            Assert.That(call.Events[2], Is.EqualTo(new CallEvent.Paused("c1", call.Events[2].At, heard.Speech, heard.Endpoint, TimeSpan.FromMilliseconds(550), "open", null, "ended")));
            Assert.That(understood, Is.EqualTo(understood with { Intent = "billing", Verdict = "accept" }));
            // The endpoint, and nothing more: the text was there already and no time passes for the rest.
            Assert.That(replied.SinceSpeech.TotalMilliseconds, Is.InRange(550, 700));
            Assert.That(call.Events[^1], Is.EqualTo(new CallEvent.Ended("c1", call.Events[^1].At, "done", "", "billing", "602@billing")));
            Assert.That(call.Events.Select(e => e.At), Has.All.GreaterThanOrEqualTo(TimeSpan.Zero));
        }
    }

    [Test]
    public async Task Guess_is_confirmed_by_yes()
    {
        await using var call = new CallScript().Arrives();

        await call.HearsAsync("Hello.");
        await call.SaysAsync("Billing.", confidence: 0.2);
        await call.HearsAsync("Did you want the billing department?");
        await call.SaysAsync("Yes.", ms: 400);
        await call.HearsAsync("Billing it is.");

        await call.EndsAsync("done 602@billing");
    }

    [Test]
    public async Task Yes_or_no_counts_after_400_ms_of_silence()
    {
        await using var call = new CallScript().Arrives();
        await call.HearsAsync("Hello.");
        await call.SaysAsync("Billing.", confidence: 0.2);
        await call.HearsAsync("Did you want the billing department?");

        var yes = await call.SaysAsync("Yes", ms: 400);

        Assert.That(yes.Endpoint.TotalMilliseconds, Is.InRange(384, 400 + 16 + 20));
        call.HangsUp();
        await call.EndsAsync("hangup caller-hung-up dialplan");
    }

    [Test]
    public async Task Guess_that_is_denied_is_asked_anew()
    {
        await using var call = new CallScript().Arrives();

        await call.HearsAsync("Hello.");
        await call.SaysAsync("Billing.", confidence: 0.2);
        await call.HearsAsync("Did you want the billing department?");
        await call.SaysAsync("No.", ms: 400);
        await call.HearsAsync("Pardon one.");
        await call.SaysAsync("I want to talk to a person.");
        await call.HearsAsync("Connecting you.");

        await call.EndsAsync("escalate caller-asked 600@support");
    }

    [Test]
    public async Task Silent_caller_is_asked_twice_and_then_gets_a_person()
    {
        await using var call = new CallScript().Arrives();

        await call.HearsAsync("Hello.");
        await call.SaysNothingAsync();
        await call.HearsAsync("Silence one.");
        await call.SaysNothingAsync();
        await call.HearsAsync("Silence two.");
        await call.SaysNothingAsync();
        await call.HearsAsync("Connecting you.");

        var outcome = await call.EndsAsync("no-input silence 600@support");
        Assert.That(outcome.Confidence, Is.Null);
    }

    [Test]
    public async Task Caller_who_is_not_understood_is_asked_twice_and_then_gets_a_person()
    {
        await using var call = new CallScript().Arrives();

        await call.HearsAsync("Hello.");
        await call.SaysAsync("Xyzzy.");
        await call.HearsAsync("Pardon one.");
        await call.SaysAsync("Plugh.");
        await call.HearsAsync("Pardon two.");
        await call.SaysAsync("Frobnicate.");
        await call.HearsAsync("Connecting you.");

        var outcome = await call.EndsAsync("no-match low-confidence 600@support");
        Assert.That(outcome.Text, Is.EqualTo("Frobnicate."));
    }

    [Test]
    public async Task Caller_who_asks_something_else_goes_on()
    {
        await using var call = new CallScript().Arrives();

        await call.HearsAsync("Hello.");
        await call.SaysAsync("When are you open?");
        await call.HearsAsync("Nine to five. Anything else?");
        await call.SaysAsync("Billing.");
        await call.HearsAsync("Billing it is.");

        await call.EndsAsync("done 602@billing");
    }

    [Test]
    public async Task Prompts_of_one_reply_play_in_order_without_a_gap()
    {
        await using var call = new CallScript().Arrives();
        await call.HearsAsync("Hello.");
        var before = call.Leg.Played.Count;
        await call.SaysAsync("When are you open?");

        await call.HearsAsync("Nine to five. Anything else?");

        before = call.Leg.Played.FindIndex(before, sample => sample != 0);
        // Five words of 200 ms from the first frame on, and between the sentences the 200 ms of a rest, not one sample more.
        Assert.That(call.Voice.Read(call.Leg.Played[before..]), Is.EqualTo("Nine to five. Anything else?"));
        Assert.That(call.Leg.Played[before..(before + 5 * FakeVoice.Word + FakeLeg.Rate / 5)].Count(sample => sample == 0), Is.EqualTo(FakeLeg.Rate / 5));
        call.HangsUp();
        await call.EndsAsync("hangup caller-hung-up dialplan");
    }

    [Test]
    public async Task Key_chooses_an_intent_and_stops_the_prompt()
    {
        await using var call = new CallScript().Arrives();
        await call.BeginsToHearAsync("Hello.");
        call.Silent(100);

        call.Presses("3");

        Assert.That((await call.SaidAsync()).Ending, Is.EqualTo("key"));
        await call.HearsAsync("Billing it is.");
        var outcome = await call.EndsAsync("done 602@billing");
        Assert.That(outcome, Is.EqualTo(outcome with { Intent = "billing", Confidence = 1, Digits = "3", Text = "" }));
        Assert.That(call.HeardByCaller, Is.EqualTo("Hello.… Billing it is."));
        Assert.That(call.Events.OfType<CallEvent.Pressed>().Single().Keys, Is.EqualTo("3"));
    }

    [Test]
    public async Task Keys_that_could_go_on_wait_two_seconds_for_the_next()
    {
        await using var call = new CallScript().Arrives();
        await call.HearsAsync("Hello.");

        call.Presses("4");
        call.Silent(1900);
        Assert.That(call.Events.OfType<CallEvent.Pressed>(), Is.Empty);
        call.Silent(200);

        await call.HearsAsync("Back to the menu.");
        var outcome = await call.EndsAsync("done dialplan");
        Assert.That(outcome.Digits, Is.EqualTo("4"));
    }

    [Test]
    public async Task Second_key_within_two_seconds_belongs_to_the_first()
    {
        await using var call = new CallScript().Arrives();
        await call.HearsAsync("Hello.");

        call.Presses("4");
        call.Silent(1900);
        call.Presses("1");

        await call.HearsAsync("Nine to five. Anything else?");
        call.HangsUp();
        var outcome = await call.EndsAsync("hangup caller-hung-up dialplan");
        Assert.That(outcome.Digits, Is.EqualTo("41"));
    }
}

using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Routing;

namespace AsteriskVoiceAi.Tests.Calls;

/// <summary>Callers who had not finished when the reply began.</summary>
internal sealed class WithdrawnReplyTests
{
    [Test]
    public async Task Caller_who_goes_on_as_the_reply_begins_hears_silence_and_both_parts_are_one_turn()
    {
        await using var call = new CallScript().Arrives();
        await call.HearsAsync("Hello.");
        await call.SaysAsync("Billing.", ms: 800);
        await call.BeginsToHearAsync("Billing it is.");
        call.Silent(100);
        var began = call.Leg.Played.Count;

        call.Speaks(600);
        Assert.That(call.Leg.IsPlaying, Is.False);
        // 200 ms × 8 samples a ms: a caller who goes on hears nothing more than a syllable.
        Assert.That(call.Leg.Played.FindLastIndex(sample => sample != 0) - began, Is.LessThan(200 * 8));
        await AnswerAsync(call, "I don't mean billing. When are you open?");

        Assert.That((await call.SaidAsync()).Ending, Is.EqualTo("withdrawn"));
        await call.HearsAsync("Nine to five. Anything else?");
        // 800 + 600 ms of speech, 550 ms and more of the pause between them.
        Assert.That(call.Ear.Asked[^1].Speech, Has.Length.GreaterThan((800 + 550 + 600) * 16));
        Assert.That(call.Listening.RepliesWithdrawn, Is.EqualTo(1));
        Assert.That(call.Events.OfType<CallEvent.Paused>().Select(pause => pause.Ending), Is.EqualTo(new[] { "ended", "cut-off", "ended" }));
        call.HangsUp();
        await call.EndsAsync("hangup caller-hung-up dialplan");
    }

    [Test]
    public async Task Caller_who_goes_on_before_the_reply_is_made_never_hears_it()
    {
        await using var call = new CallScript().Arrives();
        await call.HearsAsync("Hello.");
        call.Voice.Hold("Nine to five.");
        await call.SaysAsync("When are you open?");
        await call.UntilAsync("the making of the reply", () => call.Voice.Asked.Contains("Nine to five."));

        call.Speaks(600);
        await AnswerAsync(call, "When are you open? I have a question about my invoice.");
        call.Voice.LetGo("Nine to five.");

        await call.HearsAsync("Billing it is.", told: false);
        Assert.That(call.HeardByCaller, Does.Not.Contain("Nine"));
        await call.EndsAsync("done 602@billing");
    }

    [Test]
    public async Task Transfer_whose_words_were_heard_for_longer_is_not_taken_back()
    {
        await using var call = new CallScript().Arrives();
        await call.HearsAsync("Hello.");
        await call.SaysAsync("Billing.");
        await call.BeginsToHearAsync("Billing it is.");
        call.Silent(400);

        call.Speaks(200);
        while (call.Leg.IsPlaying)
            call.Silent(20);

        Assert.That((await call.SaidAsync()).Ending, Is.EqualTo("completed"));
        await call.EndsAsync("done 602@billing");
    }

    [Test]
    public async Task Answer_to_a_reply_that_was_heard_for_longer_is_a_turn_of_its_own()
    {
        await using var call = new CallScript().Arrives();
        await call.HearsAsync("Hello.");
        await call.SaysAsync("When are you open?");
        await call.BeginsToHearAsync("Nine to five. Anything else?");
        call.Silent(400);

        await call.SaysAsync("Billing.", ms: 600);

        Assert.That(call.Ear.Asked[^1].Speech, Has.Length.LessThan(1100 * 16));
        Assert.That((await call.SaidAsync()).Ending, Is.EqualTo("barged-in"));
        await call.HearsAsync("Billing it is.");
        await call.EndsAsync("done 602@billing");
    }

    [Test]
    public async Task Noise_as_the_reply_begins_makes_it_begin_again()
    {
        await using var call = new CallScript().Arrives();
        await call.HearsAsync("Hello.");
        await call.SaysAsync("Billing.");
        await call.BeginsToHearAsync("Billing it is.");

        call.Speaks(200);
        call.Silent(300);
        await call.AnswerAsync(await call.AskedAsync(), "");
        call.Silent(1000);

        Assert.That((await call.HeardAsync()).Text, Is.EqualTo("Billing."));
        Assert.That((await call.SaidAsync()).Ending, Is.EqualTo("withdrawn"));
        await call.HearsAsync("Billing it is.");
        await call.EndsAsync("done 602@billing");
    }

    [Test]
    public async Task End_without_words_waits_for_the_caller_who_goes_on()
    {
        await using var call = new CallScript(flow: Flows.Desk.Replace(", say: Billing it is.", "", StringComparison.Ordinal)).Arrives();
        await call.HearsAsync("Hello.");
        var noted = call.Leg.Noted[CallVariables.Resume];
        await call.SaysAsync("Billing.");
        // No prompt tells that the call listens again; what it notes then does.
        await call.UntilAsync("the next turn", () => call.Leg.Noted[CallVariables.Resume] != noted);
        call.Silent(100);

        call.Speaks(600);
        await AnswerAsync(call, "Billing, or no, when are you open?");

        await call.HearsAsync("Nine to five. Anything else?", told: false);
        call.HangsUp();
        await call.EndsAsync("hangup caller-hung-up dialplan");
    }

    [Test]
    public async Task Question_that_was_answered_stands_again_with_its_own_rules()
    {
        await using var call = new CallScript().Arrives();
        await call.HearsAsync("Hello.");
        await call.SaysAsync("Billing.", confidence: 0.2);
        await call.HearsAsync("Did you want the billing department?");
        await call.SaysAsync("No.", ms: 300);
        await call.BeginsToHearAsync("Pardon one.");

        call.Speaks(300);
        var question = await AnswerAsync(call, "No. I mean yes.");

        Assert.That(question.Expectation, Is.InstanceOf<AsteriskVoiceAi.Calls.Recognition.Expectation.YesNo>());
        call.HangsUp();
        await call.EndsAsync("hangup caller-hung-up dialplan");
    }

    /// <summary>The caller is silent, and what was said is understood so.</summary>
    private static async Task<FakeEar.Question> AnswerAsync(CallScript call, string text)
    {
        call.Silent(300);
        var question = await call.AskedAsync();
        await call.AnswerAsync(question, text);
        call.Silent(1600);
        Assert.That((await call.HeardAsync()).Text, Is.EqualTo(text));
        return question;
    }
}

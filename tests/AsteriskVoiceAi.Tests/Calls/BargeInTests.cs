using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Tests.Calls;

internal sealed class BargeInTests
{
    private const string LongGreeting = "one two three four five six seven eight nine ten.";
    private static readonly string Talkative = Flows.Desk.Replace("greeting: Hello.", $"greeting: {LongGreeting}", StringComparison.Ordinal);

    [Test]
    public async Task Caller_who_talks_over_a_prompt_stops_it_within_200_ms()
    {
        await using var call = new CallScript(flow: Talkative).Arrives();
        await call.BeginsToHearAsync(LongGreeting);
        call.Silent(600);
        var spoke = call.Leg.Played.Count;

        await call.SaysAsync("Billing.");

        var said = await call.SaidAsync();
        Assert.That(said.Ending, Is.EqualTo("barged-in"));
        var last = call.Leg.Played.FindLastIndex(sample => sample != 0);
        // 200 ms × 8 samples a ms.
        Assert.That(last + 1 - spoke, Is.InRange(1, 200 * 8));
        Assert.That(said.Played.TotalMilliseconds, Is.EqualTo((last + 1) / 8));
        await call.HearsAsync("Billing it is.");
        await call.EndsAsync("done 602@billing");
    }

    [Test]
    public async Task First_quiet_sounds_of_an_early_answer_are_recognised_too()
    {
        await using var call = new CallScript(flow: Talkative).Arrives();
        await call.BeginsToHearAsync(LongGreeting);
        call.Silent(600);
        call.Mumbles(100);

        await call.SaysAsync("Billing.", ms: 800);

        var speech = call.Ear.Asked.Single().Speech;
        var first = Array.FindIndex(speech, sample => Math.Abs(sample) > 0.01f);
        var loud = Array.FindIndex(speech, sample => Math.Abs(sample) > 0.1f);
        // The 100 ms before the loud part, at 16 samples a ms; 5 ms for the rise and fall of the tone.
        Assert.That(loud - first, Is.InRange(95 * 16, 105 * 16));
        call.HangsUp();
        await call.EndsAsync("hangup caller-hung-up dialplan");
    }

    [Test]
    public async Task Click_does_not_stop_a_prompt()
    {
        await using var call = new CallScript(flow: Talkative).Arrives();
        await call.BeginsToHearAsync(LongGreeting);
        call.Silent(600);

        call.Speaks(80);
        while (call.Leg.IsPlaying && !call.Ear.Asked.Any())
            call.Silent(20);
        await call.AnswerAsync(await call.AskedAsync(), "");
        while (call.Leg.IsPlaying)
            call.Silent(20);

        Assert.That((await call.SaidAsync()).Ending, Is.EqualTo("completed"));
        Assert.That(call.HeardByCaller, Is.EqualTo(LongGreeting));
        call.HangsUp();
        await call.EndsAsync("hangup caller-hung-up dialplan");
    }

    [Test]
    public async Task Voice_does_not_stop_the_prompts_of_a_flow_without_barge_in()
    {
        await using var call = new CallScript(flow: "barge-in: false\n" + Talkative).Arrives();
        await call.BeginsToHearAsync(LongGreeting);

        call.Speaks(1000);
        while (call.Leg.IsPlaying)
            call.Silent(20);

        Assert.That((await call.SaidAsync()).Ending, Is.EqualTo("completed"));
        await call.SaysNothingAsync();
        Assert.That(call.Ear.Asked, Is.Empty, "what was said over the prompt, and is partly forgotten, was taken for the answer");
        call.HangsUp();
        await call.EndsAsync("hangup caller-hung-up dialplan");
    }

    [Test]
    public async Task Second_sentence_is_not_played_when_the_first_was_talked_over()
    {
        await using var call = new CallScript(flow: Flows.Desk.Replace("greeting: Hello.", "greeting: one two three four. Never heard.", StringComparison.Ordinal)).Arrives();
        await call.BeginsToHearAsync("one two three four. Never heard.");
        call.Silent(200);

        await call.SaysAsync("Billing.");
        await call.SaidAsync();
        await call.HearsAsync("Billing it is.");

        Assert.That(call.HeardByCaller, Does.Not.Contain("Never"));
        await call.EndsAsync("done 602@billing");
    }

    [Test]
    public async Task Sound_that_is_no_words_lets_the_prompt_go_on_within_a_second()
    {
        await using var call = new CallScript(flow: Flows.Desk.Replace("greeting: Hello.", "greeting: One two. Three four five six seven. Eight nine.", StringComparison.Ordinal)).Arrives();
        await call.BeginsToHearAsync("One two. Three four five six seven. Eight nine.");
        call.Silent(1000);

        call.Speaks(300);
        Assert.That(call.Leg.IsPlaying, Is.False);
        call.Silent(260);
        await call.AnswerAsync(await call.AskedAsync(), "");
        var stopped = call.Leg.Played.Count;
        // From the sentence in which it stopped.
        call.Silent(40);
        await call.BeginsToHearAsync("Three four five six seven. Eight nine.");
        Assert.That(call.Leg.Played.Count - stopped, Is.LessThan(1000 * 8));
        while (call.Leg.IsPlaying)
            call.Silent(20);

        Assert.That((await call.SaidAsync()).Ending, Is.EqualTo("completed"));
        Assert.That(call.Listening.PromptsResumed, Is.EqualTo(1));
        await call.SaysAsync("Billing.");
        await call.HearsAsync("Billing it is.");
        await call.EndsAsync("done 602@billing");
    }

    [Test]
    public async Task Noise_that_stopped_a_prompt_twice_stops_it_no_more_but_words_do()
    {
        await using var call = new CallScript(flow: Talkative).Arrives();
        await call.BeginsToHearAsync(LongGreeting);
        for (var i = 0; i < 2; i++)
        {
            call.Speaks(300);
            call.Silent(260);
            await call.AnswerAsync(await call.AskedAsync(), "");
            call.Silent(40);
            await call.BeginsToHearAsync(LongGreeting);
        }

        call.Speaks(900);
        Assert.That(call.Leg.IsPlaying, Is.True);
        call.Silent(260);
        await call.AnswerAsync(await call.AskedAsync(), "Billing.");
        call.Silent(40);
        Assert.That(call.Leg.IsPlaying, Is.False);
        call.Silent(600);

        await call.HeardAsync();
        Assert.That((await call.SaidAsync()).Ending, Is.EqualTo("barged-in"));
        await call.HearsAsync("Billing it is.");
        await call.EndsAsync("done 602@billing");
    }

    [Test]
    public async Task Sign_of_listening_leaves_the_prompt_playing_where_the_flow_says_so()
    {
        await using var call = new CallScript(flow: "backchannels: ignore\n" + Talkative).Arrives();
        await call.BeginsToHearAsync(LongGreeting);
        call.Silent(200);

        call.Speaks(400);
        call.Silent(260);
        await call.AnswerAsync(await call.AskedAsync(), "Mm-hmm.");
        while (call.Leg.IsPlaying)
            call.Silent(20);

        Assert.That((await call.SaidAsync()).Ending, Is.EqualTo("completed"));
        Assert.That(call.HeardByCaller, Is.EqualTo(LongGreeting));
        await call.SaysNothingAsync();
        call.HangsUp();
        await call.EndsAsync("hangup caller-hung-up dialplan");
    }

    [TestCase(400, TestName = "Short_request_stops_the_prompt_once_it_is_known_to_be_one")]
    [TestCase(900, TestName = "Long_request_stops_the_prompt_before_its_words_are_known")]
    public async Task Request_is_no_sign_of_listening(int ms)
    {
        await using var call = new CallScript(flow: "backchannels: ignore\n" + Talkative).Arrives();
        await call.BeginsToHearAsync(LongGreeting);
        call.Silent(100);

        call.Speaks(ms);
        Assert.That(call.Leg.IsPlaying, Is.EqualTo(ms < 700));
        call.Silent(260);
        await call.AnswerAsync(await call.AskedAsync(), "Billing.");
        call.Silent(600);

        await call.HeardAsync();
        Assert.That((await call.SaidAsync()).Ending, Is.EqualTo("barged-in"));
        await call.HearsAsync("Billing it is.");
        await call.EndsAsync("done 602@billing");
    }

    [Test]
    public async Task Sentence_that_must_be_heard_is_not_talked_over_but_the_next_is()
    {
        var flow = Flows.Desk.Replace("{say: Nine to five.}, {ask-again: Anything else?}", "{say: {text: Nine to five., barge-in: no}}, {ask-again: Anything else for you today?}", StringComparison.Ordinal);
        await using var call = new CallScript(flow: flow).Arrives();
        await call.HearsAsync("Hello.");
        await call.SaysAsync("When are you open?");
        await call.BeginsToHearAsync("Nine to five.");
        // Beyond the moment in which the caller may go on with the question.
        call.Silent(340);
        call.Speaks(200);
        while (call.Leg.IsPlaying)
            call.Silent(20);
        await call.BeginsToHearAsync("Anything else for you today?");
        call.Silent(100);

        await call.SaysAsync("Billing.", ms: 600);

        Assert.That(call.HeardByCaller, Does.Contain("Nine to five. Anything").And.Not.Contain("today"));
        Assert.That((await call.SaidAsync()).Ending, Is.EqualTo("barged-in"));
        await call.HearsAsync("Billing it is.");
        await call.EndsAsync("done 602@billing");
    }

    [Test]
    public async Task Key_stops_a_sentence_that_must_be_heard()
    {
        var flow = Flows.Desk.Replace("{say: Nine to five.}", "{say: {text: Nine to five., barge-in: no}}", StringComparison.Ordinal);
        await using var call = new CallScript(flow: flow).Arrives();
        await call.HearsAsync("Hello.");
        await call.SaysAsync("When are you open?");
        await call.BeginsToHearAsync("Nine to five.");

        call.Presses("3");

        Assert.That((await call.SaidAsync()).Ending, Is.EqualTo("key"));
        await call.HearsAsync("Billing it is.");
        await call.EndsAsync("done 602@billing");
    }
}

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
        (await call.AskedAsync()).Answer("");
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
}

using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Routing;

namespace AsteriskVoiceAi.Tests.Calls;

internal sealed class AdmissionTests
{
    private const string Farewell = "I'm sorry, I have to pass you on now. One moment please.";

    private static readonly CallOptions OneCall = new() { MaxCalls = 1 };

    [Test]
    public async Task Call_over_the_limit_is_refused_and_the_running_one_goes_on()
    {
        await using var call = new CallScript(OneCall).Arrives();
        await call.BeginsToHearAsync("Hello.");
        var second = new FakeLeg(() => { });

        var refused = await call.Handler.HandleAsync(CallScript.Incoming() with { Id = "c2" }, second, CancellationToken.None);

        Assert.That(refused, Is.EqualTo(new CallOutcome("c2", CallResult.Refused, "over-capacity", NextStep.InDialplan) { Slots = refused.Slots }));
        Assert.That((second.Playbacks.Count, second.IsRead), Is.EqualTo((0, false)));
        Assert.That(call.Admission.Active, Is.EqualTo(1));
        call.HangsUp();
        await call.UntilAsync("the free place", () => call.Admission.Active == 0);
    }

    [Test]
    public async Task Call_is_refused_before_it_is_answered_when_there_is_no_place_and_the_place_stays_free_for_others()
    {
        await using var call = new CallScript(OneCall);
        Assert.That(call.Handler.Refusal(CallScript.Incoming(), CancellationToken.None), Is.Null);
        Assert.That(call.Handler.Refusal(CallScript.Incoming(), new CancellationToken(canceled: true)), Is.EqualTo("draining"));
        Assert.That(call.Admission.Active, Is.Zero, "to ask takes no place");

        call.Arrives();
        await call.BeginsToHearAsync("Hello.");

        Assert.That(call.Handler.Refusal(CallScript.Incoming() with { Id = "c2" }, CancellationToken.None), Is.EqualTo("over-capacity"));
        call.HangsUp();
    }

    [Test]
    public async Task Place_of_an_ended_call_is_free_again()
    {
        await using var call = new CallScript(OneCall).Arrives(new CallRequest.Say("one", "", 1));
        await call.HearsAsync("one");
        await call.EndsAsync("done dialplan");

        var again = call.Handler.HandleAsync(CallScript.Incoming(new CallRequest.RunFlow("nowhere", new Dictionary<string, string>())), new FakeLeg(() => { }), CancellationToken.None);

        Assert.That((await again).Reason, Is.EqualTo("unknown-flow"));
    }

    [Test]
    public async Task Service_that_stops_takes_no_more_calls()
    {
        await using var call = new CallScript();
        call.ServiceStops();
        call.Arrives();
        await call.EndsAsync("refused draining dialplan");
        Assert.That(call.Events, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Running_call_that_ends_within_the_drain_time_ends_as_it_would()
    {
        await using var call = new CallScript().Arrives();
        await call.HearsAsync("Hello.");
        call.ServiceStops();
        await call.SaysAsync("Billing.");
        await call.HearsAsync("Billing it is.");
        await call.EndsAsync("done 602@billing");
        // The drain time ends after the call did.
        call.Silent(30_000);
    }

    [Test]
    public async Task Listening_call_is_cut_at_the_end_of_the_drain_time()
    {
        await using var call = new CallScript(new CallOptions { DrainTimeout = TimeSpan.FromSeconds(3) }).Arrives();
        await call.HearsAsync("Hello.");
        call.ServiceStops();
        call.Silent(2900);
        Assert.That(call.Admission.Active, Is.EqualTo(1));
        call.Silent(120);
        await call.HearsAsync(Farewell);
        await call.EndsAsync("error draining dialplan");
    }

    [Test]
    public async Task Call_is_refused_while_recognition_is_too_slow_and_taken_again_when_it_is_not()
    {
        await using var call = new CallScript(new CallOptions { MaxRecognitionDelay = TimeSpan.FromSeconds(1) }).Arrives();
        await call.BeginsToHearAsync("Hello.");
        Recognized(call, 5, TimeSpan.FromSeconds(1.2));
        Assert.That(await ReasonOfAnotherAsync(call), Is.EqualTo("overloaded"));

        Recognized(call, 6, TimeSpan.FromSeconds(0.8));
        Assert.That(await ReasonOfAnotherAsync(call), Is.EqualTo("overloaded"), "not before it takes half of the limit");
        Recognized(call, 12, TimeSpan.FromSeconds(0.3));
        Assert.That(await ReasonOfAnotherAsync(call), Is.EqualTo("unknown-flow"));
        call.HangsUp();
    }

    [Test]
    public async Task Slowness_of_calls_that_are_over_refuses_nobody()
    {
        await using var call = new CallScript(new CallOptions { MaxRecognitionDelay = TimeSpan.FromSeconds(1) });
        Recognized(call, 10, TimeSpan.FromSeconds(2));
        Assert.That(await ReasonOfAnotherAsync(call), Is.EqualTo("unknown-flow"), "nobody is being served");

        call.Arrives();
        await call.BeginsToHearAsync("Hello.");
        Assert.That(await ReasonOfAnotherAsync(call), Is.EqualTo("overloaded"));
        call.Time.Advance(TimeSpan.FromSeconds(16));
        Assert.That(await ReasonOfAnotherAsync(call), Is.EqualTo("unknown-flow"), "it was long ago");
        call.HangsUp();
    }

    [Test]
    public async Task Call_is_refused_while_the_lightest_engine_works_too_long_and_taken_when_that_is_long_ago()
    {
        await using var call = new CallScript(new CallOptions { MaxRealTimeFactor = 0.5 }).Arrives();
        await call.BeginsToHearAsync("Hello.");
        Worked(call, 5, "light", 0.6);
        Assert.That(await ReasonOfAnotherAsync(call), Is.EqualTo("overloaded"));
        Worked(call, 6, "light", 0.4);
        Assert.That(await ReasonOfAnotherAsync(call), Is.EqualTo("overloaded"), "not before it is half of the limit");

        // Nobody was let in, so nothing is measured any more.
        call.Time.Advance(TimeSpan.FromSeconds(16));
        Assert.That(await ReasonOfAnotherAsync(call), Is.EqualTo("unknown-flow"));
        call.HangsUp();
    }

    [Test]
    public async Task Cold_start_a_slow_recognition_and_an_engine_with_a_lighter_one_beside_it_refuse_nobody()
    {
        await using var call = new CallScript(new CallOptions { MaxRealTimeFactor = 0.5 }).Arrives();
        await call.BeginsToHearAsync("Hello.");
        Worked(call, 4, "light", 9);
        Assert.That(await ReasonOfAnotherAsync(call), Is.EqualTo("unknown-flow"), "too few to tell");
        Worked(call, 5, "light", 0.1);
        Assert.That(await ReasonOfAnotherAsync(call), Is.EqualTo("unknown-flow"), "most are quick");
        Worked(call, 9, "heavy", 9, isLast: false);
        Assert.That(await ReasonOfAnotherAsync(call), Is.EqualTo("unknown-flow"), "another takes over");
        call.HangsUp();
    }

    [TestCaseSource(nameof(LongPrompts))]
    public async Task Long_prompt_is_cut_at_the_end_of_the_drain_time(CallRequest request)
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 50));
        await using var call = new CallScript(new CallOptions { DrainTimeout = TimeSpan.FromSeconds(3) }, Flows.Desk.Replace("Hello.", words, StringComparison.Ordinal)).Arrives(request);
        await call.BeginsToHearAsync(words);
        call.ServiceStops();
        call.Silent(3100);
        if (request is not CallRequest.Say)
            await call.HearsAsync(Farewell);
        await call.EndsAsync("error draining dialplan");
    }

    private static void Worked(CallScript call, int times, string engine, double factor, bool isLast = true)
    {
        for (var i = 0; i < times; i++)
            call.Speed.Add(engine, TimeSpan.FromSeconds(4), factor * TimeSpan.FromSeconds(4), isLast);
    }

    private static void Recognized(CallScript call, int times, TimeSpan took)
    {
        for (var i = 0; i < times; i++)
        {
            call.Listening.Started();
            call.Listening.Recognized(took);
        }
    }

    private static async Task<string> ReasonOfAnotherAsync(CallScript call) =>
        (await call.Handler.HandleAsync(CallScript.Incoming(new CallRequest.RunFlow("nowhere", new Dictionary<string, string>())) with { Id = "c2" }, new FakeLeg(() => { }), CancellationToken.None)).Reason;

    private static TestCaseData[] LongPrompts()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 50));
        return
        [
            new TestCaseData(new CallRequest.Say(words, "", 1)).SetArgDisplayNames("say"),
            new TestCaseData(new CallRequest.Ask(words)).SetArgDisplayNames("ask"),
            new TestCaseData(new CallRequest.RunFlow("main", new Dictionary<string, string>())).SetArgDisplayNames("flow"),
        ];
    }
}

using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Tests.Calls;

internal sealed class FailureTests
{
    private const string Apology = "I'm sorry, I can't hear you properly right now. One moment please.";

    [Test]
    public async Task Caller_hears_an_apology_when_nothing_can_recognise_them()
    {
        await using var call = new CallScript().Arrives();
        await call.HearsAsync("Hello.");
        call.Speaks(800);
        call.Silent(300);

        (await call.AskedAsync()).Break(new SpeechEngineException("fake-ear: no memory"));
        call.Silent(40);

        await call.HearsAsync(Apology, told: false);
        await call.EndsAsync("error recognition-failed dialplan");
    }

    [Test]
    public async Task Engine_that_breaks_in_its_own_way_is_a_failed_recognition_too()
    {
        await using var call = new CallScript().Arrives(new CallRequest.Ask("Your name?"));
        await call.HearsAsync("Your name?");
        call.Speaks(800);
        call.Silent(300);

        (await call.AskedAsync()).Break(new InvalidOperationException("a bug in the engine"));
        call.Silent(40);

        await call.HearsAsync(Apology, told: false);
        await call.EndsAsync("error recognition-failed dialplan");
    }

    [Test]
    public async Task Recogniser_that_stalls_is_given_up_after_three_seconds()
    {
        await using var call = new CallScript().Arrives();
        await call.HearsAsync("Hello.");
        call.Speaks(800);
        call.Silent(300);
        await call.AskedAsync();

        // It was asked 200 to 300 ms into the silence.
        call.Silent(2600);
        Assert.That(call.Ear.Open, Is.Not.Null);
        call.Silent(500);

        await call.HearsAsync(Apology, told: false);
        await call.EndsAsync("error recognition-failed dialplan");
    }

    [Test]
    public async Task Call_ends_even_when_the_apology_cannot_be_said()
    {
        await using var call = new CallScript().Arrives();
        await call.HearsAsync("Hello.");
        call.Voice.Breaks = _ => true;
        call.Speaks(800);
        call.Silent(300);

        (await call.AskedAsync()).Break(new SpeechEngineException("fake-ear: no memory"));
        call.Silent(40);

        await call.EndsAsync("error recognition-failed dialplan");
    }

    [Test]
    public async Task Greeting_that_cannot_be_said_gives_the_call_back()
    {
        await using var call = new CallScript();
        call.Voice.Breaks = _ => true;
        call.Arrives();
        await call.EndsAsync("error synthesis-failed dialplan");
        Assert.That(call.Events.OfType<CallEvent.Said>().Single().Ending, Is.EqualTo("failed"));
    }

    [Test]
    public async Task Caller_who_was_understood_is_transferred_even_without_a_voice()
    {
        await using var call = new CallScript().Arrives();
        await call.HearsAsync("Hello.");
        call.Voice.Breaks = _ => true;
        await call.SaysAsync("Billing.");
        Assert.That((await call.SaidAsync()).Ending, Is.EqualTo("failed"));
        // The time in which the caller may still go on.
        call.Silent(400);
        await call.EndsAsync("done 602@billing");
    }

    [TestCaseSource(nameof(Spoken))]
    public async Task Single_request_that_cannot_be_said_is_an_error(CallRequest request)
    {
        await using var call = new CallScript();
        call.Voice.Breaks = _ => true;
        call.Arrives(request);
        await call.EndsAsync("error synthesis-failed dialplan");
    }

    [Test]
    public async Task Unknown_flow_is_an_error_without_a_sound()
    {
        await using var call = new CallScript().Arrives(new CallRequest.RunFlow("nowhere", new Dictionary<string, string>()));
        await call.EndsAsync("error unknown-flow dialplan");
        Assert.That(call.Leg.Playbacks, Is.Empty);
    }

    [Test]
    public async Task Detector_that_throws_ends_the_call_with_an_error()
    {
        await using var call = new CallScript().Arrives();
        await call.HearsAsync("Hello.");
        call.Detector.Breaks = new InvalidOperationException("a bug in the detector");

        call.Speaks(100);

        await call.EndsAsync("error internal dialplan");
    }

    private static CallRequest[] Spoken() => [new CallRequest.Say("Good morning.", "", 1), new CallRequest.Ask("Your name?")];
}

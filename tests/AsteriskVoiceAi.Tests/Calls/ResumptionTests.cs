using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Resumption;
using AsteriskVoiceAi.Calls.Routing;

namespace AsteriskVoiceAi.Tests.Calls;

/// <summary>A call whose service is gone goes on in another one at its last prompt.</summary>
[TestFixture]
public sealed class ResumptionTests
{
    private const string Sorry = "I'm sorry, I lost you for a moment.";

    [Test]
    public async Task Flow_goes_on_at_its_last_prompt()
    {
        string noted;
        await using (var first = new CallScript().Arrives())
        {
            await first.HearsAsync("Hello.");
            await first.SaysAsync("Xyzzy.");
            await first.HearsAsync("Pardon one.");
            noted = first.Leg.Noted[CallVariables.Resume];
            first.HangsUp();
            await first.EndsAsync("hangup caller-hung-up dialplan");
        }
        await using var second = new CallScript().IsTakenUpAgain(noted);

        await second.HearsAsync($"{Sorry} Pardon one.");
        await second.SaysAsync("Plugh.");
        await second.HearsAsync("Pardon two.");
        await second.SaysAsync("Billing.");
        await second.HearsAsync("Billing it is.");

        await second.EndsAsync("done 602@billing");
        Assert.That(second.Events[0], Is.InstanceOf<CallEvent.Resumed>());
    }

    [Test]
    public async Task Open_question_is_asked_again_and_answered()
    {
        string noted;
        await using (var first = new CallScript().Arrives())
        {
            await first.HearsAsync("Hello.");
            await first.SaysAsync("Billing.", confidence: 0.2);
            await first.HearsAsync("Did you want the billing department?");
            noted = first.Leg.Noted[CallVariables.Resume];
            first.HangsUp();
            await first.EndsAsync("hangup caller-hung-up dialplan");
        }
        await using var second = new CallScript().IsTakenUpAgain(noted);

        await second.HearsAsync($"{Sorry} Did you want the billing department?");
        await second.SaysAsync("Yes.", ms: 400);
        await second.HearsAsync("Billing it is.");

        await second.EndsAsync("done 602@billing");
    }

    [Test]
    public async Task Caller_whose_way_was_decided_is_not_asked_again()
    {
        string noted;
        await using (var first = new CallScript().Arrives())
        {
            await first.HearsAsync("Hello.");
            await first.SaysAsync("Billing.");
            await first.BeginsToHearAsync("Billing it is.");
            noted = first.Leg.Noted[CallVariables.Resume];
            first.HangsUp();
            await first.EndsAsync("hangup caller-hung-up dialplan");
        }
        await using var second = new CallScript().IsTakenUpAgain(noted);

        await second.HearsAsync("Billing it is.");

        var outcome = await second.EndsAsync("done 602@billing");
        Assert.That((outcome.Intent, outcome.Text), Is.EqualTo(("billing", "Billing.")));
    }

    [TestCase("", TestName = "Nothing_noted_begins_anew")]
    [TestCase("1.", TestName = "Empty_note_begins_anew")]
    [TestCase("2.e30", TestName = "Note_of_another_version_begins_anew")]
    [TestCase("1.bm90IGpzb24", TestName = "Note_that_is_no_json_begins_anew")]
    [TestCase("1.%%%", TestName = "Note_that_is_no_base64_begins_anew")]
    public async Task Begins_anew(string checkpoint)
    {
        await using var call = new CallScript().IsTakenUpAgain(checkpoint);

        await call.HearsAsync($"{Sorry} Hello.");
        await call.SaysAsync("Billing.");
        await call.HearsAsync("Billing it is.");

        await call.EndsAsync("done 602@billing");
    }

    [Test]
    public async Task Note_that_the_flow_no_longer_fits_begins_anew()
    {
        var checkpoint = new CallCheckpoint { CallId = "c1", Began = 0, Flow = "main", Asked = "gone", Last = ["Did you want what is gone?"] };
        await using var call = new CallScript();
        call.IsTakenUpAgain(CheckpointText.Write(checkpoint with { Began = call.Time.GetUtcNow().ToUnixTimeMilliseconds() }));

        await call.HearsAsync($"{Sorry} Hello.");
        call.HangsUp();
        await call.EndsAsync("hangup caller-hung-up dialplan");
    }

    [Test]
    public async Task Call_of_a_flow_that_is_gone_goes_on_in_the_dialplan()
    {
        await using var call = new CallScript().IsTakenUpAgain("", new CallRequest.RunFlow("gone", new Dictionary<string, string>()));

        await call.EndsAsync("error service-restarted dialplan");
    }

    [Test]
    public async Task Time_of_the_call_goes_on()
    {
        await using var call = new CallScript();
        var began = call.Time.GetUtcNow() - TimeSpan.FromMinutes(3);
        call.IsTakenUpAgain(CheckpointText.Write(new CallCheckpoint { CallId = "c1", Began = began.ToUnixTimeMilliseconds(), Flow = "main", Last = ["Hello."] }));

        await call.BeginsToHearAsync($"{Sorry} Hello.");
        Assert.That(call.Events[0].At, Is.EqualTo(TimeSpan.FromMinutes(3)));
        call.HangsUp();
        await call.EndsAsync("hangup caller-hung-up dialplan");
    }
}

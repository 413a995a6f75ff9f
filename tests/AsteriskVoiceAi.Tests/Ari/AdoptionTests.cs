using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Routing;

namespace AsteriskVoiceAi.Tests.Ari;

/// <summary>Callers whom nobody serves any more are taken up again, and what was made for them is swept.</summary>
[TestFixture]
public sealed class AdoptionTests
{
    private const string CallId = "0198ab0000007000800000000000cafe";

    [Test]
    public async Task Caller_of_an_earlier_run_is_taken_up_again_with_all_that_was_noted()
    {
        await using var asterisk = await FakeAri.StartAsync();
        Orphan(asterisk, "orphan", "voiceai,sales,\"customer=a, b\",tier=gold").Set(CallVariables.Resume, "1.noted");
        IncomingCall? taken = null;
        await using var rig = await AriRig.ConnectAsync(asterisk, (call, _, _) =>
        {
            taken = call;
            return Task.FromResult(AriRig.Done(call));
        });
        await asterisk.UntilAsync(() => asterisk.Left.ContainsKey("orphan"), "the end of the call");

        var flow = (CallRequest.RunFlow)taken!.Request;
        Assert.Multiple(() =>
        {
            Assert.That((taken.Id, taken.IsAdopted, taken.Checkpoint, taken.CallerNumber), Is.EqualTo((CallId, true, "1.noted", "5551234")));
            Assert.That(flow.Name, Is.EqualTo("sales"));
            Assert.That(flow.Variables, Is.EqualTo(new Dictionary<string, string> { ["customer"] = "a, b", ["tier"] = "gold" }));
            Assert.That(asterisk.Left["orphan"].Variable("VOICEAI_RESULT"), Is.EqualTo("done"));
        });
        await rig.UntilNothingIsLeftAsync(asterisk);
    }

    [Test]
    public async Task Media_and_bridge_of_an_earlier_run_make_room_for_new_ones()
    {
        await using var asterisk = await FakeAri.StartAsync();
        Orphan(asterisk, "orphan");
        asterisk.Channels["voiceai.media." + CallId] = new FakeChannel("voiceai.media." + CallId) { InApp = true };
        asterisk.Bridges["voiceai.bridge." + CallId] = ["orphan"];
        asterisk.Bridges["other.bridge.1"] = [];
        await using var rig = await AriRig.ConnectAsync(asterisk, AriRig.WaitForHangUp);

        await asterisk.UntilAsync(() => asterisk.Bridges.Values.Any(channels => channels.Contains("orphan") && channels.Length == 2), "the caller with media");
        await asterisk.UntilAsync(() => asterisk.Bridges.Count == 2 && asterisk.Channels.Count == 2, "the sweep");

        Assert.That(asterisk.Bridges.Keys, Does.Contain("other.bridge.1").And.Not.Contains("voiceai.bridge." + CallId));
        Assert.That(asterisk.Channels.Keys, Does.Not.Contain("voiceai.media." + CallId));
        await asterisk.HangUpAsync("orphan");
    }

    [Test]
    public async Task Media_channels_that_never_got_into_the_app_are_swept_and_those_of_others_are_not()
    {
        await using var asterisk = await FakeAri.StartAsync();
        foreach (var id in new[] { "voiceai.media.1", "voiceai-test.media.1", "UnicastRTP-1" })
            asterisk.Channels[id] = new FakeChannel(id);

        await using var rig = await AriRig.ConnectAsync(asterisk, AriRig.WaitForHangUp);
        await asterisk.UntilAsync(() => asterisk.Left.ContainsKey("voiceai.media.1"), "the sweep");

        Assert.That(asterisk.Channels.Keys, Is.EquivalentTo(new[] { "voiceai-test.media.1", "UnicastRTP-1" }));
    }

    [Test]
    public async Task Channel_that_Asterisk_only_tells_us_of_is_left_alone()
    {
        await using var asterisk = await FakeAri.StartAsync();
        asterisk.Channels["half"] = new FakeChannel("half") { InApp = true, Runs = ("Wait", "60") };

        await using var rig = await AriRig.ConnectAsync(asterisk, AriRig.WaitForHangUp);
        await asterisk.UntilRequestAsync("GET channels");

        Assert.That(asterisk.Requests, Has.None.StartsWith("POST channels/half"));
        Assert.That(rig.Status.ActiveCalls, Is.Zero);
    }

    [Test]
    public async Task Caller_whom_Asterisk_does_not_describe_goes_on_in_the_dialplan()
    {
        await using var asterisk = await FakeAri.StartAsync();
        Orphan(asterisk, "orphan");
        asterisk.Before = request => Task.FromResult<int?>(request == "GET channels/orphan" ? 400 : null);

        await using var rig = await AriRig.ConnectAsync(asterisk, AriRig.WaitForHangUp);
        await asterisk.UntilAsync(() => asterisk.Left.ContainsKey("orphan"), "continue");

        Assert.That(asterisk.Left["orphan"].Variable("VOICEAI_RESULT"), Is.EqualTo("error"));
        Assert.That(asterisk.Left["orphan"].Variable("VOICEAI_REASON"), Is.EqualTo("service-restarted"));
    }

    [Test]
    public async Task Of_notes_that_wait_only_the_last_is_set()
    {
        await using var asterisk = await FakeAri.StartAsync();
        var hold = new TaskCompletionSource();
        var noted = new TaskCompletionSource();
        await using var rig = await AriRig.ConnectAsync(asterisk, async (call, leg, _) =>
        {
            asterisk.Before = async request =>
            {
                if (request == "POST channels/caller/variable")
                    await hold.Task;
                return null;
            };
            leg.Note(CallVariables.Resume, "1");
            await asterisk.UntilAsync(() => asterisk.Requests.Count(request => request == "POST channels/caller/variable") == 4, "the first note");
            leg.Note(CallVariables.Resume, "2");
            leg.Note(CallVariables.Resume, "3");
            hold.SetResult();
            await asterisk.UntilAsync(() => asterisk.Channels["caller"].Variable(CallVariables.Resume) == "3", "the last note");
            noted.SetResult();
            return AriRig.Done(call);
        });

        await asterisk.CallAsync("caller", "main");
        await noted.Task;
        await asterisk.UntilAsync(() => asterisk.Left.ContainsKey("caller"), "continue");

        Assert.That(asterisk.Left["caller"].Variables.Where(v => v.Key == CallVariables.Resume).Select(v => v.Value), Is.EqualTo(new[] { "1", "3" }));
    }

    private static FakeChannel Orphan(FakeAri asterisk, string id, string runs = "voiceai,main")
    {
        var channel = new FakeChannel(id) { InApp = true, Runs = ("Stasis", runs) };
        channel.Set(CallVariables.Call, CallId);
        asterisk.Channels[id] = channel;
        return channel;
    }
}

using System.Net;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Routing;

namespace AsteriskVoiceAi.Tests.Ari;

[TestFixture]
public sealed class AriCallTests
{
    [Test]
    public async Task Call_is_answered_served_and_given_back_with_its_outcome()
    {
        await using var asterisk = await FakeAri.StartAsync();
        asterisk.NativeFormat = "(alaw)";
        asterisk.LinkedId = "1795340802.7";
        IncomingCall? seen = null;
        var heard = new short[160];
        await using var rig = await AriRig.ConnectAsync(asterisk, async (call, leg, _) =>
        {
            seen = call;
            var tone = Enumerable.Repeat((short)1000, 800).ToArray();
            Assert.That(await leg.Audio.PlayAsync(tone, default), Is.EqualTo(800));
            await asterisk.OnlyMedia.SpeakAsync(Enumerable.Repeat((byte)0x2A, 160).ToArray());
            do
                await leg.Audio.ReceiveAsync(heard, default);
            while (heard[0] == 0);
            return AriRig.Done(call) with { Intent = "track", Confidence = 0.914, Text = "where is it", Slots = new Dictionary<string, string> { ["number"] = "12" } };
        });

        await asterisk.CallAsync("caller", "main");
        await rig.UntilAsync(() => rig.Status.ActiveCalls == 1, "the call");
        await rig.UntilNothingIsLeftAsync(asterisk);

        var left = asterisk.Left["caller"];
        var decoded = new short[1];
        G711.DecodeALaw([0x2A], decoded);
        Assert.Multiple(() =>
        {
            Assert.That(seen, Is.EqualTo(new IncomingCall(seen!.Id, "stasis:main", "PJSIP/caller-00000001", "5551234", "105", "en", seen.Request) { LinkedId = "1795340802.7" }));
            Assert.That(left.Answered);
            Assert.That(left.Place, Is.Empty);
            Assert.That(asterisk.OnlyMedia.Heard, Has.Length.EqualTo(800));
            Assert.That(heard[0], Is.EqualTo(decoded[0]));
            Assert.That(left.Variables[^1], Is.EqualTo(KeyValuePair.Create("VOICEAI_RESULT", "done")));
            Assert.That(left.Variable("VOICEAI_CALL"), Is.EqualTo(seen.Id));
            Assert.That(left.Variable("VOICEAI_REASON"), Is.Empty);
            Assert.That(left.Variable("VOICEAI_INTENT"), Is.EqualTo("track"));
            Assert.That(left.Variable("VOICEAI_CONFIDENCE"), Is.EqualTo("0.91"));
            Assert.That(left.Variable("VOICEAI_SLOT_NUMBER"), Is.EqualTo("12"));
        });
    }

    [Test]
    public async Task Hangup_is_the_result_until_there_is_another()
    {
        await using var asterisk = await FakeAri.StartAsync();
        await using var rig = await AriRig.ConnectAsync(asterisk, AriRig.WaitForHangUp);

        await asterisk.CallAsync("caller", "main");
        await asterisk.UntilAsync(() => !asterisk.Media.IsEmpty, "media");
        var channel = asterisk.Channels["caller"];
        await asterisk.UntilAsync(() => channel.Variable("VOICEAI_RESULT") is not null, "early variables");
        await asterisk.HangUpAsync("caller");
        await rig.UntilNothingIsLeftAsync(asterisk);

        Assert.Multiple(() =>
        {
            Assert.That(channel.Variable("VOICEAI_RESULT"), Is.EqualTo("hangup"));
            Assert.That(channel.Variable("VOICEAI_REASON"), Is.EqualTo("caller-hung-up"));
            Assert.That(asterisk.Requests, Has.None.EqualTo("POST channels/caller/continue"));
        });
    }

    [TestCase("POST channels/caller/answer")]
    [TestCase("POST channels/caller/variable")]
    [TestCase("GET channels/caller/variable")]
    [TestCase("POST bridges")]
    [TestCase("POST channels/externalMedia")]
    [TestCase("GET media")]
    [TestCase("addChannel")]
    [TestCase("media StasisStart")]
    [TestCase("POST channels/caller/continue")]
    public async Task Caller_who_hangs_up_at_any_step_leaves_nothing(string step)
    {
        await using var asterisk = await FakeAri.StartAsync();
        await using var rig = await AriRig.ConnectAsync(asterisk, (call, _, _) => Task.FromResult(AriRig.Done(call)));
        asterisk.Before = async request =>
        {
            if (request.EndsWith(step, StringComparison.Ordinal))
                await asterisk.HangUpAsync("caller");
            return null;
        };
        if (step == "media StasisStart")
        {
            asterisk.BeforeMediaStart = async () =>
            {
                await asterisk.HangUpAsync("caller");
                await asterisk.UntilAsync(() => asterisk.Requests.Any(r => r.StartsWith("DELETE bridges/", StringComparison.Ordinal)), "the clean-up");
            };
        }

        await asterisk.CallAsync("caller", "main");
        await rig.UntilAsync(() => rig.Log.Count(8114) == 1 && rig.Status.ActiveCalls == 0, "the end of the call");
        await rig.UntilNothingIsLeftAsync(asterisk);

        Assert.That(rig.Log.Lines.Select(line => line.Id.Id), Has.None.EqualTo(8112).And.None.EqualTo(8113), rig.Log.ToString());
    }

    [Test]
    public async Task Media_channel_enters_the_bridge_only_after_its_own_StasisStart()
    {
        await using var asterisk = await FakeAri.StartAsync();
        var mayStart = new TaskCompletionSource();
        asterisk.BeforeMediaStart = () => mayStart.Task;
        await using var rig = await AriRig.ConnectAsync(asterisk, (call, _, _) => Task.FromResult(AriRig.Done(call)));

        await asterisk.CallAsync("caller", "main");
        await rig.UntilAsync(() => rig.Status.MediaSockets == 1, "the media socket");
        Assert.That(asterisk.Requests, Has.None.EndsWith("addChannel"));
        mayStart.SetResult();
        await rig.UntilAsync(() => rig.Log.Count(8114) == 1, "the end of the call");
        await rig.UntilNothingIsLeftAsync(asterisk);

        Assert.That(asterisk.Left["caller"].Variable("VOICEAI_RESULT"), Is.EqualTo("done"));
    }

    [Test]
    public async Task Transfer_goes_on_at_the_flows_destination()
    {
        await using var asterisk = await FakeAri.StartAsync();
        await using var rig = await AriRig.ConnectAsync(asterisk, (call, _, _) => Task.FromResult(AriRig.Done(call, new NextStep.Transfer(new Destination("support", "600")))));

        await asterisk.CallAsync("caller", "main");
        await asterisk.UntilAsync(() => asterisk.Left.ContainsKey("caller"), "the transfer");

        Assert.That(asterisk.Left["caller"].Place, Is.EqualTo("?context=support&extension=600&priority=1"));
    }

    [Test]
    public async Task Keys_come_once_and_in_order()
    {
        await using var asterisk = await FakeAri.StartAsync();
        var keys = new TaskCompletionSource<string>();
        await using var rig = await AriRig.ConnectAsync(asterisk, async (call, leg, stopping) =>
        {
            await asterisk.PressAsync("caller", '4');
            await asterisk.OnlyMedia.TellAsync(new() { ["event"] = "DTMF_END", ["digit"] = "4" });
            await asterisk.PressAsync("caller", '#');
            var read = "";
            while (!read.EndsWith('#'))
                read += await leg.Keys.ReadAsync(stopping);
            keys.SetResult(read);
            return AriRig.Done(call);
        });

        await asterisk.CallAsync("caller", "main");

        Assert.That(await keys.Task, Is.EqualTo("4#"));
    }

    [Test]
    public async Task Audio_that_is_lost_and_cannot_be_had_again_ends_and_the_caller_goes_on()
    {
        await using var asterisk = await FakeAri.StartAsync();
        await using var rig = await AriRig.ConnectAsync(asterisk, async (call, leg, _) =>
        {
            asterisk.Before = request => Task.FromResult<int?>(request == "POST channels/externalMedia" ? 500 : null);
            await asterisk.OnlyMedia.CloseAsync();
            var frame = new short[160];
            while (await leg.Audio.ReceiveAsync(frame, default) > 0)
            {
            }
            Assert.That(await leg.Audio.PlayAsync(frame, default), Is.Zero);
            return new CallOutcome(call.Id, CallResult.Error, "audio-lost", NextStep.InDialplan);
        });

        await asterisk.CallAsync("caller", "main");
        await asterisk.UntilAsync(() => asterisk.Left.ContainsKey("caller"), "continue");
        await rig.UntilNothingIsLeftAsync(asterisk);

        Assert.That(asterisk.Left["caller"].Variable("VOICEAI_REASON"), Is.EqualTo("audio-lost"));
    }

    [TestCase("POST channels/externalMedia", 500)]
    [TestCase("GET media", 404)]
    [TestCase("POST bridges", 500)]
    public async Task Caller_without_audio_goes_on_in_the_dialplan(string step, int status)
    {
        await using var asterisk = await FakeAri.StartAsync();
        asterisk.Before = request => Task.FromResult<int?>(request == step ? status : null);
        await using var rig = await AriRig.ConnectAsync(asterisk, (call, _, _) => Task.FromResult(AriRig.Done(call)));

        await asterisk.CallAsync("caller", "main");
        await asterisk.UntilAsync(() => asterisk.Left.ContainsKey("caller"), "continue");
        await rig.UntilNothingIsLeftAsync(asterisk);

        Assert.Multiple(() =>
        {
            Assert.That(asterisk.Left["caller"].Variable("VOICEAI_RESULT"), Is.EqualTo("error"));
            Assert.That(asterisk.Left["caller"].Variable("VOICEAI_REASON"), Is.EqualTo("no-media"));
            Assert.That(rig.Log.Lines.Single(line => line.Id.Id == 8112).Text, Does.Contain("chan_websocket"));
        });
    }

    [Test]
    public async Task Handler_that_throws_gives_the_call_back_as_internal_error()
    {
        await using var asterisk = await FakeAri.StartAsync();
        await using var rig = await AriRig.ConnectAsync(asterisk, (_, _, _) => throw new InvalidOperationException("a bug"));

        await asterisk.CallAsync("caller", "main");
        await asterisk.UntilAsync(() => asterisk.Left.ContainsKey("caller"), "continue");

        Assert.That(asterisk.Left["caller"].Variable("VOICEAI_REASON"), Is.EqualTo("internal"));
    }

    [TestCase("POST channels/caller/variable", int.MaxValue)]
    [TestCase("POST channels/caller/continue", 1)]
    public async Task Caller_goes_on_although_Asterisk_refuses_once(string request, int times)
    {
        await using var asterisk = await FakeAri.StartAsync();
        await using var rig = await AriRig.ConnectAsync(asterisk, (call, _, _) =>
        {
            asterisk.Before = asked => Task.FromResult<int?>(asked == request && Interlocked.Decrement(ref times) >= 0 ? 500 : null);
            return Task.FromResult(AriRig.Done(call));
        });

        await asterisk.CallAsync("caller", "main");

        await asterisk.UntilAsync(() => asterisk.Left.ContainsKey("caller"), "continue");
        await rig.UntilNothingIsLeftAsync(asterisk);
    }

    [Test]
    public async Task Arguments_of_Stasis_become_flow_and_variables()
    {
        await using var asterisk = await FakeAri.StartAsync();
        var seen = new TaskCompletionSource<CallRequest>();
        await using var rig = await AriRig.ConnectAsync(asterisk, (call, _, _) =>
        {
            seen.SetResult(call.Request);
            return Task.FromResult(AriRig.Done(call));
        });

        await asterisk.CallAsync("caller", "pizza%20place", "size=a%2Cb", "odd", "off=100%", "empty=", "=x");

        var flow = (CallRequest.RunFlow)await seen.Task;
        Assert.That(flow.Name, Is.EqualTo("pizza place"));
        Assert.That(flow.Variables, Is.EquivalentTo(new Dictionary<string, string> { ["size"] = "a,b", ["off"] = "100%", ["empty"] = "" }));
    }
}

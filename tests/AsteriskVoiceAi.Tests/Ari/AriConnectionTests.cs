using System.Net;
using System.Net.WebSockets;
using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Calls.Routing;

namespace AsteriskVoiceAi.Tests.Ari;

[TestFixture]
public sealed class AriConnectionTests
{
    [Test]
    public async Task Connection_comes_back_after_Asterisk_restarts()
    {
        var asterisk = await FakeAri.StartAsync();
        var url = asterisk.Url;
        await using var rig = await AriRig.ConnectAsync(asterisk, (call, _, _) => Task.FromResult(AriRig.Done(call)));
        await asterisk.DisposeAsync();
        await rig.UntilAsync(() => !rig.Status.Connected, "the loss");

        await using var again = await FakeAri.StartAsync(url.Port);
        await rig.UntilAsync(() => rig.Status.Connected, "the connection");
        await again.UntilAsync(() => again.EventSockets == 1, "the event socket");
        await again.CallAsync("caller", "main");
        await again.UntilAsync(() => again.Left.ContainsKey("caller"), "a served call");

        Assert.That(again.Left["caller"].Variable("VOICEAI_RESULT"), Is.EqualTo("done"));
        Assert.That(rig.Log.Count(8100), Is.EqualTo(2));
        Assert.That(rig.Log.Count(8101), Is.EqualTo(1), "one Warning for one loss");
    }

    [TestCase(0, false, 0.25)]
    [TestCase(3, false, 2)]
    [TestCase(1000, false, 10)]
    [TestCase(1, true, 0.5)]
    [TestCase(1000, true, 1)]
    public void Wait_doubles_up_to_a_limit(int attempt, bool starting, double seconds) =>
        Assert.That(AriConnection.LongestWait(new AriOptions(), attempt, starting), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [TestCase(HttpStatusCode.NotFound, true)]
    [TestCase(HttpStatusCode.ServiceUnavailable, true)]
    [TestCase(HttpStatusCode.Unauthorized, false)]
    public void Asterisk_whose_web_server_is_up_before_its_interface_is_starting(HttpStatusCode status, bool starting) =>
        Assert.That(new AriException("", status).IsStarting, Is.EqualTo(starting));

    [Test]
    public void Cause_of_a_loss_is_told_without_what_it_is_wrapped_in()
    {
        const string NoPong = "The WebSocket didn't receive a Pong frame in response to a Ping frame within the configured KeepAliveTimeout.";
        var aborted = new WebSocketException("The remote party closed the WebSocket connection.", new AggregateException(new WebSocketException(NoPong)));

        Assert.That(AriFailure.Cause(aborted), Is.EqualTo(NoPong));
        Assert.That(AriFailure.Cause(new OperationCanceledException("Aborted", aborted.InnerException)), Is.EqualTo(NoPong));
        Assert.That(AriFailure.Cause(new IOException("reset")), Is.EqualTo("reset"));
    }

    [TestCase(401, "password")]
    [TestCase(403, "read_only")]
    public async Task Refused_login_says_what_to_check(int status, string word)
    {
        await using var asterisk = await FakeAri.StartAsync();
        asterisk.Before = _ => Task.FromResult<int?>(status);
        await using var rig = await AriRig.StartAsync(asterisk.Url, AriRig.WaitForHangUp);

        await rig.UntilAsync(() => rig.Status.LastError is not null, "the refusal");
        await asterisk.UntilAsync(() => asterisk.Requests.Count > 3, "further attempts");

        Assert.Multiple(() =>
        {
            Assert.That(rig.Status.LastError, Does.Contain($"{status}").And.Contains(word).And.Not.Contains(FakeAri.Password));
            Assert.That(rig.Log.Count(8101), Is.EqualTo(1), "one Warning, however many attempts");
        });
    }

    [Test]
    public async Task Call_goes_on_when_only_the_event_connection_drops()
    {
        await using var asterisk = await FakeAri.StartAsync();
        var finish = new TaskCompletionSource();
        await using var rig = await AriRig.ConnectAsync(asterisk, async (call, leg, _) =>
        {
            await finish.Task;
            Assert.That(leg.HungUp.IsCancellationRequested, Is.False);
            return AriRig.Done(call);
        });
        await asterisk.CallAsync("caller", "main");
        await rig.UntilAsync(() => rig.Log.Count(8111) == 1, "media");

        asterisk.DropEvents();
        await rig.UntilAsync(() => rig.Log.Count(8100) == 2, "the second connection");
        await asterisk.UntilAsync(() => asterisk.Requests.Count(r => r == "GET bridges") == 2, "the comparison");
        finish.SetResult();
        await asterisk.UntilAsync(() => asterisk.Left.ContainsKey("caller"), "continue");
        await rig.UntilNothingIsLeftAsync(asterisk);

        Assert.That(asterisk.Left["caller"].Variable("VOICEAI_RESULT"), Is.EqualTo("done"));
    }

    [Test]
    public async Task Caller_who_hung_up_while_events_were_lost_is_noticed()
    {
        await using var asterisk = await FakeAri.StartAsync();
        await using var rig = await AriRig.ConnectAsync(asterisk, AriRig.WaitForHangUp);
        await asterisk.CallAsync("caller", "main");
        await rig.UntilAsync(() => rig.Log.Count(8111) == 1, "media");

        asterisk.Before = async request =>
        {
            if (request == "GET events")
                await asterisk.HangUpAsync("caller");
            return null;
        };
        asterisk.DropEvents();

        await rig.UntilNothingIsLeftAsync(asterisk);
    }

    [Test]
    public async Task Killed_Asterisk_ends_its_calls()
    {
        var asterisk = await FakeAri.StartAsync();
        await using var rig = await AriRig.ConnectAsync(asterisk, AriRig.WaitForHangUp);
        await asterisk.CallAsync("caller", "main");
        await rig.UntilAsync(() => rig.Log.Count(8111) == 1, "media");

        await asterisk.DisposeAsync();

        await rig.UntilAsync(() => rig.Status is { ActiveCalls: 0, MediaSockets: 0, Bridges: 0, MediaChannels: 0 }, "the end of the call");
    }

    [Test]
    public async Task Stopping_asks_calls_to_end_and_refuses_new_ones()
    {
        await using var asterisk = await FakeAri.StartAsync();
        var asked = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using var rig = await AriRig.ConnectAsync(asterisk, async (call, _, stopping) =>
        {
            await using (stopping.Register(asked.SetResult))
                await finish.Task;
            return new CallOutcome(call.Id, CallResult.Escalate, "service-stopping", NextStep.InDialplan);
        });
        await asterisk.CallAsync("first", "main");
        await rig.UntilAsync(() => rig.Log.Count(8111) == 1, "media");

        var stopping = rig.StopAsync();
        await asked.Task;
        await asterisk.CallAsync("second", "main");
        await asterisk.UntilAsync(() => asterisk.Left.ContainsKey("second"), "the refusal");
        finish.SetResult();
        await stopping;

        Assert.Multiple(() =>
        {
            Assert.That(asterisk.Left["second"].Variable("VOICEAI_RESULT"), Is.EqualTo("refused"));
            Assert.That(asterisk.Left["second"].Variable("VOICEAI_REASON"), Is.EqualTo("draining"));
            Assert.That(asterisk.Left["second"].Answered, Is.False);
            Assert.That(rig.NotServed.Select(outcome => (outcome.CallId, outcome.Reason)), Is.EqualTo(new[] { (asterisk.Left["second"].Variable("VOICEAI_CALL"), "draining") }));
            Assert.That(asterisk.Left["first"].Variable("VOICEAI_RESULT"), Is.EqualTo("escalate"));
        });
        await rig.UntilNothingIsLeftAsync(asterisk);
    }

    [Test]
    public async Task Call_that_nobody_can_take_goes_back_unanswered_and_is_told_of()
    {
        await using var asterisk = await FakeAri.StartAsync();
        await using var rig = await AriRig.ConnectAsync(asterisk, (call, _, _) => Task.FromResult(AriRig.Done(call)));
        rig.Refuses = "too-many-open-files";

        await asterisk.CallAsync("caller", "main");
        await asterisk.UntilAsync(() => asterisk.Left.ContainsKey("caller"), "continue");

        Assert.Multiple(() =>
        {
            Assert.That(asterisk.Left["caller"].Variable("VOICEAI_RESULT"), Is.EqualTo("refused"));
            Assert.That(asterisk.Left["caller"].Variable("VOICEAI_REASON"), Is.EqualTo("too-many-open-files"));
            Assert.That(asterisk.Left["caller"].Answered, Is.False);
            Assert.That(rig.NotServed.Select(outcome => outcome.Reason), Is.EqualTo(new[] { "too-many-open-files" }));
            Assert.That(asterisk.Media, Is.Empty, "nothing was opened for it");
        });
        await rig.UntilNothingIsLeftAsync(asterisk);
    }

    [Test]
    public async Task Handler_that_does_not_stop_loses_its_call_to_the_dialplan()
    {
        await using var asterisk = await FakeAri.StartAsync();
        await using var rig = await AriRig.ConnectAsync(asterisk, AriRig.WaitForHangUp);
        await asterisk.CallAsync("caller", "main");
        await rig.UntilAsync(() => rig.Log.Count(8111) == 1, "media");

        await rig.StopAsync(new CancellationToken(canceled: true));

        Assert.That(asterisk.Left["caller"].Variable("VOICEAI_REASON"), Is.EqualTo("service-stopping"));
        await rig.UntilNothingIsLeftAsync(asterisk);
    }
}

using AsteriskVoiceAi.Asterisk.FastAgi;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Routing;

namespace AsteriskVoiceAi.Tests.FastAgi;

public class FastAgiServerTests
{
    [Test]
    public async Task Unknown_path_fails_deliberately_and_is_told_with_the_channel_and_the_known_paths()
    {
        await using var server = await StartAsync();
        using var asterisk = await FakeAsteriskAgi.CallAsync(server.AgiPort, "sing?song=x", "la");
        Assert.That(await asterisk.RunAsync(), Is.EqualTo("FAILURE"));
        Assert.That(asterisk.Variables, Is.Empty);
        Assert.That(server.Logs.ForOperator, Has.Length.EqualTo(1).And.One.Contains("PJSIP/caller-00000001").And.One.Contains("sing").And.One.Contains(AgiEntry.KnownPaths));
    }

    [Test]
    public async Task Probe_that_connects_and_leaves_is_not_told()
    {
        await using var server = await StartAsync();
        FakeAsteriskAgi.Connect(server.AgiPort).Dispose();
        using var second = await FakeAsteriskAgi.CallAsync(server.AgiPort, "say", "hello");
        await second.RunAsync();
        await server.BecomesEmptyAsync();
        Assert.That(server.Logs.ForOperator, Is.Empty);
        Assert.That(server.Agi.Broken, Is.Zero);
    }

    [Test]
    public async Task Garbage_ends_the_connection_with_one_line()
    {
        await using var server = await StartAsync();
        using var browser = FakeAsteriskAgi.Connect(server.AgiPort);
        await browser.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.That(await browser.ReadLineAsync(), Is.Null);
        await server.BecomesEmptyAsync();
        Assert.That(server.Logs.ForOperator, Has.Length.EqualTo(1).And.One.Contains("127.0.0.1").And.One.Contains("does not speak FastAGI"));
        Assert.That(server.Agi.Broken, Is.EqualTo(1));
    }

    [Test]
    public async Task Half_an_opening_block_is_waited_for_until_the_deadline()
    {
        await using var server = await StartAsync();
        using var asterisk = FakeAsteriskAgi.Connect(server.AgiPort);
        await asterisk.SendAsync("agi_network: yes\nagi_net");
        await server.ConnectionsAsync(1);
        server.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.That(server.Agi.ConnectionsOpen, Is.EqualTo(1));
        server.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(await asterisk.ReadLineAsync(), Is.Null);
        await server.BecomesEmptyAsync();
        Assert.That(server.Logs.ForOperator, Has.One.Contains("opening block was not whole after 5 s"));
    }

    [Test]
    public async Task Asterisk_that_does_not_reply_is_given_up_after_the_idle_deadline()
    {
        await using var server = await StartAsync();
        using var asterisk = await FakeAsteriskAgi.CallAsync(server.AgiPort, "say", "hello");
        Assert.That(await asterisk.ReadLineAsync(), Does.StartWith("SET VARIABLE VOICEAI_RESULT"));
        server.Time.Advance(TimeSpan.FromSeconds(31));
        await server.BecomesEmptyAsync();
        Assert.That(server.Logs.ForOperator, Has.Length.EqualTo(1).And.One.Contains("no reply came within 30 s"));
    }

    [Test]
    public async Task Running_call_outlives_the_idle_deadline()
    {
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var server = await VoiceServer.StartAsync(async (call, leg, _) =>
        {
            started.SetResult();
            await release.Task;
            return Done(call) with { Reason = leg.HungUp.IsCancellationRequested ? "gone" : "" };
        });
        using var asterisk = await FakeAsteriskAgi.CallAsync(server.AgiPort, "say", "hello");
        var running = asterisk.RunAsync();
        await started.Task.Soon("the call");
        for (var i = 0; i < 40; i++)
            server.Time.Advance(TimeSpan.FromSeconds(1));
        release.SetResult();
        Assert.That(await running, Is.EqualTo("SUCCESS"));
        Assert.That(asterisk.Variables["VOICEAI_RESULT"] + asterisk.Variables["VOICEAI_REASON"], Is.EqualTo("done"));
    }

    [Test]
    public async Task Stopping_service_gives_new_calls_back_and_tells_running_ones()
    {
        var started = new TaskCompletionSource();
        await using var server = await VoiceServer.StartAsync(async (call, _, stopping) =>
        {
            started.SetResult();
            var stopped = new TaskCompletionSource();
            await using var registration = stopping.Register(stopped.SetResult);
            await stopped.Task;
            return Done(call) with { Reason = "told" };
        });
        using var running = await FakeAsteriskAgi.CallAsync(server.AgiPort, "say", "hello");
        using var late = FakeAsteriskAgi.Connect(server.AgiPort);
        var first = running.RunAsync();
        await started.Task.Soon("the first call");
        server.BeginStopping();
        await late.SendAsync(FakeAsteriskAgi.Opening("say", "hello"));
        await late.RunAsync();
        await first;
        Assert.That(late.Variables["VOICEAI_RESULT"] + " " + late.Variables["VOICEAI_REASON"], Is.EqualTo("refused draining"));
        Assert.That(running.Variables["VOICEAI_REASON"], Is.EqualTo("told"));
        Assert.That(server.NotServed.Select(outcome => outcome.Reason), Is.EqualTo(new[] { "draining" }));
    }

    [Test]
    public async Task Call_that_nobody_can_take_goes_back_unanswered_and_is_told_of()
    {
        await using var server = await StartAsync();
        server.Refuses = "overloaded";
        using var call = await FakeAsteriskAgi.CallAsync(server.AgiPort, "say", "hello");
        await call.RunAsync();
        Assert.That(call.Variables["VOICEAI_RESULT"] + " " + call.Variables["VOICEAI_REASON"], Is.EqualTo("refused overloaded"));
        Assert.That(call.Commands, Has.None.EqualTo("ANSWER"));
        Assert.That(server.NotServed.Select(outcome => (outcome.CallId, outcome.Reason)), Is.EqualTo(new[] { (call.Variables["VOICEAI_CALL"], "overloaded") }));
        Assert.That(server.Agi.Refused, Is.EqualTo(1));
    }

    [Test]
    public async Task Call_over_capacity_goes_on_in_the_dialplan()
    {
        await using var server = await StartAsync(static o => o.MaxConnections = 1);
        using var idle = FakeAsteriskAgi.Connect(server.AgiPort);
        await server.ConnectionsAsync(1);
        using var second = await FakeAsteriskAgi.CallAsync(server.AgiPort, "say", "hello");
        Assert.That(await second.RunAsync(), Is.EqualTo("SUCCESS"));
        Assert.That(second.Variables["VOICEAI_RESULT"] + " " + second.Variables["VOICEAI_REASON"], Is.EqualTo("refused over-capacity"));
        Assert.That(server.Agi.Refused, Is.EqualTo(1));
        Assert.That(server.NotServed.Select(outcome => outcome.Reason), Is.EqualTo(new[] { "over-capacity" }));
        idle.Dispose();
    }

    [Test]
    public async Task Peer_that_is_not_allowed_is_refused()
    {
        await using var server = await StartAsync(static o => o.AllowedPeers = ["10.0.0.0/8"]);
        // Says nothing: words that the server does not read would turn its goodbye into a reset.
        using var asterisk = FakeAsteriskAgi.Connect(server.AgiPort);
        Assert.That(await asterisk.ReadLineAsync(), Is.Null);
        Assert.That(server.Logs.ForOperator, Has.One.Contains("AllowedPeers"));
    }

    [Test]
    public async Task Peer_that_is_allowed_is_served()
    {
        await using var server = await StartAsync(static o => o.AllowedPeers = ["127.0.0.1"]);
        using var asterisk = await FakeAsteriskAgi.CallAsync(server.AgiPort, "say", "hello");
        await asterisk.RunAsync();
        Assert.That(asterisk.Variables["VOICEAI_RESULT"], Is.EqualTo("done"));
    }

    private static Task<VoiceServer> StartAsync(Action<FastAgiOptions>? options = null) =>
        VoiceServer.StartAsync(static (call, _, _) => Task.FromResult(Done(call)), options);

    private static CallOutcome Done(IncomingCall call) => new(call.Id, CallResult.Done, "", NextStep.InDialplan);
}

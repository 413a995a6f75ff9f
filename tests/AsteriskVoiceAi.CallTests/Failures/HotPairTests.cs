using AsteriskVoiceAi.CallTests.Support;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.CallTests.Failures;

/// <summary>Two services on one Asterisk: a caller in the middle of a conversation stays served whatever happens to one of them.</summary>
[NonParallelizable]
public sealed class HotPairTests
{
    private CallLab _lab = null!;
    private ServiceProcess _other = null!;

    [OneTimeSetUp]
    public async Task StartLab()
    {
        _lab = await CallLab.StartAsync();
        _other = await _lab.StartAnotherServiceAsync(new Dictionary<string, string> { ["ARI__STANDBY"] = "true" });
    }

    [OneTimeTearDown]
    public async Task StopLab()
    {
        if (_other is not null)
            await _other.DisposeAsync();
        await _lab.DisposeAsync();
    }

    [Test]
    public async Task Caller_stays_served_when_either_is_killed_taken_over_or_stopped()
    {
        Assert.That(await _other.GetAsync("health/ready"), Does.Contain("\"standby\""));
        await using var call = await _lab.CallAsync("805");
        Said.Contains(await call.HearAsync(), "how can I help");
        Assert.That(await ActiveAsync(), Is.EqualTo((1, 0)));

        // Killed: the one that stands by sees it and takes the call up.
        await _lab.Service.KillAsync();
        var heard = await call.HearAsync();
        Said.Contains(heard, "lost you");
        Said.Contains(heard, "how can I help");

        // Back again, it takes over at once, since its settings do not make it a standby; the other lets go.
        await _lab.RestartServiceAsync();
        Said.Contains(await call.HearAsync(), "lost you");
        await _other.WaitForLineAsync("took over app", TimeSpan.FromSeconds(5));
        Assert.That(await ActiveAsync(), Is.EqualTo((1, 0)), "served once");

        // Told to stop, it hands the call over and has nothing to wait for.
        Assert.That(await _lab.Service.StopAsync(), Is.Zero);
        Said.Contains(await call.HearAsync(), "lost you");
        await call.SayAsync("I want to pay my bill.");
        Said.Contains(await call.HearAsync(), "billing");
        await call.Caller.HangUpAsync();

        await _lab.RestartServiceAsync();
        await _lab.WaitForNothingLeftAsync();
        Assert.That(await ActiveAsync(), Is.EqualTo((0, 0)));
    }

    private async Task<(int First, int Other)> ActiveAsync() => (await ActiveAsync(_lab.Service), await ActiveAsync(_other));

    private static async Task<int> ActiveAsync(ServiceProcess service) => (await service.StatusAsync()).GetProperty("ari").GetProperty("activeCalls").GetInt32();
}

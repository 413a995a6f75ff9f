using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Tests.Ari;

/// <summary>Two services with the same app name on one Asterisk.</summary>
[TestFixture]
public sealed class HotPairTests
{
    [Test]
    public async Task Second_service_takes_the_calls_over_and_the_first_touches_nothing()
    {
        await using var asterisk = await FakeAri.StartAsync();
        var handedOver = new TaskCompletionSource<bool>();
        await using var first = await AriRig.ConnectAsync(asterisk, async (call, leg, stopping) =>
        {
            var outcome = await AriRig.WaitForHangUp(call, leg, stopping);
            handedOver.SetResult(leg.HandedOver);
            return outcome;
        });
        await asterisk.CallAsync("caller", "main");
        await first.UntilAsync(() => first.Log.Count(8111) == 1, "media");

        var taken = new TaskCompletionSource<IncomingCall>();
        await using var second = await AriRig.StartAsync(asterisk.Url, (call, leg, stopping) =>
        {
            taken.SetResult(call);
            return AriRig.WaitForHangUp(call, leg, stopping);
        });
        var call = await taken.Task;
        var toldSo = await handedOver.Task;
        await first.UntilAsync(() => first.Status is { Standby: true, ActiveCalls: 0, MediaSockets: 0, Bridges: 0 }, "standby");

        Assert.Multiple(() =>
        {
            Assert.That(toldSo, Is.True);
            Assert.That(call.IsAdopted, Is.True);
            Assert.That(first.Log.Count(8103), Is.EqualTo(1), "one line");
            Assert.That(first.Log.Count(8114), Is.Zero, "no outcome");
            Assert.That(asterisk.Requests, Has.None.EqualTo("POST channels/caller/continue").And.None.EqualTo("DELETE channels/caller"));
        });
        await asterisk.HangUpAsync("caller");
        await second.UntilNothingIsLeftAsync(asterisk);
    }

    [Test]
    public async Task Replaced_service_waits_until_the_other_is_gone()
    {
        await using var asterisk = await FakeAri.StartAsync();
        await using var first = await AriRig.ConnectAsync(asterisk, AriRig.WaitForHangUp);
        var second = await AriRig.StartAsync(asterisk.Url, AriRig.WaitForHangUp);
        await using (second)
        {
            await second.UntilAsync(() => second.Status.Connected, "the takeover");
            await first.UntilAsync(() => first.Log.Count(8103) == 1, "the notice");
            await asterisk.UntilAsync(() => asterisk.Requests.Count(request => request == "GET applications/voiceai.serving") >= 2, "two looks");
            Assert.That((first.Status.Connected, second.Status.Connected), Is.EqualTo((false, true)), "no fight over the app");
        }

        await first.UntilAsync(() => first.Status.Connected, "the app");
    }

    [Test]
    public async Task Standby_service_connects_only_when_nobody_serves()
    {
        await using var asterisk = await FakeAri.StartAsync();
        var first = await AriRig.ConnectAsync(asterisk, AriRig.WaitForHangUp, options => options.Standby = true);
        await using var second = await AriRig.StartAsync(asterisk.Url, AriRig.WaitForHangUp, options => options.Standby = true);
        await second.UntilAsync(() => second.Status.Standby, "standby");
        Assert.That(first.Status.Connected, Is.True);

        await first.DisposeAsync();

        await second.UntilAsync(() => second.Status.Connected, "the app");
        Assert.That(second.Log.Count(8107), Is.EqualTo(1), "one line");
    }

    [Test]
    public async Task Of_two_that_wait_one_takes_over()
    {
        await using var asterisk = await FakeAri.StartAsync();
        var first = await AriRig.ConnectAsync(asterisk, AriRig.WaitForHangUp, options => options.Standby = true);
        await using var second = await AriRig.StartAsync(asterisk.Url, AriRig.WaitForHangUp, options => options.Standby = true);
        await asterisk.UntilAsync(() => asterisk.IsHeld("voiceai.standby"), "the second to wait");
        await using var third = await AriRig.StartAsync(asterisk.Url, AriRig.WaitForHangUp, options => options.Standby = true);
        await third.UntilAsync(() => third.Status.Standby, "the third to wait");

        await first.DisposeAsync();

        await Task.WhenAny(second.UntilAsync(() => second.Status.Connected, "the app"), third.UntilAsync(() => third.Status.Connected, "the app"));
        var other = second.Status.Connected ? third : second;
        Assert.That(other.Status is { Connected: false, Standby: true }, "goes on waiting");
        Assert.That(second.Log.Count(8103) + third.Log.Count(8103), Is.Zero, "neither took the app from the other");
    }

    [Test]
    public async Task Stopping_service_hands_its_calls_to_the_one_that_stands_by()
    {
        await using var asterisk = await FakeAri.StartAsync();
        var first = await AriRig.ConnectAsync(asterisk, AriRig.WaitForHangUp);
        await asterisk.CallAsync("caller", "main");
        await first.UntilAsync(() => first.Log.Count(8111) == 1, "media");
        var taken = new TaskCompletionSource<IncomingCall>();
        await using var second = await AriRig.StartAsync(asterisk.Url, (call, leg, stopping) =>
        {
            taken.SetResult(call);
            return AriRig.WaitForHangUp(call, leg, stopping);
        }, options => options.Standby = true);
        await asterisk.UntilAsync(() => asterisk.IsHeld("voiceai.standby"), "standby");

        await first.DisposeAsync();

        Assert.That((await taken.Task).IsAdopted, Is.True);
        Assert.That(asterisk.Requests, Has.None.EqualTo("POST channels/caller/continue"));
        Assert.That(first.Log.Count(8122), Is.Zero, "nothing was left to drain");
        await asterisk.HangUpAsync("caller");
        await second.UntilNothingIsLeftAsync(asterisk);
    }
}

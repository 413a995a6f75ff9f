using AsteriskVoiceAi.CallTests.Support;

namespace AsteriskVoiceAi.CallTests.Failures;

/// <summary>The service goes away, before a call and during one: callers end up at the operator all the same. A lab of its own.</summary>
[NonParallelizable]
public sealed class ServiceLossTests
{
    /// <summary>What asterisk-config/extensions.conf plays where calls end that the service did not finish.</summary>
    private const string Operator = "next available representative";

    private CallLab _lab = null!;

    [OneTimeSetUp]
    public async Task StartLab() => _lab = await CallLab.StartAsync();

    [OneTimeTearDown]
    public async Task StopLab() => await _lab.DisposeAsync();

    [Test]
    public async Task Without_the_service_every_way_in_leads_to_the_operator()
    {
        await _lab.Service.KillAsync();
        try
        {
            await WaysIn.EachAsync(["100", "101", "102", "103", "104", "105", "106"], async extension =>
            {
                await using var call = await _lab.CallAsync(extension);

                // Some begin with a beep before they find out.
                var heard = await call.HearAsync();
                if (!heard.Contains("representative", StringComparison.OrdinalIgnoreCase))
                    heard = await call.HearAsync();

                Said.Contains(heard, Operator);
            });
        }
        finally
        {
            await _lab.RestartServiceAsync();
        }
        await _lab.WaitForNothingLeftAsync();
    }

    [Test]
    public async Task Service_killed_during_an_agi_call_lets_the_dialplan_go_on_to_the_operator()
    {
        await using var call = await _lab.CallAsync("104");
        await call.WaitForSoundAsync();

        await _lab.Service.KillAsync();

        await call.WaitForQuietAsync(TimeSpan.FromMilliseconds(100));
        Said.Contains(await call.HearAsync(), "representative");
        await _lab.RestartServiceAsync();
        await _lab.WaitForNothingLeftAsync();
    }

    [Test]
    public async Task Service_killed_during_a_stasis_call_goes_on_at_its_last_prompt_when_it_is_back()
    {
        await using var call = await _lab.CallAsync("105");
        Said.Contains(await call.HearAsync(), "how can I help");
        await call.SayAsync("The moon is made of green cheese.");
        await call.WaitForSoundAsync();

        await _lab.Service.KillAsync();
        await call.WaitForQuietAsync(TimeSpan.FromMilliseconds(500));
        await _lab.RestartServiceAsync();

        var heard = await call.HearAsync();
        Said.Contains(heard, "lost you");
        // A recogniser's slip may have sounded like an intent that needs confirming.
        Assert.That(heard, Does.Match("(?i)few words|did you want"), "the question that was open, not the greeting");
        await call.SayAsync("I want to pay my bill.");
        Said.Contains(await call.HearAsync(), "billing");
        await call.Caller.HangUpAsync();
        await _lab.WaitForNothingLeftAsync();
    }

    [TestCase("804")]
    [TestCase("805")]
    public async Task Service_that_is_told_to_stop_refuses_new_calls_and_says_a_word_to_those_that_run_too_long(string extension)
    {
        var before = _lab.Asterisk.Log().Count;
        await using var call = await _lab.CallAsync(extension);
        Said.Contains(await call.HearAsync(), "how can I help");

        var stopping = _lab.Service.StopAsync();
        // Over ARI an instance that stands by would be asked to take the calls first.
        await _lab.Service.WaitForLineAsync(extension == "804" ? "Told to stop" : "calls get until calls.drain-timeout", TimeSpan.FromSeconds(10));
        // Nothing was answered: this dialplan hangs up on whoever is refused.
        Assert.That(() => _lab.CallAsync(extension), Throws.InvalidOperationException.With.Message.Contains("603 Decline"));

        await _lab.WaitForDialplanAsync("dialplan RESULT=refused REASON=draining", before);
        Said.Contains(await call.HearAsync(), "pass you on");
        await _lab.WaitForDialplanAsync("dialplan RESULT=error REASON=draining", before);
        Assert.That(await stopping, Is.Zero);
        await _lab.RestartServiceAsync();
        await _lab.WaitForNothingLeftAsync();
    }

    [Test]
    public async Task Service_reconnects_to_an_asterisk_that_was_restarted_and_takes_calls()
    {
        await using (var cut = await _lab.CallAsync("105"))
        {
            await cut.WaitForSoundAsync();
            await _lab.Asterisk.RestartAsync();
        }
        await _lab.Service.WaitForReadyAsync(TimeSpan.FromSeconds(20));

        await using var call = await _lab.CallAsync("105");

        Said.Contains(await call.HearAsync(), "how can I help");
        await call.Caller.HangUpAsync();
        await _lab.WaitForNothingLeftAsync();
    }
}

using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.CallTests.Support;
using AsteriskVoiceAi.TestSupport.Sip;

namespace AsteriskVoiceAi.CallTests.Conversations;

/// <summary>Callers of whom nothing is heard, all at once beside other tests: each takes half a minute of silence.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class SilentCallerTests
{
    private CallLab _lab = null!;

    [OneTimeSetUp]
    public async Task StartLab() => _lab = await CallLab.StartAsync();

    [OneTimeTearDown]
    public async Task StopLab()
    {
        if (_lab is not null)
            await _lab.DisposeAsync();
    }

    [Test]
    public async Task Caller_who_says_nothing_is_asked_again_and_sent_to_the_operator_and_so_is_a_phone_that_sends_nothing()
    {
        List<(string Who, PhoneCall Call, string Id)> callers = [];
        try
        {
            foreach (var extension in new[] { "104", "105" })
            {
                foreach (var sends in new[] { true, false })
                    callers.Add(await CallAsync(extension, sends));
            }
            await Task.WhenAll(callers.Select(async caller =>
            {
                Said.Contains(await caller.Call.HearAsync(), "how can I help");
                Said.Contains(await caller.Call.HearAsync(), "hear anything");
            }));
            foreach (var (who, _, id) in callers)
            {
                var ended = await _lab.Live.WaitForAsync<CallEvent.Ended>(e => e.CallId == id, TimeSpan.FromSeconds(60));
                Assert.That((ended.Result, ended.Next), Is.EqualTo(("no-input", "600@support")), who);
            }
        }
        finally
        {
            foreach (var (_, call, _) in callers)
                await call.DisposeAsync();
        }
        await _lab.WaitForNothingLeftAsync();
    }

    private async Task<(string Who, PhoneCall Call, string Id)> CallAsync(string extension, bool sends)
    {
        var earlier = _lab.Live.Seen.Select(e => e.CallId).ToHashSet();
        var call = await _lab.CallAsync(extension, new SipCallerOptions { SendsAudio = sends });
        return ($"{extension}{(sends ? "" : ", muted phone")}", call, (await _lab.Live.WaitForAsync<CallEvent.Started>(e => !earlier.Contains(e.CallId))).CallId);
    }
}

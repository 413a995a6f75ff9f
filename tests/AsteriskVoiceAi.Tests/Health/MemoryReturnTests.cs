using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Service.Health;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.Health;

internal sealed class MemoryReturnTests
{
    private static readonly TimeSpan Step = MemoryReturn.Settled;

    [Test]
    [CancelAfter(10_000)]
    public async Task What_only_the_start_needed_is_given_back_once_no_call_runs(CancellationToken cancellationToken)
    {
        var time = new WatchedTime();
        var engines = new EngineReadiness();
        var calls = new CallAdmission(Options.Create(new CallOptions()), new ListeningStatus());
        using var memory = new MemoryReturn(engines, calls, time, NullLogger<MemoryReturn>.Instance);
        await memory.StartAsync(cancellationToken);
        calls.TryEnter(CancellationToken.None);
        engines.SetReady(new SpeechEnginesReport([]));

        await time.SomebodyWaitsAsync(cancellationToken);
        time.Advance(Step);
        await time.SomebodyWaitsAsync(cancellationToken);
        Assert.That(memory.Done.IsCompleted, Is.False, "a call runs, and collecting would stop it");

        calls.Leave();
        time.Advance(Step);
        await memory.Done.WaitAsync(cancellationToken);
        await memory.StopAsync(cancellationToken);
    }

    /// <summary>Tells when somebody has begun to wait.</summary>
    private sealed class WatchedTime : FakeTimeProvider
    {
        private readonly SemaphoreSlim _timers = new(0);

        public Task SomebodyWaitsAsync(CancellationToken cancellationToken) => _timers.WaitAsync(cancellationToken);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _timers.Release();
            return timer;
        }
    }
}

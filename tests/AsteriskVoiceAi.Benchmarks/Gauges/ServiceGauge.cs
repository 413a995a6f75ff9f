using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace AsteriskVoiceAi.Benchmarks.Gauges;

/// <summary>What a running service takes of the machine.</summary>
/// <param name="Private">Bytes of memory that nobody else uses: its own, and what only it has read of files.</param>
/// <param name="Heap">Bytes that are alive on the managed heap.</param>
internal sealed record ServiceReading(long Private, long Heap, int Threads);

/// <summary>Looks at the service process from outside.</summary>
/// <param name="program">Another than this build's.</param>
internal sealed class ServiceGauge(string? program = null)
{
    // https://learn.microsoft.com/dotnet/framework/performance/garbage-collection-etw-events: GC events, and "collect when this is switched on".
    private const long GcEvents = 0x1;
    private const long CollectNow = 0x800000;

    private readonly ProcessGauge _process = ProcessGauge.OfService(program);

    /// <summary>What the kernel tells of it.</summary>
    public ProcessGauge Process => _process;

    /// <summary>Time on all cores.</summary>
    public TimeSpan ProcessorTime => _process.ProcessorTime;

    /// <summary>Reads after two full collections: the first may leave work for finalizers.</summary>
    public async Task<ServiceReading> ReadAsync()
    {
        var threads = _process.Threads;
        await CollectAsync();
        var heap = await CollectAsync();
        return new(_process.Private, heap, threads);
    }

    /// <summary>What is allocated in a stretch of time, to the 100 kB that the runtime reports in.</summary>
    /// <returns>Bytes in all, and by type, most first.</returns>
    public async Task<(long Bytes, IReadOnlyList<(string Type, long Bytes)> ByType)> AllocatedAsync(TimeSpan duration)
    {
        var provider = new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Verbose, GcEvents);
        using var session = new DiagnosticsClient(_process.Id).StartEventPipeSession([provider], requestRundown: false, circularBufferMB: 8);
        var bytes = new Dictionary<string, long>();
        var reading = Task.Run(() =>
        {
            using var source = new EventPipeEventSource(session.EventStream);
            source.Clr.GCAllocationTick += tick => bytes[tick.TypeName] = bytes.GetValueOrDefault(tick.TypeName) + tick.AllocationAmount64;
            source.Process();
        });
        await Task.Delay(duration, TimeProvider.System);
        session.Stop();
        await reading;
        return (bytes.Values.Sum(), [.. bytes.OrderByDescending(entry => entry.Value).Select(entry => (entry.Key, entry.Value))]);
    }

    /// <summary>The runtime's own counters once a second has passed, such as <c>active-timer-count</c> and <c>threadpool-queue-length</c>.</summary>
    public async Task<IReadOnlyDictionary<string, double>> CountersAsync()
    {
        var provider = new EventPipeProvider("System.Runtime", EventLevel.Informational, -1, new Dictionary<string, string> { ["EventCounterIntervalSec"] = "1" });
        using var session = new DiagnosticsClient(_process.Id).StartEventPipeSession([provider], requestRundown: false, circularBufferMB: 1);
        var counters = new Dictionary<string, double>();
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Task.Run(() =>
        {
            using var source = new EventPipeEventSource(session.EventStream);
            source.Dynamic.All += happened => TakeCounter(happened, counters, seen);
            source.Process();
        });
        await Task.WhenAny(seen.Task, Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System));
        session.Stop();
        await reading;
        return counters;
    }

    /// <summary>A counter's event holds one value: {"Payload": {"Name": …, "Mean" or "Increment": …}}.</summary>
    private static void TakeCounter(TraceEvent happened, Dictionary<string, double> counters, TaskCompletionSource seen)
    {
        if (happened.EventName != "EventCounters" || happened.PayloadValue(0) is not IDictionary<string, object> { } outer || outer["Payload"] is not IDictionary<string, object> values)
            return;
        var value = values.TryGetValue("Mean", out var mean) ? mean : values["Increment"];
        counters[(string)values["Name"]] = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        if (counters.ContainsKey("active-timer-count") && counters.ContainsKey("threadpool-queue-length"))
            seen.TrySetResult();
    }

    /// <returns>Bytes that survived: the heap's size would count the gaps between large arrays too, which stay.</returns>
    private async Task<long> CollectAsync()
    {
        var provider = new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, GcEvents | CollectNow);
        using var session = new DiagnosticsClient(_process.Id).StartEventPipeSession([provider], requestRundown: false, circularBufferMB: 1);
        var collected = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Task.Run(() => Follow(session, collected));
        try
        {
            return await collected.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        }
        finally
        {
            session.Stop();
            await reading;
        }
    }

    private static void Follow(EventPipeSession session, TaskCompletionSource<long> collected)
    {
        using var source = new EventPipeEventSource(session.EventStream);
        var induced = false;
        source.Clr.GCStart += started => induced = started is { Depth: 2, Reason: GCReason.Induced or GCReason.InducedNotForced };
        source.Clr.GCHeapStats += stats =>
        {
            if (induced)
                collected.TrySetResult(stats.TotalPromoted);
        };
        source.Process();
    }
}

using System.Diagnostics.Tracing;
using System.Globalization;
using AsteriskVoiceAi.TestSupport.Processes;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace AsteriskVoiceAi.Benchmarks.FastAgi;

/// <summary>What a running service takes of the machine.</summary>
/// <param name="Private">Bytes of memory that are its own: neither files nor shared.</param>
/// <param name="Heap">Bytes that are alive on the managed heap, with their gaps.</param>
internal sealed record ServiceReading(long Private, long Heap, int Threads);

/// <summary>Looks at the service process from outside.</summary>
internal sealed class ServiceGauge
{
    // https://learn.microsoft.com/dotnet/framework/performance/garbage-collection-etw-events: GC events, and "collect when this is switched on".
    private const long GcEvents = 0x1;
    private const long CollectNow = 0x800000;

    private readonly int _id = FindService();

    /// <summary>Time on all cores.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            // After the name in parentheses: state is field 3, user and system time are fields 14 and 15, in 1/100 s.
            var fields = File.ReadAllText($"/proc/{_id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return TimeSpan.FromMilliseconds(10 * (Number(fields[11]) + Number(fields[12])));
        }
    }

    /// <summary>Reads after two full collections: the first may leave work for finalizers.</summary>
    public async Task<ServiceReading> ReadAsync()
    {
        var threads = (int)Number(Field("status", "Threads:"));
        await CollectAsync();
        var heap = await CollectAsync();
        return new(1024 * (Number(Field("smaps_rollup", "Private_Dirty:")) + Number(Field("smaps_rollup", "Private_Clean:"))), heap, threads);
    }

    /// <summary>What is allocated in a stretch of time, to the 100 kB that the runtime reports in.</summary>
    /// <returns>Bytes in all, and by type, most first.</returns>
    public async Task<(long Bytes, IReadOnlyList<(string Type, long Bytes)> ByType)> AllocatedAsync(TimeSpan duration)
    {
        var provider = new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Verbose, GcEvents);
        using var session = new DiagnosticsClient(_id).StartEventPipeSession([provider], requestRundown: false, circularBufferMB: 8);
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

    /// <returns>Bytes on the heap afterwards.</returns>
    private async Task<long> CollectAsync()
    {
        var provider = new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, GcEvents | CollectNow);
        using var session = new DiagnosticsClient(_id).StartEventPipeSession([provider], requestRundown: false, circularBufferMB: 1);
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
                collected.TrySetResult(stats.GenerationSize0 + stats.GenerationSize1 + stats.GenerationSize2 + stats.GenerationSize3 + stats.GenerationSize4);
        };
        source.Process();
    }

    private string Field(string file, string name) =>
        File.ReadLines($"/proc/{_id}/{file}").First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Split(' ', '\t').First(word => word.Length > 0);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The child of ours that runs the service's program.</summary>
    private static int FindService()
    {
        var ours = $"PPid:\t{Environment.ProcessId}";
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                continue;
            try
            {
                if (File.ReadLines($"{folder}/status").Contains(ours) && File.ReadAllText($"{folder}/cmdline").Contains(ServiceProcess.Program, StringComparison.Ordinal))
                    return id;
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // Ended while we looked, or somebody else's.
            }
        }
        throw new InvalidOperationException("The service's process was not found.");
    }
}

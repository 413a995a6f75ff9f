using System.Runtime.InteropServices;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Engines;

namespace AsteriskVoiceAi.Service.Health;

/// <summary>
/// Gives the system back, once, what only the start needed: copies of models that were read, rewritten and freed, and what flows learned from. The C library
/// and the collector would keep it for later; a service that waits for calls has no later like its start.
/// </summary>
/// <remarks>Waits for a moment without calls: collecting stops every thread for some hundredths of a second.</remarks>
internal sealed partial class MemoryReturn(EngineReadiness engines, CallAdmission calls, TimeProvider time, ILogger<MemoryReturn> log) : BackgroundService
{
    /// <summary>By then flows have learned and the records are open, which begin when the engines are ready.</summary>
    internal static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when it has been given back.</summary>
    public Task Done => _done.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await engines.Ready.WaitAsync(stoppingToken);
        do
            await Task.Delay(Settled, time, stoppingToken);
        while (calls.Active > 0);
        var before = Environment.WorkingSet;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Trim();
        Returned(log, Math.Max(0, before - Environment.WorkingSet) / (1024 * 1024));
        _done.SetResult();
    }

    private static void Trim()
    {
        try
        {
            _ = malloc_trim(0);
        }
        catch (TypeLoadException)
        {
            // Another C library than GNU's has no such function, and keeps less.
        }
    }

    [LoggerMessage(9006, LogLevel.Debug, "{Megabytes} MB that only the start needed were given back")]
    private static partial void Returned(ILogger log, long megabytes);

#pragma warning disable IDE1006, SYSLIB1054 // The C library's own name. All arguments are blittable, so generated marshalling, which needs unsafe code, would add nothing.
    [DllImport("libc")]
    private static extern int malloc_trim(nuint keep);
#pragma warning restore IDE1006, SYSLIB1054
}

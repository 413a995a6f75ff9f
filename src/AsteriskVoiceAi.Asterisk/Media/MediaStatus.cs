using System.Collections.Concurrent;

namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>How the audio of calls does, for status pages and metrics. Thread-safe.</summary>
public sealed class MediaStatus
{
    private readonly ConcurrentDictionary<string, long> _faults = new();
    private long _rebuilt;
    private long _refused;

    /// <summary>Transports in the order in which a call tries them; empty before the first connection to Asterisk, or when none can serve.</summary>
    public IReadOnlyList<string> Transports { get; private set; } = [];

    /// <summary>Why these, in an operator's words.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>How often each cause of bad audio was found.</summary>
    public IReadOnlyDictionary<string, long> Faults => _faults;

    /// <summary>Calls whose audio was made anew while they went on.</summary>
    public long Rebuilt => Volatile.Read(ref _rebuilt);

    /// <summary>Connections to the media port that were sent away.</summary>
    public long Refused => Volatile.Read(ref _refused);

    internal void SetPlan(MediaPlan plan) => (Transports, Reason) = ([.. plan.Transports.Select(t => t.Kind.ToString().ToLowerInvariant())], plan.Reason);

    internal void CountFault(string cause) => _faults.AddOrUpdate(cause, 1, static (_, count) => count + 1);

    internal void CountRebuilt() => Interlocked.Increment(ref _rebuilt);

    internal void CountRefused() => Interlocked.Increment(ref _refused);
}

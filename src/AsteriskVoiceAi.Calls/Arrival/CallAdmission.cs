using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Calls.Arrival;

/// <summary>Says yes or no to a call, and counts the calls that run.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class CallAdmission(IOptions<CallOptions> options)
{
    private int _active;

    /// <summary>Calls that run now.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>Takes a place, or says why not: the reason for <c>VOICEAI_REASON</c>.</summary>
    internal string? TryEnter(CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested)
            return "draining";
        if (Interlocked.Increment(ref _active) <= options.Value.MaxCalls)
            return null;
        Interlocked.Decrement(ref _active);
        return "over-capacity";
    }

    internal void Leave() => Interlocked.Decrement(ref _active);
}

using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Responses;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Calls.Arrival;

/// <summary>Says yes or no to a call, and counts the calls that run.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class CallAdmission(IOptions<CallOptions> options, ListeningStatus listening, DescriptorRoom? descriptors = null)
{
    private int _active;
    private volatile bool _overloaded;

    /// <summary>Calls that run now.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>Why no call can enter now, the reason for <c>VOICEAI_REASON</c>; null = one can. Takes no place.</summary>
    internal string? WhyNot(CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested)
            return Reasons.Draining;
        if (Active >= options.Value.MaxCalls)
            return Reasons.OverCapacity;
        // Whoever waits too long for an answer is served worse than by the dialplan. An idle service takes any call: the delay is of calls that were.
        if (Active > 0 && IsOverloaded())
            return Reasons.Overloaded;
        return descriptors?.AdmitsCall() == false ? Reasons.TooManyOpenFiles : null;
    }

    /// <summary>Takes a place, or says why not. Of a call that <see cref="WhyNot"/> let in: its audio is open, so descriptors are not asked for again.</summary>
    internal string? TryEnter(CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested)
            return Reasons.Draining;
        if (Active > 0 && IsOverloaded())
            return Reasons.Overloaded;
        if (Interlocked.Increment(ref _active) <= options.Value.MaxCalls)
            return null;
        Interlocked.Decrement(ref _active);
        return Reasons.OverCapacity;
    }

    private bool IsOverloaded()
    {
        var limit = options.Value.MaxRecognitionDelay;
        // Half of it lets the line empty before it fills again.
        return _overloaded = limit > TimeSpan.Zero && listening.RecognitionDelay > (_overloaded ? limit / 2 : limit);
    }

    internal void Leave() => Interlocked.Decrement(ref _active);
}

using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Responses;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Calls.Arrival;

/// <summary>Says yes or no to a call, and counts the calls that run.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class CallAdmission(IOptions<CallOptions> options, ListeningStatus listening, RecognitionSpeed? speed = null, DescriptorRoom? descriptors = null)
{
    private int _active;
    private volatile bool _overloaded;

    /// <summary>Calls that run now.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>What <see cref="CallOptions.MaxRealTimeFactor"/> limits; null = too few recognitions to tell.</summary>
    internal double? RealTimeFactor => speed?.LastResort;

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

    private bool IsOverloaded() => _overloaded =
        IsOver(listening.RecognitionDelay?.TotalSeconds, options.Value.MaxRecognitionDelay.TotalSeconds) || IsOver(speed?.LastResort, options.Value.MaxRealTimeFactor);

    /// <summary>Half of a limit lets the line empty before it fills again.</summary>
    private bool IsOver(double? measured, double limit) => limit > 0 && measured > (_overloaded ? limit / 2 : limit);

    internal void Leave() => Interlocked.Decrement(ref _active);
}

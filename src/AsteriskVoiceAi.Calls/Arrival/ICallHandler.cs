using AsteriskVoiceAi.Calls.Routing;

namespace AsteriskVoiceAi.Calls.Arrival;

/// <summary>Serves one call from its first sound to its outcome. Adapters call it once per call, when the leg's audio flows.</summary>
public interface ICallHandler
{
    /// <summary>
    /// Asked before a call is answered and anything is opened for it. The adapter gives a refused call back to the dialplan with
    /// <c>VOICEAI_RESULT=refused</c>, and tells of it by <see cref="NotServed"/>. Returns at once; takes no place.
    /// </summary>
    /// <returns>Why no call can be taken now, the word for <c>VOICEAI_REASON</c>; null = it is welcome, as far as can be said.</returns>
    string? Refusal(IncomingCall call, CancellationToken stopping) => null;

    /// <summary>
    /// Runs the whole call. Never throws for anything a caller, an engine or the audio does: those are outcomes.
    /// The adapter then sets <see cref="CallVariables"/> on the channel and sends it where <see cref="CallOutcome.Next"/> says.
    /// </summary>
    /// <param name="stopping">The service stops: finish with an outcome soon.</param>
    Task<CallOutcome> HandleAsync(IncomingCall call, ICallLeg leg, CancellationToken stopping);

    /// <summary>A call that the adapter had to end itself, such as one whose audio never came: it is counted and recorded like those that were handled. Returns at once.</summary>
    void NotServed(IncomingCall call, CallOutcome outcome)
    {
    }
}

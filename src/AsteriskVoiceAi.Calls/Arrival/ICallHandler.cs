using AsteriskVoiceAi.Calls.Routing;

namespace AsteriskVoiceAi.Calls.Arrival;

/// <summary>Serves one call from its first sound to its outcome. Adapters call it once per call, when the leg's audio flows.</summary>
public interface ICallHandler
{
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

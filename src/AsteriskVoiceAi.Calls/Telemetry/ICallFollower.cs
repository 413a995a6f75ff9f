using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Calls.Telemetry;

/// <summary>Follows every call, for metrics and traces. Safe from any thread.</summary>
public interface ICallFollower
{
    /// <summary>A call has arrived.</summary>
    /// <returns>Told all that happens in it; disposed when it is over, whatever ended it.</returns>
    ICallFollowing Follow(IncomingCall call);
}

/// <summary>One call that is followed.</summary>
public interface ICallFollowing : IDisposable
{
    /// <summary>
    /// On the call's own path, each event, in order: returns at once and never throws. Only <see cref="CallEvent.Paused"/> comes on the
    /// listener's loop, beside the others.
    /// </summary>
    void On(CallEvent happened);
}

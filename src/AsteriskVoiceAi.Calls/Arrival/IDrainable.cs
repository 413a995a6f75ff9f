namespace AsteriskVoiceAi.Calls.Arrival;

/// <summary>A way in for calls that closes before the service stops.</summary>
public interface IDrainable
{
    /// <summary>
    /// Refuses new calls with <see cref="Responses.Reasons.Draining"/>, still answering whoever asks, and ends when no call is left. Running
    /// calls end by themselves: their handler is told that the service stops.
    /// </summary>
    /// <param name="hurry">Cancelled = the host waits no longer: what is left goes back to the dialplan. Never throws for it.</param>
    Task DrainAsync(CancellationToken hurry);
}

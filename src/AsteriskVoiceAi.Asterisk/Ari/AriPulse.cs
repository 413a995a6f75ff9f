using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>The loop that gives Asterisk's events to their calls. Waiting for Asterisk is no hang; an event that is never done with is one.</summary>
internal sealed class AriPulse(AriStatus status, TimeProvider time) : IPulse
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public string Part => "the events of ARI";

    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        var begun = status.EventsBegun;
        while (status.EventsDone < begun)
            await Task.Delay(Look, time, cancellationToken);
    }
}

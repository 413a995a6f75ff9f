using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Service.Systemd;

/// <summary>The clock that moves the audio of all calls: it must tick also for one more who listens. A call that blocks it stops all others.</summary>
internal sealed class ClockPulse(FrameClock clock) : IPulse
{
    public string Part => "the media clock";

    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        var ticked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = clock.Subscribe(() => ticked.TrySetResult());
        await ticked.Task.WaitAsync(cancellationToken);
    }
}

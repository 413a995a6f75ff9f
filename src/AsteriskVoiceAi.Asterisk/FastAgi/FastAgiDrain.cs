using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Asterisk.FastAgi;

/// <summary>Waits for the calls of the FastAGI port; the port itself refuses new ones once the host is told to stop.</summary>
internal sealed class FastAgiDrain(FastAgiStatus status, TimeProvider time) : IDrainable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public async Task DrainAsync(CancellationToken hurry)
    {
        while (status.CallsActive > 0 && !hurry.IsCancellationRequested)
            await Task.Delay(Look, time, hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

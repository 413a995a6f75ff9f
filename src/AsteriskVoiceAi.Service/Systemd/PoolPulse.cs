using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Service.Systemd;

/// <summary>The thread pool, on which all but RTP runs.</summary>
internal sealed class PoolPulse : IPulse
{
    public string Part => "the thread pool";

    public async Task BeatAsync(CancellationToken cancellationToken) => await Task.Yield();
}

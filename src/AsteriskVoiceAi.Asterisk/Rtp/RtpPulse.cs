using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>The threads that carry RTP.</summary>
internal sealed class RtpPulse(RtpEngine engine) : IPulse
{
    public string Part => "an RTP thread";

    public Task BeatAsync(CancellationToken cancellationToken) => engine.BeatAsync().WaitAsync(cancellationToken);
}

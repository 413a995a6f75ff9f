using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>
/// Asks Asterisk now and then how the callers' own lines fare. Calls of both ways in are looked up by their channel, over ARI, where that is connected;
/// for records and metrics only, so whatever goes wrong is left out. Thread-safe.
/// </summary>
internal sealed class PhoneLines(AriRest rest, AriStatus status, MediaMetrics metrics, TimeProvider time)
{
    /// <summary>Asterisk works its figures out anew with each RTCP report, every 5 s (rtp.conf, rtcpinterval).</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Until it is disposed.</summary>
    public PhoneWatch Follow(string channelId) => new((tell, over) => AskAsync(channelId, tell, over), metrics.Ended);

    private async Task AskAsync(string channelId, Action<PhoneLine> tell, CancellationToken over)
    {
        while (true)
        {
            await Task.Delay(Every, time, over);
            if (status.Connected && await rest.FindRtpStatisticsAsync(channelId, over) is { } packets)
                tell(packets.ToLine());
        }
    }
}

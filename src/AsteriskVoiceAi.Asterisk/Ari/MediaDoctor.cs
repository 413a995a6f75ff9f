using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Asterisk.Rtp;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>
/// Looks whether a call's audio flows both ways, from its start until it is proven, and then waits for its end. Our own
/// counters are looked at first; only where they prove nothing is Asterisk asked, so a healthy call costs no request or two.
/// </summary>
internal sealed class MediaDoctor(StasisServices services, MediaChannel channel, string caller, string bridge)
{
    private static readonly TimeSpan FirstLooks = TimeSpan.FromMilliseconds(200);

    /// <summary>While the caller's phone sends nothing, or nothing that we can know of.</summary>
    private static readonly TimeSpan LaterLooks = TimeSpan.FromSeconds(1);

    private readonly IMediaLink _link = channel.Link;
    private (ChannelRtp Packets, long At)? _before;

    /// <summary>Returns when something is wrong; a call whose audio is well never returns.</summary>
    /// <exception cref="OperationCanceledException">The call is over.</exception>
    public async Task<MediaFault> WatchAsync(CancellationToken over)
    {
        var began = services.Time.GetTimestamp();
        var look = FirstLooks;
        while (!await EndsWithinAsync(look, over))
        {
            var phone = await PhoneAsync(again: look == LaterLooks, over);
            var evidence = new MediaEvidence(_link.Transport, _link.Format, _link.Counters, phone, (_link as RtpLink)?.Statistics.Stranger?.ToString());
            var elapsed = services.Time.GetElapsedTime(began);
            if (evidence is { Heard: true, Taken: true })
            {
                services.Logger.AudioProven(elapsed.TotalMilliseconds);
                await _link.Ended.WaitAsync(over);
                break;
            }
            if (elapsed < services.Options.Media.ProofTime)
                continue;
            if (evidence.Diagnose() is not null && await BridgedAsync(over) is var bridged && (evidence with { Bridged = bridged }).Diagnose() is { } fault)
                return fault;
            look = LaterLooks;
        }
        return new MediaFault(MediaFault.LinkLost, $"it ended while the caller was there: {_link.EndReason}. Look in Asterisk's log for the media channel, and at the network between the two");
    }

    private async Task<bool> EndsWithinAsync(TimeSpan time, CancellationToken over)
    {
        try
        {
            await _link.Ended.WaitAsync(time, services.Time, over);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Packets since the first look, and later since the look before; null = not needed, or not known.</summary>
    private async Task<PhonePackets?> PhoneAsync(bool again, CancellationToken over)
    {
        if (_link.Counters is { Received: > 0, Consumed: > 0 })
            return null;
        if (await services.Rest.FindRtpStatisticsAsync(caller, over) is not { } packets)
            return null;
        var now = services.Time.GetTimestamp();
        var (first, at) = _before ?? (packets, now);
        if (again || _before is null)
            _before = (packets, now);
        return new PhonePackets(packets.Rxcount - first.Rxcount, packets.Txcount - first.Txcount, services.Time.GetElapsedTime(at, now));
    }

    /// <returns>Null = Asterisk cannot be asked.</returns>
    private async Task<bool?> BridgedAsync(CancellationToken over)
    {
        try
        {
            return await services.Rest.FindBridgeAsync(bridge, over) is { } found && found.Channels.Contains(caller) && found.Channels.Contains(channel.Id);
        }
        catch (AriException)
        {
            return null;
        }
    }
}

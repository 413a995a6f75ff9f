using AsteriskVoiceAi.Asterisk.Media;

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
    private RtpStatistics? _first;

    /// <summary>Returns when something is wrong; a call whose audio is well never returns.</summary>
    /// <exception cref="OperationCanceledException">The call is over.</exception>
    /// <exception cref="AriException">Asterisk cannot be asked.</exception>
    public async Task<MediaFault> WatchAsync(CancellationToken over)
    {
        var began = services.Time.GetTimestamp();
        var look = FirstLooks;
        while (!await EndsWithinAsync(look, over))
        {
            var phone = await PhoneAsync(over);
            var evidence = new MediaEvidence(_link.Transport, _link.Format, _link.Counters, phone, null);
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
        return new MediaFault(MediaFault.LinkLost, "it ended while the caller was there. Look in Asterisk's log for the media channel, and at the network between the two");
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

    /// <summary>Packets since the first time that it was asked.</summary>
    private async Task<PhonePackets?> PhoneAsync(CancellationToken over)
    {
        if (_link.Counters is { Received: > 0, Consumed: > 0 })
            return null;
        var now = await services.Rest.FindRtpStatisticsAsync(caller, over);
        _first ??= now;
        return now is null ? null : new PhonePackets(now.Rxcount - _first!.Rxcount, now.Txcount - _first.Txcount);
    }

    private async Task<bool> BridgedAsync(CancellationToken over) =>
        await services.Rest.FindBridgeAsync(bridge, over) is { } found && found.Channels.Contains(caller) && found.Channels.Contains(channel.Id);
}

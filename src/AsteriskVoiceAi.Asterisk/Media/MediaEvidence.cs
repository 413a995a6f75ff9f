using System.Globalization;

namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>Packets between Asterisk and the caller's phone in a stretch of time.</summary>
internal readonly record struct PhonePackets(long FromPhone, long ToPhone, TimeSpan During)
{
    /// <summary>
    /// Speech has 50 packets a second, or 16 where they are long; a muted phone that suppresses silence sends a few at most, of
    /// comfort noise or to keep a NAT's way open.
    /// </summary>
    private const int SpeechPackets = 12;

    /// <summary>The phone sends audio.</summary>
    public bool Speaks => FromPhone > SpeechPackets * During.TotalSeconds;
}

/// <summary>What is known of a call's audio some time after it was opened.</summary>
/// <param name="Link">What our side has counted.</param>
/// <param name="Phone">What Asterisk has counted on the caller's channel; null where that is no RTP.</param>
/// <param name="Stranger">Who sent us RTP that is not the Asterisk that ARI named; null = nobody.</param>
/// <param name="Bridged">Caller and media channel are in one bridge; null = not asked.</param>
internal readonly record struct MediaEvidence(MediaTransport Transport, MediaFormat Format, MediaCounters Link, PhonePackets? Phone, string? Stranger = null, bool? Bridged = null)
{
    /// <summary>The caller's audio reaches us.</summary>
    public bool Heard => Link.Received > 0;

    /// <summary>Our audio reaches the caller, or at least Asterisk took it.</summary>
    public bool Taken => Link.Consumed > 0 || Phone is { ToPhone: > 0 };

    /// <summary>
    /// What is wrong; null = nothing, or nothing that can be told. A caller who sends nothing (a muted phone that
    /// suppresses silence) is no fault: it is one only when Asterisk got the caller's audio and we did not.
    /// </summary>
    public MediaFault? Diagnose()
    {
        if (Bridged is false)
            return new(MediaFault.NotBridged, $"caller and media channel are not in one bridge, {Numbers}. Does another application take channels out of bridges?");
        var takenUnknown = Link.Consumed is null && Phone is null;
        var silentWay = Link.Sent > 0 && !Taken && !takenUnknown;
        if (!Heard && Stranger is not null)
            return new(MediaFault.WrongAddress, $"packets come from {Stranger}, which is not where Asterisk said that it would send from, and are dropped, {Numbers}. If that is a NAT between the two, set rtp.learn-port to true");
        if (!Heard && Link.Foreign > 0)
            return new(MediaFault.WrongCodec, $"{Link.Foreign} packets came that are not {Format.Name}, {Numbers}. Check ari.media.format against 'allow' of the caller's endpoint");
        if (!Heard && Phone is { Speaks: true })
            return silentWay ? new(MediaFault.NoPackets, $"nothing flows between Asterisk and this service, {Numbers}. {Path}")
                : Transport == MediaTransport.Rtp ? new(MediaFault.WrongAddress, $"the caller hears us, but Asterisk's packets do not come here, {Numbers}. {Path}")
                : new(MediaFault.OneWay, $"the caller hears us but is not heard, {Numbers}. {Path}");
        if (silentWay)
            return Heard ? new(MediaFault.OneWay, $"the caller is heard but does not hear us, {Numbers}. {Path}")
                : new(MediaFault.NoPackets, $"Asterisk takes nothing of what we send, {Numbers}. {Path}");
        if (Transport == MediaTransport.Rtp && Link.Consumed > 0 && Phone is { ToPhone: 0 })
            return new(MediaFault.WrongCodec, $"Asterisk gets our packets but passes none on, {Numbers}. Check ari.media.format: of what is sent to it Asterisk drops all but ulaw, alaw, g722 and slin");
        return null;
    }

    private string Numbers => string.Create(
        CultureInfo.InvariantCulture,
        $"{Link.Received} frames received, {Link.Sent} sent, {(Link.Consumed is { } taken ? $"{taken} taken" : "taken unknown")}, phone: {(Phone is { } phone ? $"{phone.FromPhone} packets from it, {phone.ToPhone} to it" : "unknown")}");

    private string Path => Transport switch
    {
        MediaTransport.Rtp => "Check that UDP passes both ways between Asterisk and this service (firewall, NAT, container), and the address of rtp in the settings, which Asterisk sends to",
        MediaTransport.WebSocket => "Check 'core show channels' and 'bridge show all' in Asterisk while a call is up, and its log for chan_websocket",
        _ => "Check Asterisk's log for chan_audiosocket, and audiosocket.advertise in the settings",
    };
}

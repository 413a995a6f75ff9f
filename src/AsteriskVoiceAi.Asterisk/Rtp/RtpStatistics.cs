using System.Net;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>How a link fares; a snapshot.</summary>
/// <param name="Remote">What the peer says about our stream; null = it sent no report (Asterisk's externalMedia sends none).</param>
/// <param name="RoundTrip">From here to the peer and back, by its reports; null = not known.</param>
/// <param name="Wait">How long a missing packet is waited for at present.</param>
/// <param name="SsrcChanges">Times that another stream of the peer took over.</param>
/// <param name="Restarts">Times that its numbers or its clock jumped.</param>
/// <param name="Strangers">Packets from elsewhere: dropped.</param>
/// <param name="Stranger">The first of those; Asterisk itself, when it is behind an address that it does not know.</param>
/// <param name="WrongPayloads">Packets of the peer in another codec, or longer than 200 ms: dropped.</param>
/// <param name="WrongPayloadType">The last such codec's payload type.</param>
internal sealed record RtpStatistics(
    RtpRemoteView? Remote,
    TimeSpan? RoundTrip,
    TimeSpan Wait,
    int SsrcChanges,
    long Restarts,
    long Strangers,
    IPEndPoint? Stranger,
    long WrongPayloads,
    byte? WrongPayloadType);

/// <summary>Our stream as the peer got it.</summary>
/// <param name="LossShare">Lost between its last two reports, 0 to 1.</param>
/// <param name="Lost">Packets lost in all.</param>
internal sealed record RtpRemoteView(double LossShare, int Lost, TimeSpan Jitter);

using System.Net;
using AsteriskVoiceAi.Asterisk.Media;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>
/// An even UDP port for RTP with the odd one above it for RTCP, bound for one call. Disposing gives the pair back, unless a link was
/// opened: then the link has it, and its end gives it back.
/// </summary>
internal sealed class RtpPort : IDisposable
{
    private readonly RtpEngine _engine;
    private int _state; // 0 reserved, 1 opened, 2 closed

    public RtpPort(RtpEngine engine, DatagramSocket rtp, DatagramSocket rtcp, string advertised)
    {
        (_engine, Rtp, Rtcp) = (engine, rtp, rtcp);
        LocalEndPoint = rtp.LocalEndPoint;
        Advertised = advertised;
    }

    public IPEndPoint LocalEndPoint { get; }

    /// <summary>host:port that Asterisk is told to send to (<c>external_host</c> of ARI's externalMedia).</summary>
    public string Advertised { get; }

    internal DatagramSocket Rtp { get; }

    internal DatagramSocket Rtcp { get; }

    /// <summary>Begins to send, at once, and to hear. Packets that came since the reservation are heard as well.</summary>
    /// <param name="asterisk">Where Asterisk listens and sends from (<c>UNICASTRTP_LOCAL_ADDRESS</c> and <c>_PORT</c>): its packets are heard, others' are not.</param>
    /// <param name="from">Where the link that this one replaces stood; null = a new stream.</param>
    /// <exception cref="RtpException">The address is of another family than <c>rtp.address</c>.</exception>
    public RtpLink Open(IPEndPoint asterisk, MediaFormat format, RtpStreamState? from = null)
    {
        if (asterisk.AddressFamily != LocalEndPoint.AddressFamily)
            throw new RtpException($"Asterisk's RTP address {asterisk} and rtp.address {LocalEndPoint.Address} are of different families (IPv4, IPv6): no packet can go between them. Set rtp.address to one of the same family, or bind Asterisk to one.");
        if (Interlocked.CompareExchange(ref _state, 1, 0) != 0)
            throw new InvalidOperationException("A port is opened once.");
        return _engine.Start(this, asterisk, format, from ?? RtpStreamState.New());
    }

    public void Dispose()
    {
        if (Interlocked.CompareExchange(ref _state, 2, 0) == 0)
            _engine.Free(this);
    }

    /// <summary>The link has ended.</summary>
    internal void Close()
    {
        if (Interlocked.Exchange(ref _state, 2) != 2)
            _engine.Free(this);
    }
}

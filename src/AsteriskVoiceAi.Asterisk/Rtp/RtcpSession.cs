using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>
/// Reports both ways about one link (RFC 3550, section 6). Asterisk's externalMedia takes no part in RTCP (seen with 22.10.1: its odd port is
/// closed), other RTP peers do; what is known only by reports is therefore null until one came.
/// </summary>
/// <remarks>Times in nanoseconds of the monotonic clock. For the link's loop.</remarks>
internal sealed class RtcpSession
{
    /// <summary>RFC 3550, section 6.2: at least 5 s on average, each interval between half and one and a half of it.</summary>
    private const long Interval = 5_000_000_000;

    private const int MostDescriptionBytes = 64;

    private readonly byte[] _name;
    private readonly ulong _epoch;
    private long _nextDue;
    private uint _lastSent;
    private long _lastSentCame;

    /// <param name="name">Canonical name: tells peers that streams belong together and nothing else. At most 40 ASCII characters.</param>
    /// <param name="utc">The wall clock at <paramref name="now"/>.</param>
    public RtcpSession(string name, DateTimeOffset utc, long now)
    {
        _name = System.Text.Encoding.ASCII.GetBytes(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_name.Length, 40, nameof(name));
        // NTP counts from 1900, in 1/2^32 s.
        var seconds = (utc - new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds;
        _epoch = (ulong)(seconds * 65536) << 16;
        _epoch -= Span(now);
        // The first one sooner, so that the round trip is known early.
        _nextDue = now + (Wait() / 2);
    }

    /// <summary>What the peer said last about our stream.</summary>
    public RtcpReport? Remote { get; private set; }

    /// <summary>From here to the peer and back; null = not known.</summary>
    public TimeSpan? RoundTrip { get; private set; }

    public bool IsDue(long now) => now >= _nextDue;

    /// <summary>Reads what came.</summary>
    /// <param name="ours">The sender whose reports are looked for.</param>
    /// <returns>False = that is no RTCP.</returns>
    public bool Read(ReadOnlySpan<byte> datagram, uint ours, uint theirs, long now, out bool goodbye)
    {
        goodbye = false;
        if (!RtcpPacket.IsCompound(datagram))
            return false;
        while (RtcpPacket.TryTake(ref datagram, out var packet))
        {
            if (packet.Sent is var sent and not 0)
                (_lastSent, _lastSentCame) = (sent, now);
            if (packet.TryFindReport(ours, out var report))
                Take(report, now);
            goodbye |= packet.SaysGoodbyeOf(theirs);
        }
        return true;
    }

    /// <summary>Writes the report that is due, and decides when the next one is.</summary>
    /// <returns>Length of the datagram.</returns>
    public int Write(Span<byte> datagram, RtpTransmitter sent, uint theirs, ref ReceptionCount received, uint jitter, long now)
    {
        _nextDue = now + Wait();
        return WriteReports(datagram, sent, theirs, ref received, jitter, now);
    }

    /// <summary>The last report, with a goodbye.</summary>
    public int WriteGoodbye(Span<byte> datagram, RtpTransmitter sent, uint theirs, ref ReceptionCount received, uint jitter, long now)
    {
        var length = WriteReports(datagram, sent, theirs, ref received, jitter, now);
        Header(datagram[length..], RtcpType.Goodbye, 1, 8);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[(length + 4)..], sent.Ssrc);
        return length + 8;
    }

    private int WriteReports(Span<byte> datagram, RtpTransmitter sent, uint theirs, ref ReceptionCount received, uint jitter, long now)
    {
        var reports = received.Any ? 1 : 0;
        var length = 28 + (reports * RtcpReport.Bytes);
        var state = sent.State;
        Header(datagram, RtcpType.SenderReport, reports, length);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[4..], sent.Ssrc);
        BinaryPrimitives.WriteUInt64BigEndian(datagram[8..], _epoch + Span(now));
        BinaryPrimitives.WriteUInt32BigEndian(datagram[16..], state.Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[20..], (uint)sent.Packets);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[24..], (uint)sent.Bytes);
        if (received.Any)
        {
            var since = _lastSent == 0 ? 0 : (uint)(Span(now - _lastSentCame) >> 16);
            new RtcpReport(received.TakeFraction(), received.Lost, received.Highest, jitter, _lastSent, since).Write(datagram[28..], theirs);
        }
        return length + WriteDescription(datagram[length..], sent.Ssrc);
    }

    /// <summary>One chunk: the sender, item 1 (CNAME) with its length, and zeros to the next word, at least one.</summary>
    private int WriteDescription(Span<byte> datagram, uint ssrc)
    {
        var length = 4 + ((4 + 2 + _name.Length + 4) & ~3);
        datagram[..Math.Min(datagram.Length, MostDescriptionBytes)].Clear();
        Header(datagram, RtcpType.SourceDescription, 1, length);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[4..], ssrc);
        datagram[8] = 1;
        datagram[9] = (byte)_name.Length;
        _name.CopyTo(datagram[10..]);
        return length;
    }

    private void Take(RtcpReport report, long now)
    {
        Remote = report;
        if (report.LastReport == 0)
            return;
        // Wraps every 18 hours; a difference that is negative or beyond 10 s is a peer's mistake.
        var trip = (int)((uint)((_epoch + Span(now)) >> 16) - report.LastReport - report.Since);
        if (trip is >= 0 and < 10 * 65536)
            RoundTrip = TimeSpan.FromSeconds(trip / 65536.0);
    }

    private static void Header(Span<byte> packet, RtcpType type, int count, int length)
    {
        packet[0] = (byte)(0x80 | count);
        packet[1] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)((length / 4) - 1));
    }

    /// <summary>Nanoseconds as NTP's 1/2^32 s.</summary>
    private static ulong Span(long nanoseconds) => (ulong)(((UInt128)nanoseconds << 32) / 1_000_000_000);

    private static long Wait() => (Interval / 2) + (long)(Interval * (RandomNumberGenerator.GetInt32(1000) / 1000.0));
}

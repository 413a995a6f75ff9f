using System.Buffers.Binary;

namespace AsteriskVoiceAi.Asterisk.Rtp;

internal enum RtcpType : byte
{
    SenderReport = 200,
    ReceiverReport = 201,
    SourceDescription = 202,
    Goodbye = 203,
}

/// <summary>One packet out of a compound RTCP datagram (RFC 3550, section 6), read in place.</summary>
/// <param name="count">Reports, or sources: what the packet's first byte says, not yet held against its length.</param>
/// <param name="body">What follows the first four bytes.</param>
internal readonly ref struct RtcpPacket(RtcpType type, int count, ReadOnlySpan<byte> body)
{
    private const int SenderInfoBytes = 24;
    private const int ReceiverInfoBytes = 4;

    public RtcpType Type { get; } = type;

    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>Who sends it; 0 in a goodbye that names nobody.</summary>
    public uint Ssrc => Body.Length < 4 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(Body);

    /// <summary>Middle 32 bits of a sender report's NTP time: seconds in 1/65536.</summary>
    public uint Sent => Type == RtcpType.SenderReport && Body.Length >= SenderInfoBytes ? BinaryPrimitives.ReadUInt32BigEndian(Body[6..]) : 0;

    /// <summary>A report's entry about one sender.</summary>
    public bool TryFindReport(uint about, out RtcpReport report)
    {
        report = default;
        var start = Type switch
        {
            RtcpType.SenderReport => SenderInfoBytes,
            RtcpType.ReceiverReport => ReceiverInfoBytes,
            _ => int.MaxValue,
        };
        for (var i = 0; i < count && start <= Body.Length - RtcpReport.Bytes; i++, start += RtcpReport.Bytes)
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(Body[start..]) != about)
                continue;
            report = RtcpReport.Read(Body[start..]);
            return true;
        }
        return false;
    }

    /// <summary>Whether a goodbye names this sender.</summary>
    public bool SaysGoodbyeOf(uint ssrc)
    {
        for (var i = 0; Type == RtcpType.Goodbye && i < count && Body.Length >= 4 * (i + 1); i++)
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(Body[(4 * i)..]) == ssrc)
                return true;
        }
        return false;
    }

    /// <summary>Whether a datagram is made of whole RTCP packets, the first of them a report (RFC 3550, appendix A.2).</summary>
    public static bool IsCompound(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < 8 || datagram[1] is not ((byte)RtcpType.SenderReport or (byte)RtcpType.ReceiverReport) || (datagram[0] & 0x20) != 0)
            return false;
        while (TryTake(ref datagram, out _))
        {
        }
        return datagram.IsEmpty;
    }

    /// <summary>Takes the next packet off a datagram; whatever the bytes are, it neither throws nor looks beyond them.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> datagram, out RtcpPacket packet)
    {
        packet = default;
        // |V=2|P|  count  |      PT       |  length in words, less one    |
        if (datagram.Length < 4 || datagram[0] >> 6 != 2)
            return false;
        var length = 4 * (BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) + 1);
        if (length > datagram.Length)
            return false;
        packet = new((RtcpType)datagram[1], datagram[0] & 0x1F, datagram[4..length]);
        datagram = datagram[length..];
        return true;
    }
}

/// <summary>What a receiver says about one sender (RFC 3550, section 6.4.1).</summary>
/// <param name="Fraction">Lost since the last report, in 1/256.</param>
/// <param name="Lost">Lost in all; negative when duplicates came.</param>
/// <param name="Highest">Highest sequence number that came, with its wraps.</param>
/// <param name="Jitter">Units of the RTP clock.</param>
/// <param name="LastReport"><see cref="RtcpPacket.Sent"/> of the last sender report that came; 0 = none did.</param>
/// <param name="Since">Time since then in 1/65536 s.</param>
internal readonly record struct RtcpReport(byte Fraction, int Lost, uint Highest, uint Jitter, uint LastReport, uint Since)
{
    public const int Bytes = 24;

    public static RtcpReport Read(ReadOnlySpan<byte> block) => new(
        block[4],
        BinaryPrimitives.ReadInt32BigEndian(block[4..]) << 8 >> 8,
        BinaryPrimitives.ReadUInt32BigEndian(block[8..]),
        BinaryPrimitives.ReadUInt32BigEndian(block[12..]),
        BinaryPrimitives.ReadUInt32BigEndian(block[16..]),
        BinaryPrimitives.ReadUInt32BigEndian(block[20..]));

    public void Write(Span<byte> block, uint about)
    {
        BinaryPrimitives.WriteUInt32BigEndian(block, about);
        BinaryPrimitives.WriteInt32BigEndian(block[4..], (Fraction << 24) | (Lost & 0xFFFFFF));
        BinaryPrimitives.WriteUInt32BigEndian(block[8..], Highest);
        BinaryPrimitives.WriteUInt32BigEndian(block[12..], Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(block[16..], LastReport);
        BinaryPrimitives.WriteUInt32BigEndian(block[20..], Since);
    }
}

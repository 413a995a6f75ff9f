using System.Buffers.Binary;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>A packet of RTP (RFC 3550, section 5.1), read in place from a datagram.</summary>
internal readonly ref struct RtpPacket
{
    public const int HeaderBytes = 12;

    public byte PayloadType { get; private init; }

    public bool Marker { get; private init; }

    public ushort Sequence { get; private init; }

    public uint Timestamp { get; private init; }

    public uint Ssrc { get; private init; }

    /// <summary>Without contributing sources, extension and padding; may be empty.</summary>
    public ReadOnlySpan<byte> Payload { get; private init; }

    /// <summary>Reads one; whatever the bytes are, it neither throws nor looks beyond them.</summary>
    /// <returns>False = that is no RTP packet.</returns>
    public static bool TryParse(ReadOnlySpan<byte> datagram, out RtpPacket packet)
    {
        packet = default;
        //  0                   1                   2                   3
        // |V=2|P|X|  CC   |M|     PT      |       sequence number         |
        // |                           timestamp                           |
        // |                             SSRC                              |
        // |                  CC contributing sources                      |
        if (datagram.Length < HeaderBytes || datagram[0] >> 6 != 2)
            return false;
        // Types 64 to 95 look like RTCP when the marker is set, so that RTP must not use them (RFC 5761, section 4).
        if ((datagram[1] & 0x7F) is >= 64 and <= 95)
            return false;
        var start = HeaderBytes + (4 * (datagram[0] & 0x0F));
        if ((datagram[0] & 0x10) != 0)
        {
            // Extension: 16 bits of profile, 16 bits of length in words, the words.
            if (datagram.Length < start + 4)
                return false;
            start += 4 + (4 * BinaryPrimitives.ReadUInt16BigEndian(datagram[(start + 2)..]));
        }
        var end = datagram.Length;
        if (start > end)
            return false;
        if ((datagram[0] & 0x20) != 0)
        {
            // The last byte counts the padding, itself included.
            var padding = datagram[^1];
            if (padding == 0 || padding > end - start)
                return false;
            end -= padding;
        }
        packet = new()
        {
            PayloadType = (byte)(datagram[1] & 0x7F),
            Marker = (datagram[1] & 0x80) != 0,
            Sequence = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]),
            Timestamp = BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]),
            Ssrc = BinaryPrimitives.ReadUInt32BigEndian(datagram[8..]),
            Payload = datagram[start..end],
        };
        return true;
    }

    /// <summary>Writes a header without contributing sources and extension: <see cref="HeaderBytes"/> bytes.</summary>
    public static void WriteHeader(Span<byte> datagram, byte payloadType, bool marker, in RtpStreamState stream)
    {
        datagram[0] = 0x80;
        datagram[1] = (byte)(payloadType | (marker ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(datagram[2..], stream.Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[4..], stream.Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[8..], stream.Ssrc);
    }
}

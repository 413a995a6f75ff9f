using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>The stream that we send: a packet of 20 ms at each turn, silence when nothing plays.</summary>
/// <remarks>For the link's loop; <see cref="State"/> and the counters may be read from any thread.</remarks>
internal sealed class RtpTransmitter
{
    private readonly MediaFormat _format;
    private readonly PlayoutQueue _playbacks;
    private readonly IFrameEncoder _encoder;
    private readonly short[] _frame;
    private RtpStreamState _next;
    private long _published;
    private long _packets;
    private bool _silent = true;

    public RtpTransmitter(MediaFormat format, PlayoutQueue playbacks, RtpStreamState first)
    {
        (_format, _playbacks, _next, Ssrc) = (format, playbacks, first, first.Ssrc);
        _published = Pack(first);
        _encoder = format.CreateEncoder();
        _frame = new short[format.FrameSamples];
    }

    /// <summary>Numbers of the next packet.</summary>
    public RtpStreamState State
    {
        get
        {
            var packed = Volatile.Read(ref _published);
            return new(Ssrc, (ushort)(packed >> 32), (uint)packed);
        }
    }

    public long Packets => Volatile.Read(ref _packets);

    public uint Ssrc { get; }

    public long Bytes => Packets * _format.FrameBytes;

    /// <summary>Writes the next packet.</summary>
    /// <returns>Its length.</returns>
    public int Write(Span<byte> datagram)
    {
        var sounding = _playbacks.Fill(_frame) > 0;
        // Marks the first packet after silence (RFC 3551, section 4.1).
        RtpPacket.WriteHeader(datagram, _format.PayloadType, sounding && _silent, _next);
        _silent = !sounding;
        var payload = datagram[RtpPacket.HeaderBytes..];
        var length = _encoder.Encode(_frame, payload);
        if (_format.IsLinear)
            SwapBytes(payload[..length]);
        Advance(MediaFormat.RtpFrameUnits, 1);
        Volatile.Write(ref _packets, _packets + 1);
        return RtpPacket.HeaderBytes + length;
    }

    /// <summary>Lets time pass in which nothing was sent: timestamps follow the clock, sequence numbers have no hole.</summary>
    public void Skip(long periods) => Advance((uint)(periods * MediaFormat.RtpFrameUnits), 0);

    /// <summary>Linear audio is big-endian in RTP (RFC 3551, section 4.5.11) and little-endian everywhere else.</summary>
    public static void SwapBytes(Span<byte> payload)
    {
        var samples = MemoryMarshal.Cast<byte, short>(payload);
        BinaryPrimitives.ReverseEndianness(samples, samples);
    }

    private void Advance(uint units, int packets)
    {
        _next = _next with { Sequence = (ushort)(_next.Sequence + packets), Timestamp = _next.Timestamp + units };
        Volatile.Write(ref _published, Pack(_next));
    }

    private static long Pack(RtpStreamState state) => ((long)state.Sequence << 32) | state.Timestamp;
}

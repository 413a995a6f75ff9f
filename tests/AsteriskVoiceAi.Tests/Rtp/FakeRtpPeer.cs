using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.TestSupport;

namespace AsteriskVoiceAi.Tests.Rtp;

/// <summary>Asterisk's side of an RTP link: two real sockets on loopback, bytes written and read by hand.</summary>
internal sealed class FakeRtpPeer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Socket _rtp;
    private readonly Socket _rtcp;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<HeardPacket> _heard = [];
    private readonly List<byte[]> _reports = [];
    private readonly Waits _waits;
    private readonly Task _reading;

    private FakeRtpPeer(Socket rtp, Socket rtcp)
    {
        (_rtp, _rtcp) = (rtp, rtcp);
        _waits = new Waits(() => $"{Heard.Count} packets and {Reports.Count} reports came.");
        _reading = Task.WhenAll(ReadAsync(rtp, Hear), ReadAsync(rtcp, Note));
    }

    public IPEndPoint EndPoint => (IPEndPoint)_rtp.LocalEndPoint!;

    /// <summary>Where packets go.</summary>
    public IPEndPoint? Target { get; set; }

    public uint Ssrc { get; set; } = 0xCAFE;

    public ushort Sequence { get; set; } = 65_530; // wraps soon

    public uint Timestamp { get; set; } = uint.MaxValue - 500; // likewise

    public IReadOnlyList<HeardPacket> Heard
    {
        get
        {
            lock (_gate)
                return [.. _heard];
        }
    }

    public IReadOnlyList<byte[]> Reports
    {
        get
        {
            lock (_gate)
                return [.. _reports];
        }
    }

    public static FakeRtpPeer Open()
    {
        while (true)
        {
            var rtp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            rtp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            var rtcp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                rtcp.Bind(new IPEndPoint(IPAddress.Loopback, ((IPEndPoint)rtp.LocalEndPoint!).Port + 1));
                return new FakeRtpPeer(rtp, rtcp);
            }
            catch (SocketException)
            {
                // The port above is taken: another pair.
                rtp.Dispose();
                rtcp.Dispose();
            }
        }
    }

    /// <summary>20 ms of a tone in mu-law, in order.</summary>
    public void SendFrame(ReadOnlySpan<short> samples, byte payloadType = 0, bool marker = false)
    {
        var codes = new byte[samples.Length];
        G711.EncodeULaw(samples, codes);
        Send(codes, payloadType, marker);
        Timestamp += (uint)samples.Length;
    }

    /// <summary>The next packet in order; the timestamp stays.</summary>
    public void Send(ReadOnlySpan<byte> payload, byte payloadType = 0, bool marker = false) =>
        SendRaw(Packet(Sequence++, Timestamp, Ssrc, payloadType, marker, payload));

    public void SendRaw(ReadOnlySpan<byte> datagram) => _rtp.SendTo(datagram, SocketFlags.None, Target!);

    public void SendRtcp(ReadOnlySpan<byte> datagram) => _rtcp.SendTo(datagram, SocketFlags.None, new IPEndPoint(Target!.Address, Target.Port + 1));

    public static byte[] Packet(ushort sequence, uint timestamp, uint ssrc, byte payloadType, bool marker, ReadOnlySpan<byte> payload)
    {
        var packet = new byte[12 + payload.Length];
        packet[0] = 0x80;
        packet[1] = (byte)(payloadType | (marker ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
        payload.CopyTo(packet.AsSpan(12));
        return packet;
    }

    public Task<IReadOnlyList<HeardPacket>> HearAsync(int packets) =>
        _waits.ForAsync($"packet {packets} of the link", () => Heard is var heard && heard.Count >= packets ? heard : null, Patience);

    public Task UntilHeardAsync(string what, Func<HeardPacket, bool> condition) => _waits.UntilAsync(what, () => Heard.Any(condition), Patience);

    public Task<IReadOnlyList<byte[]>> ReportAsync(Func<byte[], bool> condition) =>
        _waits.ForAsync("an RTCP report", () => Reports is var reports && reports.Any(condition) ? reports : null, Patience);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _rtp.Dispose();
        _rtcp.Dispose();
        await _reading;
    }

    private void Hear(byte[] datagram)
    {
        var packet = new HeardPacket(
            datagram[1] & 0x7F,
            (datagram[1] & 0x80) != 0,
            BinaryPrimitives.ReadUInt16BigEndian(datagram.AsSpan(2)),
            BinaryPrimitives.ReadUInt32BigEndian(datagram.AsSpan(4)),
            BinaryPrimitives.ReadUInt32BigEndian(datagram.AsSpan(8)),
            datagram[12..]);
        lock (_gate)
            _heard.Add(packet);
    }

    private void Note(byte[] datagram)
    {
        lock (_gate)
            _reports.Add(datagram);
    }

    private async Task ReadAsync(Socket socket, Action<byte[]> take)
    {
        var buffer = new byte[8192];
        try
        {
            while (true)
            {
                var length = await socket.ReceiveAsync(buffer, _stop.Token);
                take(buffer[..length]);
                _waits.Pulse();
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}

internal sealed record HeardPacket(int PayloadType, bool Marker, ushort Sequence, uint Timestamp, uint Ssrc, byte[] Payload)
{
    public short[] Samples
    {
        get
        {
            var samples = new short[Payload.Length];
            G711.DecodeULaw(Payload, samples);
            return samples;
        }
    }
}

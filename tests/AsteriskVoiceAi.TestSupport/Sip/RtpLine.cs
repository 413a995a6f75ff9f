using System.Net;
using System.Net.Sockets;

namespace AsteriskVoiceAi.TestSupport.Sip;

/// <summary>What carries a caller's packets: a UDP port, which may change during the call, and whatever goes wrong behind it.</summary>
/// <param name="hear">Gets each packet that comes, on a thread of the port's own: the time of arrival is part of what tests look at.</param>
internal sealed class RtpLine(IPAddress address, Action<ReadOnlySpan<byte>> hear) : IDisposable
{
    private readonly Lock _gate = new();
    private volatile Port _port = new(address, hear);
    private ImpairmentPattern? _pattern;
    private ImpairmentCounts _counts;
    private Moment _lastDue;

    public int LocalPort => _port.Number;

    public ImpairmentCounts Counts
    {
        get
        {
            lock (_gate)
                return _counts;
        }
    }

    /// <summary>From now on; null = a good line. Counting begins anew.</summary>
    public void Impair(RtpImpairment? impairment)
    {
        lock (_gate)
        {
            _pattern = impairment is null ? null : new(impairment);
            _counts = default;
        }
    }

    /// <summary>Takes another port; the old one is closed.</summary>
    public void Move()
    {
        var before = _port;
        _port = new(address, hear);
        before.Dispose();
    }

    /// <summary>Sends now, or when the line's harm lets it.</summary>
    public void Send(ReadOnlySpan<byte> packet, IPEndPoint target)
    {
        PacketFate fate;
        Moment due;
        lock (_gate)
        {
            if (_pattern is null)
            {
                _port.Send(packet, target);
                return;
            }
            fate = _pattern.Next();
            _counts = new(
                _counts.Offered + 1,
                _counts.Lost + (fate.Lost ? 1 : 0),
                _counts.Reordered + (!fate.Lost && fate.HeldBack > TimeSpan.Zero ? 1 : 0),
                _counts.Duplicated + (!fate.Lost && fate.Twice ? 1 : 0));
            if (fate.Lost)
                return;
            due = Moment.Now + fate.Delay;
            if (due <= _lastDue)
                due = new(_lastDue.Timestamp + 1);
            _lastDue = due;
        }
        var copy = packet.ToArray();
        var times = fate.Twice ? 2 : 1;
        PacingThread.Shared.At(due + fate.HeldBack, () =>
        {
            for (var i = 0; i < times; i++)
                _port.Send(copy, target);
        });
    }

    public void Dispose() => _port.Dispose();

    /// <summary>One socket and the thread that listens to it.</summary>
    private sealed class Port : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        private readonly Thread _listening;
        private readonly Action<ReadOnlySpan<byte>> _hear;

        public Port(IPAddress address, Action<ReadOnlySpan<byte>> hear)
        {
            _hear = hear;
            _socket.Bind(new IPEndPoint(address, 0));
            Number = ((IPEndPoint)_socket.LocalEndPoint!).Port;
            _listening = new(Listen) { IsBackground = true, Name = "test caller's hearing" };
            _listening.Start();
        }

        public int Number { get; }

        public void Send(ReadOnlySpan<byte> packet, IPEndPoint target)
        {
            try
            {
                _socket.SendTo(packet, SocketFlags.None, target);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The other side is gone, or we are; its BYE, or its absence, is what a test looks at.
            }
        }

        public void Dispose()
        {
            _socket.Dispose();
            _listening.Join(TimeSpan.FromSeconds(2));
        }

        private void Listen()
        {
            var buffer = new byte[2048];
            while (true)
            {
                try
                {
                    _hear(buffer.AsSpan(0, _socket.Receive(buffer)));
                }
                catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionRefused)
                {
                    // Their port is closed already; the BYE comes by the other socket.
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }
}

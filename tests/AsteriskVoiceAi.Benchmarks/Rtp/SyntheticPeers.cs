using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using AsteriskVoiceAi.Asterisk.Rtp;
using AsteriskVoiceAi.Benchmarks.Reporting;

namespace AsteriskVoiceAi.Benchmarks.Rtp;

/// <summary>
/// The far ends of many RTP links, in a process and on a thread of their own: each sends a packet every 20 ms to whoever sent to it first,
/// and notes when packets come. Speaks over its standard input and output: says its ports, runs until a line comes, says what it saw.
/// </summary>
internal sealed class SyntheticPeers : IDisposable
{
    /// <summary>Packets that are not judged: the first seconds are the compiler's.</summary>
    private const int WarmUpPackets = 150;

    private readonly EventPoll _poll = new();
    private readonly Peer[] _peers;
    private readonly PacingWheel<Peer> _wheel = new(Stopwatch.GetTimestamp());
    private readonly byte[] _datagram = new byte[2048];
    private readonly byte[] _sender = new byte[PeerAddress.Bytes];
    private volatile bool _stopping;

    private SyntheticPeers(int streams, TimeSpan longest)
    {
        var most = (int)(longest.TotalSeconds * 50);
        _peers = [.. Enumerable.Range(0, streams).Select(_ => new Peer(DatagramSocket.Bind(IPAddress.Loopback, 0, tellRefusals: false), most))];
        for (var i = 0; i < streams; i++)
            _poll.Add(_peers[i].Socket.Handle, (ulong)i);
    }

    public static void Run(int streams, TimeSpan longest)
    {
        using var peers = new SyntheticPeers(streams, longest);
        Console.Out.WriteLine(string.Join(' ', peers._peers.Select(static peer => peer.Socket.LocalEndPoint.Port)));
        var thread = new Thread(peers.Loop);
        thread.Start();
        Console.In.ReadLine();
        peers._stopping = true;
        peers._poll.Wake();
        thread.Join();
        Console.Out.WriteLine(peers.Report());
    }

    public void Dispose()
    {
        foreach (var peer in _peers)
            peer.Socket.Dispose();
        _poll.Dispose();
    }

    private void Loop()
    {
        EventPoll.PreferThisThread();
        var ready = new ulong[128];
        while (!_stopping)
        {
            var due = _wheel.NextDue;
            var count = _poll.Wait(ready, due, due <= Stopwatch.GetTimestamp());
            var now = Stopwatch.GetTimestamp();
            foreach (var tag in ready.AsSpan(0, count))
                Receive(_peers[tag], now);
            while (_wheel.TryTurn(Stopwatch.GetTimestamp(), out var members))
            {
                foreach (var peer in members)
                    peer.Send();
            }
        }
    }

    private void Receive(Peer peer, long now)
    {
        var length = peer.Socket.Receive(_datagram, _sender);
        // Reports go to the port above, which may be that of another peer.
        if (length <= 0 || !RtpPacket.TryParse(_datagram.AsSpan(0, length), out var packet))
            return;
        if (peer.Target is null)
        {
            peer.Target = new PeerAddress(new IPEndPoint(IPAddress.Loopback, BinaryPrimitives.ReadUInt16BigEndian(_sender.AsSpan(2))));
            _wheel.Add(peer, now);
        }
        peer.Note(packet.Sequence, now);
    }

    /// <returns>Pacing error p50, p99 and maximum in ms, packets lost, packets that came.</returns>
    private string Report()
    {
        var errors = new List<double>();
        long lost = 0, came = 0;
        foreach (var peer in _peers)
        {
            var arrivals = peer.Arrivals[WarmUpPackets..Math.Max(WarmUpPackets, peer.Last)];
            lost += arrivals.Count(static at => at == 0);
            came += arrivals.Count(static at => at != 0);
            // Against the beat that no packet of this stream was ahead of.
            var lateness = arrivals.Select(static (at, i) => (At: at, Late: at - (i * PacingWheel<Peer>.Period))).Where(static packet => packet.At != 0).Select(static packet => packet.Late).ToArray();
            if (lateness.Length > 0)
                errors.AddRange(lateness.Select(late => (late - lateness.Min()) / 1e6));
        }
        if (errors.Count == 0)
            throw new InvalidOperationException("No packets came.");
        return string.Create(CultureInfo.InvariantCulture, $"{Percentiles.At(errors, 0.5)} {Percentiles.At(errors, 0.99)} {errors.Max()} {lost} {came}");
    }

    private sealed class Peer(DatagramSocket socket, int most)
    {
        private readonly byte[] _packet = new byte[172];
        private RtpStreamState _stream = RtpStreamState.New();
        private int? _first;

        public DatagramSocket Socket => socket;

        public PeerAddress? Target { get; set; }

        /// <summary>When each packet came, by its number from the first; 0 = it did not.</summary>
        public long[] Arrivals { get; } = new long[most];

        /// <summary>The highest such number.</summary>
        public int Last { get; private set; }

        public void Note(ushort sequence, long now)
        {
            _first ??= sequence;
            var number = (ushort)(sequence - _first.Value);
            if (number >= Arrivals.Length)
                return;
            Arrivals[number] = now;
            Last = Math.Max(Last, number);
        }

        public void Send()
        {
            RtpPacket.WriteHeader(_packet, 0, marker: false, _stream);
            _stream = _stream with { Sequence = (ushort)(_stream.Sequence + 1), Timestamp = _stream.Timestamp + 160 };
            socket.Send(_packet, Target!);
        }
    }
}

using System.Net;
using System.Runtime.InteropServices;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>
/// Audio of one call over RTP. From its beginning it sends a frame every 20 ms, silence when nothing plays, and hears only the peer that
/// ARI named. All of it runs on its loop's thread, but for playing, receiving and reading numbers.
/// </summary>
internal sealed class RtpLink : IMediaLink
{
    /// <summary>Nanoseconds in a unit of the RTP clock: 125,000.</summary>
    private const long RtpUnit = 1_000_000_000 / MediaFormat.RtpClockRate;

    private readonly RtpPort _port;
    private readonly RtpLoop _loop;
    private readonly RtpStatus _status;
    private readonly ILogger _logger;
    private readonly string? _call = CallLogScope.Current;
    private readonly bool _learnPort;
    private readonly RtpReception _reception;
    private readonly RtpTransmitter _transmitter;
    private readonly RtcpSession _rtcp;
    private readonly PeerLife _life;
    private readonly ReceiveBuffer _received;
    private readonly PlayoutQueue _playbacks = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Task> _disposing;
    private PeerAddress _rtpPeer;
    private PeerAddress _rtcpPeer;
    private bool _portKnown;
    private IPEndPoint? _stranger;
    private long _strangers;
    private long _senseless;
    private long _missedTurns;

    public RtpLink(RtpPort port, RtpLoop loop, IPEndPoint asterisk, MediaFormat format, RtpStreamState stream, RtpLinkServices services, long now)
    {
        (_port, _loop, Asterisk, Format) = (port, loop, asterisk, format);
        (_status, _logger, _learnPort) = (services.Status, services.Logger, services.Options.LearnPort);
        _received = new ReceiveBuffer(format.SampleRate);
        _reception = new RtpReception(format, _received, services.Options.JitterMin, services.Options.JitterMax);
        _transmitter = new RtpTransmitter(format, _playbacks, stream);
        _rtcp = new RtcpSession(services.Name, services.Time.GetUtcNow(), now);
        _life = new PeerLife(services.Options.DeadAfter);
        (_rtpPeer, _rtcpPeer) = Peers(asterisk);
        _disposing = new Lazy<Task>(EndAsync);
    }

    public MediaTransport Transport => MediaTransport.Rtp;

    public MediaFormat Format { get; }

    public int SampleRate => Format.SampleRate;

    public Task Ended => _ended.Task;

    public IPEndPoint LocalEndPoint => _port.LocalEndPoint;

    /// <summary>Where it sends to: what ARI told, or what was learned since.</summary>
    public IPEndPoint Asterisk { get; private set; }

    /// <summary>Why it ended, for the log and the media doctor; null while it runs.</summary>
    public string? EndReason { get; private set; }

    /// <summary>Numbers of the next packet. For a link that takes this one's place once this one was disposed: without that its packets might be dropped as old.</summary>
    public RtpStreamState StreamState => _transmitter.State;

    public MediaCounters Counters => new(
        Received: _reception.Frames,
        Sent: _transmitter.Packets,
        Consumed: Consumed(),
        Lost: _reception.Jitter.Lost,
        Late: _reception.Jitter.Late,
        Duplicate: _reception.Jitter.Duplicate,
        Reordered: _reception.Jitter.Reordered,
        Concealed: _reception.Jitter.Concealed,
        Foreign: Volatile.Read(ref _strangers) + Volatile.Read(ref _senseless) + _reception.WrongPayloads,
        Jitter: Units(_reception.Jitter.Jitter));

    /// <summary>What <see cref="Counters"/> has no place for.</summary>
    public RtpStatistics Statistics => new(
        Remote: _rtcp.Remote is { } report ? new(report.Fraction / 256.0, report.Lost, Units(report.Jitter)) : null,
        RoundTrip: _rtcp.RoundTrip,
        Wait: Units((uint)_reception.Jitter.Wait),
        SsrcChanges: _reception.SsrcChanges,
        Restarts: _reception.Jitter.Restarts,
        Strangers: Volatile.Read(ref _strangers),
        Stranger: Volatile.Read(ref _stranger),
        WrongPayloads: _reception.WrongPayloads,
        WrongPayloadType: _reception.WrongPayloadType);

    public event Action<char>? KeyPressed;

    /// <summary>The loop's own note of where this link sits.</summary>
    internal (int Index, int Slot)? Seat { get; set; }

    /// <summary>The loop has served it and does so no more.</summary>
    internal bool HasLeft { get; set; }

    internal bool HasEnded => _ended.Task.IsCompleted;

    internal SafeHandle RtpHandle => _port.Rtp.Handle;

    internal SafeHandle RtcpHandle => _port.Rtcp.Handle;

    public ValueTask<int> ReceiveAsync(Memory<short> frame, CancellationToken cancellationToken) => _received.ReadAsync(frame, cancellationToken);

    public Task<int> PlayAsync(ReadOnlyMemory<short> samples, CancellationToken stop) => _playbacks.PlayAsync(samples, stop);

    /// <summary>Ends it with a goodbye and gives its ports back.</summary>
    public async ValueTask DisposeAsync() => await _disposing.Value;

    /// <summary>Nothing more goes in or out. Whoever comes first gives the reason.</summary>
    internal void End(string reason)
    {
        if (HasEnded)
            return;
        EndReason = reason;
        _playbacks.End();
        _received.End();
        _ended.TrySetResult();
    }

    /// <summary>The loop begins to serve it.</summary>
    internal void Begin(long now, long missedTurns)
    {
        _missedTurns = missedTurns;
        _life.Begin(now);
    }

    /// <summary>Packets wait at the RTP port. One is read a call: what is left makes the socket ready again.</summary>
    internal void ReadRtp(RtpWorkspace workspace, long now)
    {
        var length = _port.Rtp.Receive(workspace.Datagram, workspace.Sender);
        if (length == DatagramSocket.Refused)
            _life.Refused(now);
        if (length < 0 || HasEnded)
            return;
        var datagram = workspace.Datagram.AsSpan(0, Math.Min(length, workspace.Datagram.Length));
        if (!IsPeer(_rtpPeer, workspace.Sender))
        {
            CountStranger(workspace.Sender);
        }
        else if (length <= workspace.Datagram.Length && RtpPacket.TryParse(datagram, out var packet))
        {
            if (!_portKnown)
                Learn(workspace.Sender);
            _life.Heard(now);
            if (_reception.Take(packet, workspace, now / RtpUnit) is { } key)
                KeyPressed?.Invoke(key);
        }
        else if (!TakeRtcp(datagram, now))
        {
            Volatile.Write(ref _senseless, _senseless + 1);
        }
    }

    /// <summary>Reports wait at the RTCP port.</summary>
    internal void ReadRtcp(RtpWorkspace workspace, long now)
    {
        var length = _port.Rtcp.Receive(workspace.Datagram, workspace.Sender);
        if (length < 0 || HasEnded)
            return;
        if (!IsPeer(_rtcpPeer, workspace.Sender))
            CountStranger(workspace.Sender);
        else if (length > workspace.Datagram.Length || !TakeRtcp(workspace.Datagram.AsSpan(0, length), now))
            Volatile.Write(ref _senseless, _senseless + 1);
    }

    /// <summary>Every 20 ms.</summary>
    /// <param name="missedTurns">Turns that all links were not given so far, because the machine stood still.</param>
    internal void TakeTurn(RtpWorkspace workspace, long now, long missedTurns)
    {
        if (HasEnded)
            return;
        if (missedTurns != _missedTurns)
        {
            _transmitter.Skip(missedTurns - _missedTurns);
            _missedTurns = missedTurns;
        }
        _reception.Tick(workspace, now / RtpUnit);
        var length = _transmitter.Write(workspace.Outgoing);
        if (_port.Rtp.Send(workspace.Outgoing.AsSpan(0, length), _rtpPeer) is var sent and < 0)
        {
            _status.SendFailed();
            if (sent == DatagramSocket.Refused)
                _life.Refused(now);
        }
        if (_rtcp.IsDue(now))
            Report(workspace, now);
        if (_life.EndReason(now) is { } reason)
        {
            using (CallLogScope.Begin(_logger, _call))
                _logger.PeerGone(Asterisk, LocalEndPoint, reason);
            End(reason);
        }
    }

    /// <summary>The loop serves it no more.</summary>
    internal void Leave(RtpWorkspace workspace)
    {
        var length = _rtcp.WriteGoodbye(workspace.Outgoing, _transmitter, _reception.Ssrc, ref _reception.Count, _reception.Jitter.Jitter, RtpLinkServices.Now);
        _port.Rtcp.Send(workspace.Outgoing.AsSpan(0, length), _rtcpPeer);
        _reception.Jitter.Reset();
    }

    private async Task EndAsync()
    {
        End("done with the call");
        await _loop.RemoveAsync(this);
        _port.Close();
        _status.LinkEnded();
        _logger.Ended(LocalEndPoint, Asterisk, EndReason!, Counters);
    }

    private bool TakeRtcp(ReadOnlySpan<byte> datagram, long now)
    {
        if (!_rtcp.Read(datagram, _transmitter.Ssrc, _reception.Ssrc, now, out var goodbye))
            return false;
        _life.Reported(now, goodbye);
        return true;
    }

    private void Report(RtpWorkspace workspace, long now)
    {
        var length = _rtcp.Write(workspace.Outgoing, _transmitter, _reception.Ssrc, ref _reception.Count, _reception.Jitter.Jitter, now);
        _port.Rtcp.Send(workspace.Outgoing.AsSpan(0, length), _rtcpPeer);
    }

    private bool IsPeer(PeerAddress peer, ReadOnlySpan<byte> sender) => _learnPort && !_portKnown ? peer.IsSameHost(sender) : peer.IsSame(sender);

    /// <summary>The first valid packet decides which port is the peer's.</summary>
    private void Learn(ReadOnlySpan<byte> sender)
    {
        _portKnown = true;
        if (_rtpPeer.IsSame(sender))
            return;
        Asterisk = _rtpPeer.WithPortOf(sender).EndPoint;
        (_rtpPeer, _rtcpPeer) = Peers(Asterisk);
        using var scope = CallLogScope.Begin(_logger, _call);
        _logger.PortLearned(LocalEndPoint, Asterisk);
    }

    private void CountStranger(ReadOnlySpan<byte> sender)
    {
        _status.StrangerDropped();
        Volatile.Write(ref _strangers, _strangers + 1);
        if (_stranger is not null || !_rtpPeer.IsSameFamily(sender))
            return;
        Volatile.Write(ref _stranger, _rtpPeer.Read(sender));
        using var scope = CallLogScope.Begin(_logger, _call);
        _logger.Stranger(LocalEndPoint, _stranger!, Asterisk);
    }

    /// <summary>From the last number that the peer says it saw; null until it said so, or if what it says makes no sense.</summary>
    private long? Consumed()
    {
        if (_rtcp.Remote is not { } report)
            return null;
        var onTheWay = (ushort)(_transmitter.State.Sequence - 1 - (ushort)report.Highest);
        return Math.Clamp(_transmitter.Packets - onTheWay - Math.Max(0, report.Lost), 0, _transmitter.Packets);
    }

    /// <summary>RTCP has the port above RTP's (RFC 3550, section 11).</summary>
    private static (PeerAddress Rtp, PeerAddress Rtcp) Peers(IPEndPoint rtp) => (new(rtp), new(new IPEndPoint(rtp.Address, Math.Min(rtp.Port + 1, IPEndPoint.MaxPort))));

    private static TimeSpan Units(uint units) => TimeSpan.FromSeconds((double)units / MediaFormat.RtpClockRate);
}

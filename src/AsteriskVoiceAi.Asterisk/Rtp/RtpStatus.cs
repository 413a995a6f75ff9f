namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>Gauges and counters of RTP. Thread-safe.</summary>
public sealed class RtpStatus
{
    private int _ports;
    private int _links;
    private long _strangers;
    private long _sendFailures;

    /// <summary>Pairs of ports in use now, with or without a link.</summary>
    public int Ports => Volatile.Read(ref _ports);

    /// <summary>Links that carry a call's audio now.</summary>
    public int Links => Volatile.Read(ref _links);

    /// <summary>Packets that came from somebody else than the Asterisk of the call: dropped.</summary>
    public long Strangers => Volatile.Read(ref _strangers);

    /// <summary>Packets that the system or the peer's host refused.</summary>
    public long SendFailures => Volatile.Read(ref _sendFailures);

    internal void PortTaken() => Interlocked.Increment(ref _ports);

    internal void PortFreed() => Interlocked.Decrement(ref _ports);

    internal void LinkStarted() => Interlocked.Increment(ref _links);

    internal void LinkEnded() => Interlocked.Decrement(ref _links);

    internal void StrangerDropped() => Interlocked.Increment(ref _strangers);

    internal void SendFailed() => Interlocked.Increment(ref _sendFailures);
}

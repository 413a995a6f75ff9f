namespace AsteriskVoiceAi.Asterisk.FastAgi;

/// <summary>Gauges and counters of the FastAGI port. Thread-safe.</summary>
public sealed class FastAgiStatus
{
    private int _connectionsOpen;
    private int _callsActive;
    private long _calls;
    private long _refused;
    private long _broken;

    /// <summary>Connections open now.</summary>
    public int ConnectionsOpen => Volatile.Read(ref _connectionsOpen);

    /// <summary>Calls that the service serves now.</summary>
    public int CallsActive => Volatile.Read(ref _callsActive);

    /// <summary>Calls taken since start.</summary>
    public long Calls => Volatile.Read(ref _calls);

    /// <summary>Calls sent back to the dialplan unserved: draining or over capacity.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Connections closed because the peer may not connect or did not speak the protocol.</summary>
    public long Broken => Volatile.Read(ref _broken);

    internal int ConnectionOpened() => Interlocked.Increment(ref _connectionsOpen);

    internal void ConnectionClosed() => Interlocked.Decrement(ref _connectionsOpen);

    internal void CallStarted()
    {
        Interlocked.Increment(ref _callsActive);
        Interlocked.Increment(ref _calls);
    }

    internal void CallEnded() => Interlocked.Decrement(ref _callsActive);

    internal void RefusedOne() => Interlocked.Increment(ref _refused);

    internal void BrokenOne() => Interlocked.Increment(ref _broken);
}

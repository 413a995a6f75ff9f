namespace AsteriskVoiceAi.Asterisk.AudioSocket;

/// <summary>Gauges and counters of the AudioSocket port. Thread-safe.</summary>
public sealed class AudioSocketStatus
{
    private int _socketsOpen;
    private int _linksActive;
    private long _refused;
    private long _skippedFrames;

    /// <summary>Connections open now, with or without a call.</summary>
    public int SocketsOpen => Volatile.Read(ref _socketsOpen);

    /// <summary>Connections that carry a call's audio now.</summary>
    public int LinksActive => Volatile.Read(ref _linksActive);

    /// <summary>Connections closed because they spoke another protocol or named a call that nobody waits for.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Frames of 20 ms not sent because Asterisk did not take them in time.</summary>
    public long SkippedFrames => Volatile.Read(ref _skippedFrames);

    internal void SocketOpened() => Interlocked.Increment(ref _socketsOpen);

    internal void SocketClosed() => Interlocked.Decrement(ref _socketsOpen);

    internal void LinkStarted() => Interlocked.Increment(ref _linksActive);

    internal void LinkEnded() => Interlocked.Decrement(ref _linksActive);

    internal void RefusedOne() => Interlocked.Increment(ref _refused);

    internal void Skipped() => Interlocked.Increment(ref _skippedFrames);
}

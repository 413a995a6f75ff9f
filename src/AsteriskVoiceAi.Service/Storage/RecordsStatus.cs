namespace AsteriskVoiceAi.Service.Storage;

/// <summary>How the writing of records does, for health, status pages and metrics. Thread-safe.</summary>
internal sealed class RecordsStatus
{
    private volatile StorageFault? _fault;
    private volatile bool _tried;
    private long _written;
    private long _lost;
    private int _waiting;

    /// <summary>Records are kept.</summary>
    public bool Enabled { get; init; }

    /// <summary>Where, for people.</summary>
    public string Database { get; init; } = "";

    /// <summary>The service is on its way up, and nobody knows yet how the database is.</summary>
    public bool IsOpening => Enabled && !_tried;

    /// <summary>Why nothing can be written now; null = all is well.</summary>
    public string? Fault => _fault?.Message;

    /// <summary>The same as a short stable word; null = all is well.</summary>
    public string? Cause => _fault?.Cause;

    /// <summary>Calls and turns written since the service began.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Calls whose record, or a part of it, was lost since then.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>Calls and turns that wait to be written.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    internal void CountWritten(int rows) => Interlocked.Add(ref _written, rows);

    internal void SetLost(long calls) => Volatile.Write(ref _lost, calls);

    internal void SetWaiting(int rows) => Volatile.Write(ref _waiting, rows);

    /// <returns>Whether this is news.</returns>
    internal bool Fails(StorageFault fault)
    {
        var before = Interlocked.Exchange(ref _fault, fault);
        _tried = true;
        return before?.Cause != fault.Cause;
    }

    /// <returns>Whether it had failed before.</returns>
    internal bool Works()
    {
        _tried = true;
        return Interlocked.Exchange(ref _fault, null) is not null;
    }
}

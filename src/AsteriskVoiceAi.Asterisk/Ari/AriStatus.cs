using System.Net;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>State of the connection to Asterisk, for health checks, metrics and the dashboard. Thread-safe.</summary>
public sealed class AriStatus
{
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private HttpStatusCode? _refusal;
    private int _activeCalls;
    private int _mediaSockets;
    private int _mediaChannels;
    private int _bridges;
    private long _eventsBegun;
    private long _eventsDone;

    internal AriStatus(TimeProvider time)
    {
        _time = time;
        Since = time.GetUtcNow();
    }

    /// <summary>Something in here changed. Raised on the thread that changed it.</summary>
    public event Action? Changed;

    /// <summary>Asterisk sends us the app's calls.</summary>
    public bool Connected { get; private set; }

    /// <summary>Another instance serves the app; this one waits to take over.</summary>
    public bool Standby { get; private set; }

    /// <summary>When <see cref="Connected"/> last changed.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>Why the connection was lost or could not be made, in an operator's words; null while connected.</summary>
    public string? LastError { get; private set; }

    /// <summary>Asterisk's version, empty before the first connection.</summary>
    public string AsteriskVersion { get; private set; } = "";

    /// <summary>Callers in our hands.</summary>
    public int ActiveCalls => Volatile.Read(ref _activeCalls);

    /// <summary>Open media WebSockets.</summary>
    public int MediaSockets => Volatile.Read(ref _mediaSockets);

    /// <summary>Media channels in Asterisk that we made and have not deleted.</summary>
    public int MediaChannels => Volatile.Read(ref _mediaChannels);

    /// <summary>Bridges in Asterisk that we made and have not deleted.</summary>
    public int Bridges => Volatile.Read(ref _bridges);

    /// <summary>Events of Asterisk whose handling has begun.</summary>
    internal long EventsBegun => Volatile.Read(ref _eventsBegun);

    /// <summary>Those of them that are done with, which takes microseconds.</summary>
    internal long EventsDone => Volatile.Read(ref _eventsDone);

    internal void EventBegins() => Interlocked.Increment(ref _eventsBegun);

    internal void EventEnds() => Interlocked.Increment(ref _eventsDone);

    internal void SetConnected(string version)
    {
        lock (_gate)
        {
            (Connected, Standby, LastError, AsteriskVersion) = (true, false, null, version);
            Since = _time.GetUtcNow();
        }
        Changed?.Invoke();
    }

    /// <param name="status">With what Asterisk refused us; null = it said nothing.</param>
    /// <returns>Whether this is news: it was connected, it is the first failure, or it fails in another way than before.</returns>
    internal bool SetDisconnected(string error, HttpStatusCode? status = null)
    {
        bool news;
        lock (_gate)
        {
            news = Connected || LastError is null || _refusal != status;
            _refusal = status;
            if (Connected)
                Since = _time.GetUtcNow();
            (Connected, Standby, LastError) = (false, false, error);
        }
        Changed?.Invoke();
        return news;
    }

    /// <returns>Whether this is news.</returns>
    internal bool SetStandby()
    {
        bool news;
        lock (_gate)
        {
            news = !Standby;
            if (Connected)
                Since = _time.GetUtcNow();
            (Connected, Standby, LastError) = (false, true, null);
        }
        Changed?.Invoke();
        return news;
    }

    internal void CountCall(int by) => Count(ref _activeCalls, by);

    internal void CountMediaSocket(int by) => Count(ref _mediaSockets, by);

    internal void CountMediaChannel(int by) => Count(ref _mediaChannels, by);

    internal void CountBridge(int by) => Count(ref _bridges, by);

    private void Count(ref int counter, int by)
    {
        Interlocked.Add(ref counter, by);
        Changed?.Invoke();
    }
}

using System.Threading.Channels;

namespace AsteriskVoiceAi.Calls;

/// <summary>Hands every <see cref="CallEvent"/> to whoever watches. A slow watcher loses the oldest events, never a call its time.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class CallEvents
{
    /// <summary>Events that may wait for a watcher: some minutes of a hundred calls.</summary>
    private const int Waiting = 1000;

    private readonly Lock _gate = new();
    private Channel<CallEvent>[] _watchers = [];

    public void Publish(CallEvent happened)
    {
        foreach (var watcher in _watchers)
            watcher.Writer.TryWrite(happened);
    }

    /// <summary>Events from this moment on, until the watch is disposed.</summary>
    /// <param name="waiting">Events that may wait for this watcher; more lose it the oldest.</param>
    /// <param name="lost">Told of each that was lost, on the thread of the call: must not block.</param>
    public Watch Begin(int waiting = Waiting, Action<CallEvent>? lost = null)
    {
        var watcher = Channel.CreateBounded(new BoundedChannelOptions(waiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, lost);
        lock (_gate)
            _watchers = [.. _watchers, watcher];
        return new Watch(this, watcher);
    }

    private void End(Channel<CallEvent> watcher)
    {
        lock (_gate)
            _watchers = [.. _watchers.Where(w => w != watcher)];
        watcher.Writer.TryComplete();
    }

    /// <summary>One watcher's events.</summary>
    public sealed class Watch : IDisposable
    {
        private readonly CallEvents _events;
        private readonly Channel<CallEvent> _watcher;

        internal Watch(CallEvents events, Channel<CallEvent> watcher) => (_events, _watcher) = (events, watcher);

        public ChannelReader<CallEvent> Reader => _watcher.Reader;

        public void Dispose() => _events.End(_watcher);
    }
}

using System.Collections.Concurrent;
using System.Threading.Channels;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Telemetry;

namespace AsteriskVoiceAi.Calls;

/// <summary>Hands every <see cref="CallEvent"/> to whoever watches. A slow watcher loses the oldest events, never a call its time.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="followers">Get every event of every call that is followed: none is lost to them.</param>
public sealed class CallEvents(params IReadOnlyList<ICallFollower> followers)
{
    /// <summary>Events that may wait for a watcher: some minutes of a hundred calls.</summary>
    private const int Waiting = 1000;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, ICallFollowing[]> _followed = new();
    private Channel<CallEvent>[] _watchers = [];

    public void Publish(CallEvent happened)
    {
        if (_followed.TryGetValue(happened.CallId, out var followings))
        {
            foreach (var following in followings)
                following.On(happened);
        }
        foreach (var watcher in _watchers)
            watcher.Writer.TryWrite(happened);
    }

    /// <summary>From here on the followers are told what happens in this call, until what is returned is disposed.</summary>
    internal IDisposable Follow(IncomingCall call)
    {
        var followed = new Followed(this, call.Id, [.. followers.Select(follower => follower.Follow(call))]);
        _followed[call.Id] = followed.Followings;
        return followed;
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

    private sealed class Followed(CallEvents events, string call, ICallFollowing[] followings) : IDisposable
    {
        public ICallFollowing[] Followings => followings;

        public void Dispose()
        {
            // Only our own: a call that came back may be followed anew by now.
            events._followed.TryRemove(new(call, followings));
            foreach (var following in followings)
                following.Dispose();
        }
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

using System.Collections.Concurrent;

namespace AsteriskVoiceAi.Asterisk.AudioSocket;

/// <summary>Deadlines of many connections on one timer that looks once a second: an idle connection costs one dictionary entry.</summary>
internal sealed class ConnectionDeadlines : IDisposable
{
    private readonly ConcurrentDictionary<Deadline, byte> _watched = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    public ConnectionDeadlines(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static all => ((ConnectionDeadlines)all!).Look(), this, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public int Watched => _watched.Count;

    /// <summary>A deadline that is not set yet.</summary>
    /// <param name="expired">Called once, on the timer's thread, up to a second late; must not block.</param>
    public Deadline Watch(Action expired)
    {
        var deadline = new Deadline(this, expired);
        _watched[deadline] = 0;
        return deadline;
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var now = _time.GetTimestamp();
        foreach (var (deadline, _) in _watched)
            deadline.Look(now);
    }

    internal sealed class Deadline(ConnectionDeadlines all, Action expired) : IDisposable
    {
        private long _at = long.MaxValue;
        private int _expired;

        public bool Expired => Volatile.Read(ref _expired) == 1;

        /// <summary>Starts it anew.</summary>
        public void Set(TimeSpan after) =>
            Volatile.Write(ref _at, all._time.GetTimestamp() + (long)(after.TotalSeconds * all._time.TimestampFrequency));

        public void Clear() => Volatile.Write(ref _at, long.MaxValue);

        public void Dispose() => all._watched.TryRemove(this, out _);

        internal void Look(long now)
        {
            if (now >= Volatile.Read(ref _at) && Interlocked.Exchange(ref _expired, 1) == 0)
                expired();
        }
    }
}

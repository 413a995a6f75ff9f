namespace AsteriskVoiceAi.Audio;

/// <summary>
/// Ticks every 20 ms for all calls at once: one timer in the process, none per call. Late ticks are made up for, so that
/// over any stretch the number of ticks is the elapsed time divided by 20 ms. Without subscribers it stands still and costs nothing.
/// </summary>
/// <remarks>Subscribers are called one after another on the clock's thread and must return within microseconds.</remarks>
public sealed class FrameClock : IDisposable
{
    /// <summary>20 ms.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    /// <summary>Ticks that may be made up for in one go; beyond 200 ms the machine was suspended and the past is let go.</summary>
    private const int MaxBehind = 10;

    // 5 ms: the timer is coarse (it may fire a few ms late), so it looks often and ticks when a period is full.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private long _started;
    private Action[] _subscribers = [];
    private long _ticks;

    public FrameClock(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static clock => ((FrameClock)clock!).Advance(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Calls <paramref name="tick"/> every 20 ms until the result is disposed.</summary>
    public IDisposable Subscribe(Action tick)
    {
        lock (_gate)
        {
            if (_subscribers.Length == 0)
            {
                (_started, _ticks) = (_time.GetTimestamp(), 0);
                _timer.Change(Look, Look);
            }
            _subscribers = [.. _subscribers, tick];
        }
        return new Subscription(this, tick);
    }

    public void Dispose() => _timer.Dispose();

    private void Advance()
    {
        if (!_gate.TryEnter())
            return;
        try
        {
            var due = _time.GetElapsedTime(_started).Ticks / Period.Ticks;
            if (due - _ticks > MaxBehind)
                _ticks = due - 1;
            while (_ticks < due)
            {
                _ticks++;
                foreach (var tick in _subscribers)
                    tick();
            }
        }
        finally
        {
            _gate.Exit();
        }
    }

    private sealed class Subscription(FrameClock clock, Action tick) : IDisposable
    {
        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._subscribers = [.. clock._subscribers.Where(s => s != tick)];
                if (clock._subscribers.Length == 0)
                    clock._timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }
}

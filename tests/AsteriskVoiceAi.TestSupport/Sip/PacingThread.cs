namespace AsteriskVoiceAi.TestSupport.Sip;

/// <summary>
/// The 20 ms beat of all test callers, and the delays of their lines: one thread of its own, so that a busy thread pool cannot delay a packet.
/// Beats are counted from the start of the thread; late ones are made up for.
/// </summary>
internal sealed class PacingThread
{
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    private static readonly Lazy<PacingThread> Process = new(() => new PacingThread());

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _sooner = new(false);
    private readonly PriorityQueue<Action, Moment> _later = new();
    private Action[] _subscribers = [];

    private PacingThread()
    {
        var thread = new Thread(Run) { IsBackground = true, Name = "test callers' pacing", Priority = ThreadPriority.Highest };
        thread.Start();
    }

    public static PacingThread Shared => Process.Value;

    public void Subscribe(Action beat)
    {
        lock (_gate)
            _subscribers = [.. _subscribers, beat];
    }

    public void Unsubscribe(Action beat)
    {
        lock (_gate)
            _subscribers = [.. _subscribers.Where(s => s != beat)];
    }

    /// <summary>Does something at an instant, or at once when that is past; it must be quick.</summary>
    public void At(Moment due, Action act)
    {
        lock (_gate)
            _later.Enqueue(act, due);
        _sooner.Set();
    }

    private void Run()
    {
        var beat = Moment.Now + Period;
        while (true)
        {
            Wait(beat);
            while (TakeDue() is { } act)
                act();
            if (Moment.Now < beat)
                continue;
            beat += Period;
            // More than 1 s behind: the machine was suspended, and nobody wants that second in one burst.
            if (Moment.Now - beat > TimeSpan.FromSeconds(1))
                beat = Moment.Now + Period;
            foreach (var subscriber in Volatile.Read(ref _subscribers))
                subscriber();
        }
    }

    /// <summary>Until the beat, or until something else is due; at most 1 ms late, never early.</summary>
    private void Wait(Moment beat)
    {
        while (true)
        {
            var until = beat;
            lock (_gate)
            {
                if (_later.TryPeek(out _, out var due) && due < until)
                    until = due;
            }
            var left = until - Moment.Now;
            if (left <= TimeSpan.Zero)
                return;
            // Rounded up to whole milliseconds, which is what the wait understands.
            _sooner.WaitOne((int)Math.Ceiling(left.TotalMilliseconds));
        }
    }

    private Action? TakeDue()
    {
        lock (_gate)
            return _later.TryPeek(out _, out var due) && due <= Moment.Now ? _later.Dequeue() : null;
    }
}

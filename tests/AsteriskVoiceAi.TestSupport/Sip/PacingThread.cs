namespace AsteriskVoiceAi.TestSupport.Sip;

/// <summary>
/// The 20 ms beat of all test callers: one thread of its own, so that a busy thread pool cannot delay a packet.
/// Beats are counted from the start of the thread; late ones are made up for.
/// </summary>
internal sealed class PacingThread
{
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    private static readonly Lazy<PacingThread> Process = new(() => new PacingThread());

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _never = new(false);
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

    private void Run()
    {
        var next = Moment.Now;
        while (true)
        {
            next += Period;
            // Rounded up to whole milliseconds, which is what the wait understands; at most 1 ms late, never early.
            for (var left = next - Moment.Now; left > TimeSpan.Zero; left = next - Moment.Now)
                _never.WaitOne((int)Math.Ceiling(left.TotalMilliseconds));
            // More than 1 s behind: the machine was suspended, and nobody wants that second in one burst.
            if (Moment.Now - next > TimeSpan.FromSeconds(1))
                next = Moment.Now;
            foreach (var beat in Volatile.Read(ref _subscribers))
                beat();
        }
    }
}

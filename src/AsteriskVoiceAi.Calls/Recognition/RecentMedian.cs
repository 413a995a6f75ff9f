namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>How long the recognitions of the last seconds took, their wait in line included. Thread-safe.</summary>
internal sealed class RecentDelays(TimeProvider time)
{
    /// <summary>Callers speak every five seconds or so: a load that was is over after a few of their turns.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(15);

    /// <summary>What one or two slow ones say is chance.</summary>
    private const int Fewest = 5;

    /// <summary>More than these in a window are a hundred callers; the latest are enough.</summary>
    private const int Kept = 64;

    private readonly Lock _gate = new();
    private readonly (long At, TimeSpan Took)[] _latest = new (long, TimeSpan)[Kept];
    private int _count;

    public void Add(TimeSpan took)
    {
        lock (_gate)
            _latest[_count++ % Kept] = (time.GetTimestamp(), took);
    }

    /// <summary>The one in the middle; null = too few to tell.</summary>
    public TimeSpan? Median
    {
        get
        {
            lock (_gate)
            {
                var recent = _latest.Take(Math.Min(_count, Kept)).Where(one => time.GetElapsedTime(one.At) <= Window).Select(one => one.Took).Order().ToList();
                return recent.Count < Fewest ? null : recent[recent.Count / 2];
            }
        }
    }
}

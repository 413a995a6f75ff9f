namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>What the recognitions of the last seconds measured, by the one in the middle: a cold one or a slow one among them changes nothing. Thread-safe.</summary>
internal sealed class RecentMedian<T>(TimeProvider time)
    where T : struct
{
    /// <summary>Callers speak every five seconds or so: a load that was is over after a few of their turns.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(15);

    /// <summary>What one or two slow ones say is chance.</summary>
    private const int Fewest = 5;

    /// <summary>More than these in a window are a hundred callers; the latest are enough.</summary>
    private const int Kept = 64;

    private readonly Lock _gate = new();
    private readonly (long At, T Value)[] _latest = new (long, T)[Kept];
    private int _count;

    public void Add(T value)
    {
        lock (_gate)
            _latest[_count++ % Kept] = (time.GetTimestamp(), value);
    }

    /// <summary>Null = too few to tell.</summary>
    public T? Value
    {
        get
        {
            lock (_gate)
            {
                var recent = _latest.Take(Math.Min(_count, Kept)).Where(one => time.GetElapsedTime(one.At) <= Window).Select(one => one.Value).Order().ToList();
                return recent.Count < Fewest ? null : recent[recent.Count / 2];
            }
        }
    }
}

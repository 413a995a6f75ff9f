namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>Counters of how turns are taken, over all calls. Thread-safe.</summary>
public sealed class ListeningStatus(TimeProvider? time = null)
{
    private readonly RecentMedian<TimeSpan> _delays = new(time ?? TimeProvider.System);
    private long _started;
    private long _used;
    private long _thrownAway;
    private long _recognizing;
    private long _ready;
    private long _withdrawn;
    private long _resumed;

    /// <summary>Recognitions begun in a pause, before it was known whether the caller goes on.</summary>
    public long SpeculationsStarted => Volatile.Read(ref _started);

    /// <summary>Of them those whose text was used.</summary>
    public long SpeculationsUsed => Volatile.Read(ref _used);

    /// <summary>Of them those that were for nothing: the caller went on, pressed a key or hung up.</summary>
    public long SpeculationsThrownAway => Volatile.Read(ref _thrownAway);

    /// <summary>Recognitions that run now.</summary>
    public long Recognizing => Volatile.Read(ref _recognizing);

    /// <summary>How long recognition took in the last 15 s, the wait in line included, in the middle of all; null = too few to tell.</summary>
    public TimeSpan? RecognitionDelay => _delays.Value;

    /// <summary>Utterances whose text was there when the silence was long enough, so that nobody waited for it.</summary>
    public long TextReadyAtEndpoint => Volatile.Read(ref _ready);

    /// <summary>Replies taken back because the caller went on.</summary>
    public long RepliesWithdrawn => Volatile.Read(ref _withdrawn);

    /// <summary>Prompts that were stopped by a sound that was no answer, and went on.</summary>
    public long PromptsResumed => Volatile.Read(ref _resumed);

    internal void Started()
    {
        Interlocked.Increment(ref _started);
        Interlocked.Increment(ref _recognizing);
    }

    /// <param name="took">Null = it was broken off because nobody wanted it any more.</param>
    internal void Recognized(TimeSpan? took)
    {
        Interlocked.Decrement(ref _recognizing);
        if (took is { } delay)
            _delays.Add(delay);
    }

    internal void ThrownAway() => Interlocked.Increment(ref _thrownAway);

    internal void Used(bool ready)
    {
        Interlocked.Increment(ref _used);
        if (ready)
            Interlocked.Increment(ref _ready);
    }

    internal void Withdrawn() => Interlocked.Increment(ref _withdrawn);

    internal void Resumed() => Interlocked.Increment(ref _resumed);
}

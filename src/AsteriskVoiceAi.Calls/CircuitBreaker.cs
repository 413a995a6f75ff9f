namespace AsteriskVoiceAi.Calls;

/// <summary>Whether an engine or a server is worth asking. After three failures in a row it rests, so that callers don't wait for it to fail again. Thread-safe.</summary>
public sealed class CircuitBreaker(TimeSpan rest, TimeProvider time)
{
    private const int FailuresInARow = 3;

    private readonly Lock _gate = new();
    private int _failures;
    private long _restingSince;

    /// <summary>When the rest is over everybody tries it; the first failure begins another.</summary>
    public bool IsResting
    {
        get
        {
            lock (_gate)
                return Rests();
        }
    }

    /// <summary>Asks for one attempt: when the rest is over one gets it, and for the others it goes on resting until that one knows.</summary>
    public bool TryAsk()
    {
        lock (_gate)
        {
            if (Rests())
                return false;
            if (_failures >= FailuresInARow)
                _restingSince = time.GetTimestamp();
            return true;
        }
    }

    public void Succeeded()
    {
        lock (_gate)
            _failures = 0;
    }

    public void Failed()
    {
        lock (_gate)
        {
            _failures++;
            _restingSince = time.GetTimestamp();
        }
    }

    private bool Rests() => _failures >= FailuresInARow && time.GetElapsedTime(_restingSince) < rest;
}

namespace AsteriskVoiceAi.Engines;

/// <summary>Whether a ladder's rung is worth trying. After some failures in a row it rests, so that callers don't wait for it to fail again.</summary>
internal sealed class RungHealth(TimeProvider time)
{
    private const int FailuresInARow = 3;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private int _failures;
    private long _restingSince;

    public bool IsResting
    {
        get
        {
            lock (_gate)
                return _failures >= FailuresInARow && time.GetElapsedTime(_restingSince) < Rest;
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
}

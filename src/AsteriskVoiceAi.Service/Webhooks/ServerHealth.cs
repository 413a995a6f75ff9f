namespace AsteriskVoiceAi.Service.Webhooks;

/// <summary>
/// Whether a server is worth asking. After some failures in a row it rests, so that callers don't wait for it to fail again; then one call
/// tries it, and the others go on resting until that one knows. Thread-safe.
/// </summary>
internal sealed class ServerHealth(TimeProvider time)
{
    private const int FailuresInARow = 3;

    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private int _failures;
    private long _restingSince;

    public bool MayAsk()
    {
        lock (_gate)
        {
            if (_failures < FailuresInARow)
                return true;
            if (time.GetElapsedTime(_restingSince) < Rest)
                return false;
            // The one that tries; the next has to wait as long again.
            _restingSince = time.GetTimestamp();
            return true;
        }
    }

    public void Answered()
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

using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines;

/// <summary>Lets so much work run at once. More waits in line; when the line is full, it is refused. Thread-safe.</summary>
/// <param name="full">Said when the line is full, with what an operator changes.</param>
internal sealed class BoundedLine(int places, int longest, string full) : IDisposable
{
    private readonly SemaphoreSlim _places = new(places);
    private int _waiting;

    /// <summary>Whether as much waits as can run.</summary>
    public bool IsCongested => Volatile.Read(ref _waiting) >= places;

    /// <exception cref="SpeechEngineException">The line is full.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > longest)
                throw new SpeechEngineException(full);
            await _places.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        try
        {
            return await work(cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();
}

using System.Globalization;

namespace AsteriskVoiceAi.TestSupport;

/// <summary>
/// Waiting for things to become true: a condition is looked at when it is asked for and after each <see cref="Pulse"/>, never on a timer of its own.
/// </summary>
/// <param name="describe">What is known so far; ends up in the message when a wait runs out.</param>
/// <remarks>Thread-safe. Conditions run under one lock, on the thread that pulses, and must be quick.</remarks>
public sealed class Waits(Func<string> describe)
{
    private readonly Lock _gate = new();
    private readonly List<Func<bool>> _pending = [];

    /// <summary>Waits until <paramref name="look"/> finds something.</summary>
    /// <param name="what">The event, as the subject of the message "… did not come within 5 s".</param>
    /// <exception cref="TimeoutException">It never came; says so, and what is known.</exception>
    public async Task<T> ForAsync<T>(string what, Func<T?> look, TimeSpan within, CancellationToken cancellationToken = default) where T : class
    {
        var found = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool Check() => look() is { } result && found.TrySetResult(result);
        lock (_gate)
        {
            if (!Check())
                _pending.Add(Check);
        }
        try
        {
            return await found.Task.WaitAsync(within, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"{what} did not come within {within.TotalSeconds:0.###} s.\n{describe()}"));
        }
        finally
        {
            lock (_gate)
                _pending.Remove(Check);
        }
    }

    /// <summary>Waits until <paramref name="condition"/> holds.</summary>
    public async Task UntilAsync(string what, Func<bool> condition, TimeSpan within, CancellationToken cancellationToken = default) =>
        await ForAsync(what, () => condition() ? this : null, within, cancellationToken);

    /// <summary>Something has changed: looks at all conditions again.</summary>
    public void Pulse()
    {
        lock (_gate)
            _pending.RemoveAll(static check => check());
    }
}

using AsteriskVoiceAi.Calls;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Engines;

/// <summary>
/// Engines in order of preference. One that fails or is over its time budget is passed over for the next, at once for this call and,
/// after three failures in a row, for half a minute of calls. When all rest, all are tried. Thread-safe.
/// </summary>
internal sealed class Ladder<TEngine>(string kind, IReadOnlyList<TEngine> rungs, Func<TEngine, string> nameOf, TimeSpan budget, string advice, TimeProvider time, ILogger logger, EngineMetrics? metrics = null)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly CircuitBreaker[] _health = [.. rungs.Select(_ => new CircuitBreaker(Rest, time))];

    public IReadOnlyList<TEngine> Rungs => rungs;

    /// <summary>For each rung whether it rests, after failures.</summary>
    public IEnumerable<(string Engine, bool IsResting)> Health => rungs.Select((rung, i) => (nameOf(rung), _health[i].IsResting));

    /// <param name="order">Rungs that can do this work, by their place in <see cref="Rungs"/>, the first to try first.</param>
    /// <exception cref="SpeechEngineException">No rung could; the message says what each one answered.</exception>
    public async ValueTask<TResult> ClimbAsync<TResult>(
        IReadOnlyList<int> order, Func<TEngine, CancellationToken, ValueTask<TResult>> work, CancellationToken cancellationToken)
    {
        var awake = order.Where(i => !_health[i].IsResting).ToList();
        List<string> failures = [];
        Exception? last = null;
        foreach (var rung in awake.Count > 0 ? awake : (IEnumerable<int>)order)
        {
            var started = time.GetTimestamp();
            try
            {
                var result = await WithinBudgetAsync(rungs[rung], work, cancellationToken);
                _health[rung].Succeeded();
                metrics?.Served(kind, nameOf(rungs[rung]), isFirstChoice: rung == order[0], time.GetElapsedTime(started));
                return result;
            }
            catch (SpeechEngineException e)
            {
                _health[rung].Failed();
                metrics?.Failed(kind, nameOf(rungs[rung]), isLate: e.InnerException is OperationCanceledException);
                EnginesLog.RungFailed(logger, kind, nameOf(rungs[rung]), e.Message);
                failures.Add($"{nameOf(rungs[rung])}: {e.Message}");
                last = e;
            }
        }
        throw new SpeechEngineException(failures.Count == 0 ? $"no {kind} engine is available; {advice}" : $"every {kind} engine failed ({string.Join("; ", failures)})", last);
    }

    private async ValueTask<TResult> WithinBudgetAsync<TResult>(TEngine engine, Func<TEngine, CancellationToken, ValueTask<TResult>> work, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(budget, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await work(engine, stop.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested)
        {
            throw new SpeechEngineException($"not done within its {budget.TotalSeconds:0.#} s", e);
        }
    }
}

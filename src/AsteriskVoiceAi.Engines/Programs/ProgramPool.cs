using System.Threading.Channels;
using AsteriskVoiceAi.Calls;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Engines.Programs;

/// <summary>Processes of one kind, kept running. Questions wait in one bounded line for the next that is free. Thread-safe.</summary>
internal sealed class ProgramPool<TProcess> : IAsyncDisposable
    where TProcess : PooledProcess
{
    private readonly PoolTerms _terms;
    private readonly ProgramKeeper<TProcess>[] _keepers;
    private readonly Channel<TProcess> _free = Channel.CreateUnbounded<TProcess>();
    private readonly TimeProvider _time;
    private int _waiting;

    /// <param name="start">Starts one and waits until it is up.</param>
    public ProgramPool(PoolTerms terms, Func<CancellationToken, Task<TProcess>> start, TimeProvider time, ILogger logger)
    {
        (_terms, _time) = (terms, time);
        _keepers = [.. Enumerable.Range(0, terms.Processes).Select(_ => new ProgramKeeper<TProcess>(terms, start, process => _free.Writer.TryWrite(process), time, logger))];
        Started = Task.WhenAll(_keepers.Select(keeper => keeper.Started));
    }

    /// <summary>Ends when the processes are up for the first time, or have failed to; never faults.</summary>
    public Task Started { get; }

    /// <summary>Whether the line is so long that a lighter engine answers sooner.</summary>
    public bool IsCongested => Volatile.Read(ref _waiting) >= _keepers.Length;

    /// <summary>Asks one process. After a cancellation, it is asked again only once it is free.</summary>
    /// <exception cref="SpeechEngineException">It broke, and is replaced; or none became free in time.</exception>
    public async Task<TAnswer> AskAsync<TAnswer>(Func<TProcess, CancellationToken, Task<TAnswer>> question, CancellationToken cancellationToken)
    {
        var process = await TakeAsync(cancellationToken);
        try
        {
            var answer = await question(process, cancellationToken);
            GiveBack(process);
            return answer;
        }
        catch (OperationCanceledException)
        {
            _ = GiveBackWhenFreeAsync(process);
            throw;
        }
        catch (SpeechEngineException e)
        {
            process.Retire(e.Message);
            throw new SpeechEngineException($"{_terms.Program} {e.Message}", e);
        }
        catch (Exception e)
        {
            // Nobody foresaw it; but a process that is neither given back nor retired would be lost.
            process.Retire(e.Message);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var keeper in _keepers)
            await keeper.DisposeAsync();
    }

    private async Task<TProcess> TakeAsync(CancellationToken cancellationToken)
    {
        if (Array.TrueForAll(_keepers, keeper => keeper.Trouble is not null))
            throw new SpeechEngineException($"{_terms.Program} {_keepers[0].Trouble}");
        using var limit = new CancellationTokenSource(_terms.LongestWait, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var longest = _terms.LinePerProcess * _keepers.Length;
            if (Interlocked.Increment(ref _waiting) > longest)
                throw new SpeechEngineException($"{longest} {_terms.Work} wait already; {_terms.Advice}");
            while (true)
            {
                // One that ended in the line is passed over.
                var process = await _free.Reader.ReadAsync(stop.Token);
                if (process.IsUp)
                    return process;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SpeechEngineException($"no {_terms.Program} became free within {_terms.LongestWait.TotalMilliseconds:0} ms; {_terms.Advice}");
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private void GiveBack(TProcess process)
    {
        var memory = process.ResidentBytes;
        if (memory > _terms.MostMemory)
            process.Retire($"took {memory / 1024 / 1024} MiB, more than {_terms.MemoryKey}");
        else
            _free.Writer.TryWrite(process);
    }

    private async Task GiveBackWhenFreeAsync(TProcess process)
    {
        if (await process.BecomesFreeAsync())
            GiveBack(process);
        else
            process.Retire("does not answer any more");
    }
}

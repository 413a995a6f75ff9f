using System.Threading.Channels;
using AsteriskVoiceAi.Calls;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Engines.Whisper;

/// <summary>Server processes of one model. Questions wait in one bounded line for the next that is free.</summary>
internal sealed class WhisperPool : ITranscriber
{
    /// <summary>Questions in line for each process; at half a second each, a longer line only makes callers wait for nothing.</summary>
    private const int LinePerProcess = 8;

    private readonly WhisperKeeper[] _keepers;
    private readonly Channel<WhisperProcess> _free = Channel.CreateUnbounded<WhisperProcess>();
    private readonly TimeSpan _longestWait;
    private readonly long _mostMemory;
    private readonly TimeProvider _time;
    private int _waiting;

    public WhisperPool(WhisperLaunch launch, WhisperOptions options, TimeProvider time, ILogger logger)
    {
        _time = time;
        _longestWait = options.LongestWait;
        _mostMemory = options.MostMemory * 1024L * 1024L;
        _keepers = [.. Enumerable.Range(0, options.ProcessCount).Select(_ => new WhisperKeeper(launch, process => _free.Writer.TryWrite(process), time, logger))];
        Started = Task.WhenAll(_keepers.Select(keeper => keeper.Started));
    }

    public Task Started { get; }

    public bool IsCongested => Volatile.Read(ref _waiting) >= _keepers.Length;

    public async Task<WhisperReply> TranscribeAsync(WhisperQuestion question, CancellationToken cancellationToken)
    {
        var process = await TakeAsync(cancellationToken);
        try
        {
            var reply = await process.AskAsync(question, cancellationToken);
            GiveBack(process);
            return reply;
        }
        catch (OperationCanceledException)
        {
            _ = GiveBackWhenFreeAsync(process);
            throw;
        }
        catch (SpeechEngineException e)
        {
            process.Retire(e.Message);
            throw new SpeechEngineException($"whisper-server {e.Message}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var keeper in _keepers)
            await keeper.DisposeAsync();
    }

    private async Task<WhisperProcess> TakeAsync(CancellationToken cancellationToken)
    {
        if (Array.TrueForAll(_keepers, keeper => keeper.Trouble is not null))
            throw new SpeechEngineException($"whisper-server {_keepers[0].Trouble}");
        using var limit = new CancellationTokenSource(_longestWait, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            if (Interlocked.Increment(ref _waiting) > LinePerProcess * _keepers.Length)
                throw new SpeechEngineException($"{LinePerProcess * _keepers.Length} recognitions wait already; raise speech.whisper.processes or choose a smaller model");
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
            throw new SpeechEngineException($"no whisper-server became free within {_longestWait.TotalMilliseconds:0} ms; raise speech.whisper.processes or choose a smaller model");
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private void GiveBack(WhisperProcess process)
    {
        var memory = process.ResidentBytes;
        if (memory > _mostMemory)
            process.Retire($"took {memory / 1024 / 1024} MiB, more than speech.whisper.most-memory");
        else
            _free.Writer.TryWrite(process);
    }

    private async Task GiveBackWhenFreeAsync(WhisperProcess process)
    {
        if (await process.BecomesFreeAsync())
            GiveBack(process);
        else
            process.Retire("does not answer any more");
    }
}

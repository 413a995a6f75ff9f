using AsteriskVoiceAi.Calls;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Engines.Programs;

/// <summary>Keeps one process running: starts it again when it ends, hangs or has grown, after a longer wait each time that it fails soon.</summary>
internal sealed class ProgramKeeper<TProcess> : IAsyncDisposable
    where TProcess : PooledProcess
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Who lived so long did not fail because of how it was started.</summary>
    private static readonly TimeSpan LongLife = TimeSpan.FromMinutes(1);

    private readonly PoolTerms _terms;
    private readonly Func<CancellationToken, Task<TProcess>> _start;
    private readonly Action<TProcess> _ready;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _keeping;
    private volatile string? _trouble = "is starting";

    /// <param name="start">Starts one and waits until it is up; throws a <see cref="SpeechEngineException"/> when it does not come up.</param>
    /// <param name="ready">Gets each process once it is up.</param>
    public ProgramKeeper(PoolTerms terms, Func<CancellationToken, Task<TProcess>> start, Action<TProcess> ready, TimeProvider time, ILogger logger)
    {
        (_terms, _start, _ready, _time, _logger) = (terms, start, ready, time, logger);
        _keeping = Task.Run(KeepAsync);
    }

    /// <summary>Ends with the first start, however it went.</summary>
    public Task Started => _started.Task;

    /// <summary>Why there is no process now; null = there is one.</summary>
    public string? Trouble => _trouble;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keeping;
        _stop.Dispose();
    }

    private async Task KeepAsync()
    {
        try
        {
            for (var pause = _terms.FirstPause; ;)
            {
                var began = _time.GetTimestamp();
                _trouble = await LiveAsync();
                _started.TrySetResult();
                if (_time.GetElapsedTime(began) >= LongLife)
                    pause = _terms.FirstPause;
                ProgramsLog.Down(_logger, _terms.Engine, _terms.Program, _trouble, pause.TotalSeconds);
                await Task.Delay(pause, _time, _stop.Token);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The service ends.
        }
        finally
        {
            _trouble = "is stopping";
            _started.TrySetResult();
        }
    }

    /// <returns>Why the process is no more.</returns>
    private async Task<string> LiveAsync()
    {
        try
        {
            var began = _time.GetTimestamp();
            await using var process = await _start(_stop.Token);
            ProgramsLog.Up(_logger, _terms.Engine, _terms.Program, process.Id, _time.GetElapsedTime(began).TotalMilliseconds);
            _trouble = null;
            _started.TrySetResult();
            _ready(process);
            return await process.EndAsync(_stop.Token);
        }
        catch (SpeechEngineException e)
        {
            return e.Message;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return $"can't be started: {e.Message}";
        }
    }
}

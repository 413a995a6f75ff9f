using AsteriskVoiceAi.Calls;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Engines.Whisper;

/// <summary>Keeps one server process running: starts it again when it ends, hangs or has grown, after a longer wait each time that it fails soon.</summary>
internal sealed class WhisperKeeper : IAsyncDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>Who lived so long did not fail because of how it was started.</summary>
    private static readonly TimeSpan LongLife = TimeSpan.FromMinutes(1);

    private readonly WhisperLaunch _launch;
    private readonly Action<WhisperProcess> _ready;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _keeping;
    private volatile string? _trouble = "is starting";

    /// <param name="ready">Gets each process once it is up.</param>
    public WhisperKeeper(WhisperLaunch launch, Action<WhisperProcess> ready, TimeProvider time, ILogger logger)
    {
        (_launch, _ready, _time, _logger) = (launch, ready, time, logger);
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
            for (var wait = FirstWait; ;)
            {
                var began = _time.GetTimestamp();
                _trouble = await LiveAsync();
                _started.TrySetResult();
                if (_time.GetElapsedTime(began) >= LongLife)
                    wait = FirstWait;
                WhisperLog.Down(_logger, _launch.Engine, _trouble, wait.TotalSeconds);
                await Task.Delay(wait, _time, _stop.Token);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
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
            await using var process = await WhisperProcess.StartAsync(_launch, _time, _stop.Token);
            WhisperLog.Up(_logger, _launch.Engine, process.Id, _time.GetElapsedTime(began).TotalMilliseconds);
            _trouble = null;
            _started.TrySetResult();
            _ready(process);
            return await process.EndAsync(_stop.Token);
        }
        catch (SpeechEngineException e)
        {
            return e.Message;
        }
    }
}

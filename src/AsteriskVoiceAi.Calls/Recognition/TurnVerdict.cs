namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>What the turn model says of one pause. A model that breaks or is late says nothing.</summary>
internal sealed class TurnVerdict
{
    private readonly Lock _ending = new();
    private readonly CancellationTokenSource _dropped;
    private double _finished = double.NaN;
    private bool _isDone;

    public TurnVerdict(ITurnDetector detector, ReadOnlyMemory<float> turn, CancellationToken hungUp)
    {
        _dropped = CancellationTokenSource.CreateLinkedTokenSource(hungUp);
        Done = RunAsync(detector, turn);
    }

    /// <summary>Probability that the caller has finished; null = nothing said, or not yet.</summary>
    public double? Finished => Volatile.Read(ref _finished) is var finished && double.IsNaN(finished) ? null : finished;

    /// <summary>Ends with the model's run; never faults.</summary>
    public Task Done { get; }

    public void Drop()
    {
        lock (_ending)
        {
            if (!_isDone)
                _dropped.Cancel();
        }
    }

    private async Task RunAsync(ITurnDetector detector, ReadOnlyMemory<float> turn)
    {
        try
        {
            // Off the listener's loop.
            await Task.Yield();
            if (await detector.FinishedAsync(turn, _dropped.Token) is { } finished)
                Volatile.Write(ref _finished, finished);
        }
        catch (OperationCanceledException)
        {
            // The caller went on, or is gone.
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            // The engine tells of its own failures; the words decide without it.
        }
        finally
        {
            lock (_ending)
            {
                _isDone = true;
                _dropped.Dispose();
            }
        }
    }
}

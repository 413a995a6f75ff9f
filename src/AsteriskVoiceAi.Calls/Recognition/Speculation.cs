using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>A recognition begun at a pause, before it is known whether the caller goes on; once per pause.</summary>
internal sealed class Speculation
{
    /// <summary>Longer than this and the caller has heard nothing for three seconds: better to say so.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    private readonly Lock _ending = new();
    private readonly CancellationTokenSource _dropped;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationToken _hungUp;
    private readonly TimeProvider _time;
    private readonly ListeningStatus _status;
    private readonly long _started;
    private long _done;
    private volatile bool _isDone;

    public Speculation(Hearing hearing, ReadOnlyMemory<float> speech, ListeningTerms terms)
    {
        (_time, _status, _hungUp) = (hearing.Time, hearing.Status, hearing.HungUp);
        _started = _time.GetTimestamp();
        _deadline = new CancellationTokenSource(Deadline, _time);
        _dropped = CancellationTokenSource.CreateLinkedTokenSource(hearing.HungUp, _deadline.Token);
        _status.Started();
        Done = RunAsync(hearing.Recognizer, speech, terms);
    }

    public bool IsDone => _isDone;

    /// <summary>Ends with the recognition; never faults.</summary>
    public Task Done { get; }

    public Transcript? Transcript { get; private set; }

    /// <summary>What was prepared for the transcript, or still is; null = nothing.</summary>
    public Task<UtteranceVectors>? Understanding { get; private set; }

    /// <summary>Why there is no transcript, for the log.</summary>
    public string? Failure { get; private set; }

    /// <summary>How much longer than <paramref name="budget"/> it took.</summary>
    public TimeSpan DoneAfter(TimeSpan budget)
    {
        var over = _time.GetElapsedTime(_started, _done) - budget;
        return over > TimeSpan.Zero ? over : TimeSpan.Zero;
    }

    /// <summary>The caller went on: the result is not wanted.</summary>
    public void Drop()
    {
        lock (_ending)
        {
            if (!_isDone)
                _dropped.Cancel();
        }
    }

    private async Task RunAsync(ISpeechRecognizer recognizer, ReadOnlyMemory<float> speech, ListeningTerms terms)
    {
        try
        {
            // Off the listener's loop, so that frames go on being read whatever the engine does before its first await.
            await Task.Yield();
            // The wait ends with the token also where an engine is slow to obey it.
            Transcript = await recognizer.RecognizeAsync(speech, terms.Expectation, terms.Language, _dropped.Token).AsTask().WaitAsync(_dropped.Token);
            // Not awaited: whether the utterance is over does not depend on it. A few ms of work, so it is not taken back where the caller goes on.
            Understanding = Transcript.IsEmpty ? null : terms.Understand?.Invoke(Transcript, _hungUp);
        }
        catch (OperationCanceledException)
        {
            Failure = _deadline.IsCancellationRequested ? $"no engine answered within {Deadline.TotalSeconds:0} s" : "dropped";
        }
        catch (SpeechEngineException broken)
        {
            Failure = broken.Message;
        }
        catch (Exception unexpected) when (unexpected is not OutOfMemoryException)
        {
            Failure = unexpected.ToString();
        }
        finally
        {
            _done = _time.GetTimestamp();
            var took = Transcript is not null || _deadline.IsCancellationRequested ? _time.GetElapsedTime(_started, _done) : (TimeSpan?)null;
            lock (_ending)
            {
                _isDone = true;
                _dropped.Dispose();
                _deadline.Dispose();
            }
            _status.Recognized(took);
        }
    }
}

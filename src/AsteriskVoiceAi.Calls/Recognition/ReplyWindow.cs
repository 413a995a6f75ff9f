namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>
/// The beginning of a reply, in which it can still be withdrawn: nobody can tell a pause between two sentences from the end, but a caller
/// who goes on before having heard 300 ms of the reply had not finished.
/// <code>
/// caller  ~~~~~~~~|.........|~~~~~~~~~|.........      one utterance after all
/// reply                   |==x                        withdrawn
/// </code>
/// </summary>
/// <remarks>Guarded by its turn's lock; counts in samples at 16 kHz.</remarks>
internal sealed class ReplyWindow(AnsweredUtterance earlier)
{
    /// <summary>300 ms × 16 samples a ms: about a syllable; after it the caller reacts to what was said.</summary>
    public const int Samples = 300 * 16;

    private readonly TaskCompletionSource<bool> _takenBack = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long? _replySince;

    public AnsweredUtterance Earlier => earlier;

    public bool IsOpen => !_takenBack.Task.IsCompleted;

    /// <summary>Ends when it is known whether the caller took the reply back.</summary>
    public Task<bool> TakenBack => _takenBack.Task;

    /// <summary>The first of the reply goes out now.</summary>
    public void ReplyBegins(long now) => _replySince ??= now;

    /// <summary>Whether speech that begins here takes the reply back.</summary>
    public bool Holds(long speechStart) => IsOpen && (_replySince is not { } since || speechStart - since <= Samples);

    /// <summary>Closes when the time is over and nobody has begun to speak in it.</summary>
    public void Advance(long now, SpeechTracker tracker)
    {
        if (_replySince is { } since && now - since > Samples && !(tracker.Speaking && Holds(tracker.Start)))
            Close();
    }

    public bool IsTakenBack { get; private set; }

    public void TakeBack()
    {
        IsTakenBack = true;
        _takenBack.TrySetResult(true);
    }

    public void Close() => _takenBack.TrySetResult(false);
}

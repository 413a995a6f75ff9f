namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>
/// One turn of listening, from the first sound of our prompt to the end of the caller's utterance. Driven by frames, so time is counted in samples:
/// <code>
/// prompt   |=========|                         the caller may speak from here on
/// caller             .....|~~~~~~~|..|~~~~|............
///                         onset   pause   pause   endpoint
///                                 recognise        the text is there already
/// </code>
/// </summary>
/// <remarks>Thread-safe: frames come from the listener's loop, keys and the prompt's end from elsewhere.</remarks>
internal sealed partial class ListeningTurn
{
    /// <summary>Kept around the voiced part: the first consonant is often below the detector's threshold.</summary>
    private static readonly long Margin = Samples(TimeSpan.FromMilliseconds(200));

    /// <summary>The turn model wants to hear how the turn began.</summary>
    private static readonly long TurnMargin = Samples(TimeSpan.FromMilliseconds(500));

    private readonly Lock _gate = new();
    private readonly Hearing _hearing;
    private readonly SpeechMemory _memory;
    private readonly TaskCompletionSource<ListenResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ListeningTerms _terms;
    private long _heardUntil;
    private long _noiseUntil;
    private bool _finish;
    private long? _speechStart;
    private Pause? _pause;

    public ListeningTurn(ListeningTerms terms, Hearing hearing)
    {
        (_terms, _hearing, _memory, _voiceCounts) = (terms, hearing, hearing.Memory, terms.VoiceInterrupts);
        _heardUntil = _memory.Position;
        // An utterance near the limit would reach it with the next words, and be answered and taken back without end.
        if (terms.Answered is { } answered && answered.Utterance.Speech < answered.Terms.MaxUtterance / 2)
            _window = new ReplyWindow(answered);
        _memory.KeepFrom = _window is null ? long.MaxValue : _window.Earlier.Utterance.Start - TurnMargin;
    }

    /// <summary>Ends with what is asked of this pause, if one is.</summary>
    public Task Recognizing
    {
        get
        {
            lock (_gate)
                return _pause?.Done ?? Task.CompletedTask;
        }
    }

    /// <summary>What it waits for; those of the turn before once that is taken up again.</summary>
    public ListeningTerms Terms
    {
        get
        {
            lock (_gate)
                return _terms;
        }
    }

    /// <summary>Ends with the turn; never faults.</summary>
    public Task<ListenResult> Result => _result.Task;

    public void HangUp()
    {
        lock (_gate)
            End(new ListenResult.HungUp());
        _hasHungUp = true;
        _pointless.TrySetResult();
        PromptStop.Stop();
    }

    /// <summary>Takes the tracker's state after one more frame; <see cref="SpeechMemory.Position"/> is now.</summary>
    public void Advance(SpeechTracker tracker)
    {
        PromptStop? stop = null;
        lock (_gate)
        {
            if (_result.Task.IsCompleted)
                return;
            if (_lastKey is { } key)
                EndKeysAfterQuiet(key);
            else
                FollowSpeech(tracker);
            if (_interrupts || _result.Task.IsCompleted)
                stop = _stop;
        }
        if (stop is { IsStopped: false })
            stop.Stop();
    }

    private void FollowSpeech(SpeechTracker tracker)
    {
        _window?.Advance(_memory.Position, tracker);
        if (_window is { IsOpen: false } && _speechStart is null)
            _memory.KeepFrom = long.MaxValue;
        if (tracker.Speaking && !IsOver(tracker))
        {
            HearSpeech(tracker);
            return;
        }
        // A word shorter than the barge-in limit ("no") counts once it is over and turns out to be a word.
        if (_speechStart is null && VoiceCounts && tracker.Start >= _heardUntil && tracker.End > tracker.Start && _window is not { IsOpen: true })
            BeginSpeech(tracker.Start);
        if (_speechStart is null)
        {
            EndAfterQuiet();
            return;
        }
        var silence = _memory.Position - tracker.End;
        if (silence >= Samples(Endpointing.SpeculationFor(_terms.Expectation)) || IsOver(tracker))
            _pause ??= BeginPause(tracker.End);
        EndAfterSilence(tracker, silence);
    }

    private void HearSpeech(SpeechTracker tracker)
    {
        if (_speechStart is null)
        {
            if (!BargeIn.IsSpeech(tracker, _heardUntil))
                return;
            if (_window is { } window && window.Holds(tracker.Start))
                TakeBack(window, tracker.Start);
            else if (!VoiceCounts)
                return;
        }
        // A sound that was found to be no words and goes on is not looked at again from its start.
        BeginSpeech(Math.Max(tracker.Start, _noiseUntil));
        _interrupts = _quietSince is not null || IsContinued || InterruptsWithoutWords(tracker.End - _speechStart!.Value);
        GoOn(tracker.Start);
    }

    /// <summary>Over whether or not the caller goes on: an end key, or too long.</summary>
    private bool IsOver(SpeechTracker tracker) =>
        _finish || (_speechStart is { } start && tracker.End - start >= Samples(_terms.MaxUtterance));

    private void EndAfterQuiet()
    {
        var quiet = _memory.Position - _quietSince;
        if (_terms.NoInputAfter != Timeout.InfiniteTimeSpan && quiet >= Samples(_terms.NoInputAfter))
            End(new ListenResult.NoInput(Duration(quiet.Value)));
    }

    private Pause BeginPause(long speechEnd)
    {
        var start = _speechStart!.Value;
        var speech = _memory.Copy(start - Margin, speechEnd + Margin);
        var spoken = Duration(speechEnd - start);
        var asksVoice = _hearing.TurnDetector is not NoTurnDetector && Endpointing.VoiceTells(_terms.Expectation, spoken);
        // No conditional expression: its null would turn into an empty sound.
        ReadOnlyMemory<float>? turn = null;
        if (asksVoice)
            turn = _memory.Copy(start - TurnMargin, _memory.Position);
        var after = (int)Math.Min(Margin, _memory.Position - speechEnd);
        return new Pause(_hearing, _terms, start, speechEnd, speech, DetectorLag.Of(speech.AsSpan(..^after)), turn);
    }

    /// <summary>The caller speaks again: what was asked of the pause is not wanted.</summary>
    private void GoOn(long speechStart)
    {
        if (_pause is not { } pause)
            return;
        var silence = Duration(speechStart - pause.SpeechEnd);
        _hearing.Pace.WentOn(silence);
        _hearing.Paused(pause.Record(silence, pause.Decide(), PauseEnding.WentOn));
        DropPause();
    }

    private void EndAfterSilence(SpeechTracker tracker, long silence)
    {
        if (_pause is not { IsRecognized: true } pause)
            return;
        if (pause.Failure is { } failure)
        {
            End(new ListenResult.Failed(failure));
            return;
        }
        if (_quietSince is null && EndsOverPrompt(pause.Transcript!, pause.Spoken))
            return;
        var decision = pause.Decide()!.Value;
        // To the nearest frame: 550 ms are 17 frames of 32 ms, not 18.
        if (silence + (IVoiceActivityDetector.FrameSamples / 2) < Samples(decision.Silence) && !IsOver(tracker))
            return;
        if (!pause.Transcript!.IsEmpty)
            EndHeard(pause, decision, Duration(silence));
        else if (IsContinued)
            End(new ListenResult.Heard(_window!.Earlier.Utterance));
        else
            ForgetNoise();
    }

    private void EndHeard(Pause pause, EndpointDecision decision, TimeSpan silence)
    {
        var waited = pause.RecognizedAfter(decision.Silence - Endpointing.SpeculationFor(_terms.Expectation));
        var ended = _hearing.Time.GetTimestamp() - (long)(silence.TotalSeconds * _hearing.Time.TimestampFrequency);
        pause.Use(ready: waited == TimeSpan.Zero);
        _hearing.Pace.TurnEnded();
        _hearing.Paused(pause.Record(silence, decision, PauseEnding.Ended));
        End(new ListenResult.Heard(new CallerUtterance(pause.Transcript!, pause.Spoken, silence, waited, ended, pause.SpeechStart) { Understanding = pause.Understanding }));
    }

    /// <summary>A sound without words: as if nothing had been said.</summary>
    private void ForgetNoise()
    {
        DropSpeech();
        _heardUntil = _noiseUntil = _memory.Position;
        _finish = false;
        _interrupts = false;
        if (_quietSince is not null)
            _quietSince = _memory.Position;
        GoOnWithPrompt();
    }

    private void DropSpeech()
    {
        DropPause();
        _speechStart = null;
        _memory.KeepFrom = long.MaxValue;
    }

    private void BeginSpeech(long start)
    {
        _speechStart ??= start;
        _memory.KeepFrom = _speechStart.Value - TurnMargin;
    }

    private void DropPause()
    {
        _pause?.Drop();
        _pause = null;
    }

    private void End(ListenResult result)
    {
        if (!_result.TrySetResult(result))
            return;
        _stop.Decide(wasFalse: false);
        _window?.Close();
        // What was heard is kept for the turn that answers it: the caller may go on.
        if (result is ListenResult.Heard)
            return;
        _memory.KeepFrom = long.MaxValue;
        DropPause();
    }

    private static long Samples(TimeSpan duration) => duration.Ticks * 16_000 / TimeSpan.TicksPerSecond;

    private static TimeSpan Duration(long samples) => TimeSpan.FromTicks(samples * TimeSpan.TicksPerSecond / 16_000);
}

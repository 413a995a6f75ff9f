using System.Text;

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
internal sealed class ListeningTurn
{
    /// <summary>Quiet after a key that ends a number of keys: people look for the next key for up to 2 s.</summary>
    public static readonly TimeSpan InterKey = TimeSpan.FromSeconds(2);

    /// <summary>Kept around the voiced part: the first consonant is often below the detector's threshold.</summary>
    private static readonly long Margin = Samples(TimeSpan.FromMilliseconds(200));

    /// <summary>The turn model wants to hear how the turn began.</summary>
    private static readonly long TurnMargin = Samples(TimeSpan.FromMilliseconds(500));

    private readonly Lock _gate = new();
    private readonly Hearing _hearing;
    private readonly SpeechMemory _memory;
    private readonly StringBuilder _keys = new();
    private readonly TaskCompletionSource<ListenResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ReplyWindow? _window;
    private ListeningTerms _terms;
    private PromptStop _stop = new();
    private bool _voiceCounts;
    private long _heardUntil;
    private long _noiseUntil;
    private bool _interrupts;
    private int _falseStops;
    private bool _finish;
    private long? _quietSince;
    private long? _lastKey;
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

    /// <summary>What stops the prompt now: speech, a key, or the caller's leaving. One that stopped it for nothing is replaced.</summary>
    public PromptStop PromptStop
    {
        get
        {
            lock (_gate)
                return _stop;
        }
    }

    /// <summary>Keys pressed so far.</summary>
    public string Keys
    {
        get
        {
            lock (_gate)
                return _keys.ToString();
        }
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

    /// <summary>
    /// Ends when it is known whether the caller went on as the reply began. True: the reply does not count, and the turn goes on with the
    /// utterance before it, under the terms that it was heard under.
    /// </summary>
    public Task<bool> TakenBack => _window?.TakenBack ?? Task.FromResult(false);

    /// <summary>Whether the turn goes on with the utterance before it.</summary>
    public bool IsContinued => _window is { IsTakenBack: true };

    /// <summary>The first of the prompt goes out now.</summary>
    public void PromptBegins()
    {
        lock (_gate)
            _window?.ReplyBegins(_memory.Position);
    }

    /// <summary>Whether the prompt that plays now must be heard: then speech does not stop it, and what is said over it is no answer.</summary>
    public void PromptMustBeHeard(bool must)
    {
        lock (_gate)
        {
            if (IsContinued)
                return;
            var counts = _terms.VoiceInterrupts && !must;
            if (counts && !_voiceCounts)
                _heardUntil = _memory.Position;
            _voiceCounts = counts;
        }
    }

    /// <summary>The prompt is over: from now on silence counts.</summary>
    public void PromptEnded()
    {
        lock (_gate)
        {
            if (_quietSince is not null)
                return;
            _quietSince = _memory.Position;
            _window?.ReplyBegins(_memory.Position);
            // What was said over a prompt that must be heard, and is over, is no answer; its beginning may be forgotten already.
            if (!_voiceCounts && !IsContinued)
                _heardUntil = _memory.Position;
        }
    }

    public void Press(char key)
    {
        lock (_gate)
        {
            if (_result.Task.IsCompleted || !_terms.Keys.Contains(key, StringComparison.Ordinal))
                return;
            if (_speechStart is not null && _terms.EndKeys.Contains(key, StringComparison.Ordinal))
            {
                _finish = true;
                return;
            }
            if (key == '#' && _keys.Length > 0)
            {
                End(new ListenResult.Digits(_keys.ToString()));
                return;
            }
            _keys.Append(key);
            _lastKey = _memory.Position;
            _window?.Close();
            DropSpeech();
            _stop.Decide(wasFalse: false);
            if (_terms.KeysComplete(_keys.ToString()))
                End(new ListenResult.Digits(_keys.ToString()));
        }
        PromptStop.Stop();
    }

    public void HangUp()
    {
        lock (_gate)
            End(new ListenResult.HungUp());
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

    private bool VoiceCounts => _voiceCounts || _quietSince is not null;

    private void EndKeysAfterQuiet(long lastKey)
    {
        if (_memory.Position - lastKey >= Samples(InterKey))
            End(new ListenResult.Digits(_keys.ToString()));
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
        if (silence >= Samples(Endpointing.Speculation) || IsOver(tracker))
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

    /// <summary>Whether the prompt stops before it is known what was said.</summary>
    private bool InterruptsWithoutWords(long spoken) =>
        _falseStops < BargeIn.FalseStops && (!_terms.IgnoresBackchannels || BargeIn.IsMoreThanBackchannel(spoken));

    /// <summary>The reply does not count: the utterance that it answered goes on.</summary>
    private void TakeBack(ReplyWindow window, long speechStart)
    {
        var (utterance, terms) = (window.Earlier.Utterance, window.Earlier.Terms);
        window.TakeBack();
        _terms = terms with { Answered = null };
        _voiceCounts = true;
        _speechStart = utterance.Start;
        _hearing.Status.Withdrawn();
        var silence = Duration(speechStart - utterance.Start) - utterance.Speech;
        _hearing.Pace.WentOn(silence);
        _hearing.Paused(new PauseRecord(utterance.Speech, silence, null, null, PauseEnding.CutOff));
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
        return new Pause(_hearing, _terms, start, speechEnd, speech, turn);
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

    /// <summary>Over a prompt a sound without words is known for what it is before its silence is long enough: the prompt goes on.</summary>
    private bool EndsOverPrompt(Transcript transcript, TimeSpan spoken)
    {
        if (IsContinued)
            return false;
        var backchannel = _terms.IgnoresBackchannels && _terms.Expectation is Expectation.Free
            && !BargeIn.IsMoreThanBackchannel(Samples(spoken)) && Backchannels.Is(transcript.Text, _terms.Language);
        if (!transcript.IsEmpty && !backchannel)
        {
            _interrupts = true;
            return false;
        }
        ForgetNoise();
        return true;
    }

    private void EndHeard(Pause pause, EndpointDecision decision, TimeSpan silence)
    {
        var waited = pause.RecognizedAfter(decision.Silence - Endpointing.Speculation);
        var ended = _hearing.Time.GetTimestamp() - (long)(silence.TotalSeconds * _hearing.Time.TimestampFrequency);
        pause.Use(ready: waited == TimeSpan.Zero);
        _hearing.Pace.TurnEnded();
        _hearing.Paused(pause.Record(silence, decision, PauseEnding.Ended));
        End(new ListenResult.Heard(new CallerUtterance(pause.Transcript!, pause.Spoken, silence, waited, ended, pause.SpeechStart)));
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
        if (!_stop.IsStopped)
            return;
        if (_quietSince is null)
        {
            _falseStops++;
            _hearing.Status.Resumed();
        }
        _stop.Decide(wasFalse: true);
        _stop = new PromptStop();
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

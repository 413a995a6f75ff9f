namespace AsteriskVoiceAi.Calls.Recognition;

/// <content>The prompt, or the reply, that plays while the turn listens: what stops it, whether it goes on, and whether it is taken back.</content>
internal sealed partial class ListeningTurn
{
    private readonly ReplyWindow? _window;
    private readonly TaskCompletionSource _pointless = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PromptStop _stop = new();
    private volatile bool _hasHungUp;
    private bool _voiceCounts;
    private bool _interrupts;
    private int _falseStops;
    private long? _quietSince;

    /// <summary>What stops the prompt now: speech, a key, or the caller's leaving. One that stopped it for nothing is replaced.</summary>
    public PromptStop PromptStop
    {
        get
        {
            lock (_gate)
                return _stop;
        }
    }

    /// <summary>
    /// Ends when it is known whether the caller went on as the reply began. True: the reply does not count, and the turn goes on with the
    /// utterance before it, under the terms that it was heard under.
    /// </summary>
    public Task<bool> TakenBack => _window?.TakenBack ?? Task.FromResult(false);

    /// <summary>Whether the turn goes on with the utterance before it.</summary>
    public bool IsContinued => _window is { IsTakenBack: true };

    /// <summary>Also where the turn had ended before.</summary>
    public bool HasHungUp => _hasHungUp;

    /// <summary>Ends when the caller has gone, or has taken the reply back: whatever it waits for, it is not wanted any more.</summary>
    public Task Pointless => _pointless.Task;

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

    private bool VoiceCounts => _voiceCounts || _quietSince is not null;

    /// <summary>Whether the prompt stops before it is known what was said.</summary>
    private bool InterruptsWithoutWords(long spoken) =>
        _falseStops < BargeIn.FalseStops && (!_terms.IgnoresBackchannels || BargeIn.IsMoreThanBackchannel(spoken));

    /// <summary>The reply does not count: the utterance that it answered goes on.</summary>
    private void TakeBack(ReplyWindow window, long speechStart)
    {
        var (utterance, terms) = (window.Earlier.Utterance, window.Earlier.Terms);
        window.TakeBack();
        _pointless.TrySetResult();
        _terms = terms with { Answered = null };
        _voiceCounts = true;
        _speechStart = utterance.Start;
        _hearing.Status.Withdrawn();
        var silence = Duration(speechStart - utterance.Start) - utterance.Speech;
        _hearing.Pace.WentOn(silence);
        _hearing.Paused(new PauseRecord(utterance.Speech, silence, null, null, PauseEnding.CutOff));
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

    /// <summary>What stopped it was nothing that needs an answer.</summary>
    private void GoOnWithPrompt()
    {
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
}

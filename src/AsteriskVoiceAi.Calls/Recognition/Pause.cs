using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>A pause that may be the end: recognition and the turn model are asked at once, beside each other, and once.</summary>
/// <remarks>Not thread-safe but for <see cref="Done"/>; belongs to a turn.</remarks>
internal sealed class Pause
{
    private readonly Hearing _hearing;
    private readonly ListeningTerms _terms;
    private readonly Speculation _speculation;
    private readonly TurnVerdict? _verdict;
    private readonly TimeSpan _lag;
    private bool _counted;

    /// <param name="speech">The utterance so far, with a margin, for the recogniser.</param>
    /// <param name="lag">Of it, what is quiet before <paramref name="speechEnd"/>.</param>
    /// <param name="turn">The same with more before it and all of the pause, for the turn model; null = it is not asked.</param>
    public Pause(Hearing hearing, ListeningTerms terms, long speechStart, long speechEnd, ReadOnlyMemory<float> speech, TimeSpan lag, ReadOnlyMemory<float>? turn)
    {
        (_hearing, _terms, SpeechStart, SpeechEnd, _lag) = (hearing, terms, speechStart, speechEnd, lag);
        _speculation = new Speculation(hearing, speech, terms);
        _verdict = turn is { } sound ? new TurnVerdict(hearing.TurnDetector, sound, hearing.HungUp) : null;
        Done = _verdict is null ? _speculation.Done : Task.WhenAll(_speculation.Done, _verdict.Done);
    }

    /// <summary>First voiced sample of the utterance.</summary>
    public long SpeechStart { get; }

    /// <summary>Sample after the last voiced one.</summary>
    public long SpeechEnd { get; }

    /// <summary>From the first sound of the utterance to the pause.</summary>
    public TimeSpan Spoken => TimeSpan.FromTicks((SpeechEnd - SpeechStart) * TimeSpan.TicksPerSecond / 16_000);

    public bool IsRecognized => _speculation.IsDone;

    /// <summary>Ends with what was asked; never faults.</summary>
    public Task Done { get; }

    public Transcript? Transcript => _speculation.Transcript;

    /// <summary>What was prepared for the transcript.</summary>
    public Task<UtteranceVectors>? Understanding => _speculation.Understanding;

    public string? Failure => _speculation.Failure;

    public double? Finished => _verdict?.Finished;

    /// <summary>What of the recognition came later than this after it had begun.</summary>
    public TimeSpan RecognizedAfter(TimeSpan budget) => _speculation.DoneAfter(budget);

    /// <summary>What ends this pause by what is known now; null while nothing is recognised.</summary>
    public EndpointDecision? Decide()
    {
        if (!_speculation.IsDone || _speculation.Transcript is not { } transcript)
            return null;
        var decision = Endpointing.Decide(_terms.Expectation, _terms.Language, new PauseEvidence(transcript, Finished), _hearing.Pace.Stretch);
        // A complete answer is over with its last sound; all else was measured with a detector that lags a little.
        var held = decision.Rule is EndpointRule.Answered or EndpointRule.DigitsComplete ? TimeSpan.Zero : DetectorLag.Usual;
        var lag = _lag > held ? _lag - held : TimeSpan.Zero;
        return decision with { Silence = (decision.Silence > Endpointing.Longest ? Endpointing.Longest : decision.Silence) - lag };
    }

    /// <summary>The text was used.</summary>
    /// <param name="ready">Whether it was there when the silence was long enough.</param>
    public void Use(bool ready)
    {
        _counted = true;
        _hearing.Status.Used(ready);
        _verdict?.Drop();
    }

    /// <summary>What was asked is not wanted.</summary>
    public void Drop()
    {
        _speculation.Drop();
        _verdict?.Drop();
        if (!_counted)
            _hearing.Status.ThrownAway();
        _counted = true;
    }

    public PauseRecord Record(TimeSpan silence, EndpointDecision? decision, PauseEnding ending) => new(Spoken, silence, decision, Finished, ending) { EndMark = Transcript?.EndMark };
}

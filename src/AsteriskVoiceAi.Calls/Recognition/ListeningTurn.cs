using System.Text;

namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>What a turn waits for.</summary>
/// <param name="NoInputAfter">Silence after the prompt that counts as no input; <see cref="Timeout.InfiniteTimeSpan"/> = never.</param>
/// <param name="KeysComplete">Whether these keys need no further one; else <see cref="ListeningTurn.InterKey"/> of quiet ends them.</param>
/// <param name="VoiceInterrupts">Whether speech stops the prompt and is heard from its first sound.</param>
internal sealed record ListeningTerms(Expectation Expectation, TimeSpan NoInputAfter, TimeSpan MaxUtterance, Func<string, bool> KeysComplete, bool VoiceInterrupts = true)
{
    /// <summary>What the caller speaks (BCP 47 tag).</summary>
    public required string Language { get; init; }

    /// <summary>Keys that count; others are as if never pressed.</summary>
    public string Keys { get; init; } = "0123456789*#ABCD";

    /// <summary>Keys that end an utterance at once, as if the caller had fallen silent.</summary>
    public string EndKeys { get; init; } = "";
}

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

    /// <summary>Speech that stops a prompt: 4 frames = 128 ms; a click or a cough's first burst is shorter.</summary>
    private const int BargeInSamples = 4 * IVoiceActivityDetector.FrameSamples;

    /// <summary>Kept around the voiced part: the first consonant is often below the detector's threshold.</summary>
    private static readonly long Margin = Samples(TimeSpan.FromMilliseconds(200));

    private readonly Lock _gate = new();
    private readonly ListeningTerms _terms;
    private readonly SpeechMemory _memory;
    private readonly ISpeechRecognizer _recognizer;
    private readonly TimeProvider _time;
    private readonly CancellationToken _hungUp;
    private readonly StringBuilder _keys = new();
    private readonly TaskCompletionSource<ListenResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _interrupted = new();
    private long _heardUntil;
    private long _noiseUntil;
    private bool _interrupts;
    private bool _finish;
    private long? _quietSince;
    private long? _lastKey;
    private long? _speechStart;
    private Speculation? _speculation;

    public ListeningTurn(ListeningTerms terms, SpeechMemory memory, ISpeechRecognizer recognizer, TimeProvider time, CancellationToken hungUp)
    {
        (_terms, _memory, _recognizer, _time, _hungUp) = (terms, memory, recognizer, time, hungUp);
        _heardUntil = memory.Position;
    }

    /// <summary>Cancelled when speech or a key should stop the prompt, or the caller is gone.</summary>
    public CancellationToken Interrupted => _interrupted.Token;

    /// <summary>Keys pressed so far.</summary>
    public string Keys
    {
        get
        {
            lock (_gate)
                return _keys.ToString();
        }
    }

    /// <summary>Ends with the recognition that runs, if one does.</summary>
    public Task Recognizing
    {
        get
        {
            lock (_gate)
                return _speculation?.Done ?? Task.CompletedTask;
        }
    }

    /// <summary>Ends with the turn; never faults.</summary>
    public Task<ListenResult> Result => _result.Task;

    /// <summary>The prompt is over: from now on silence counts.</summary>
    public void PromptEnded()
    {
        lock (_gate)
        {
            if (_quietSince is not null)
                return;
            _quietSince = _memory.Position;
            // What was said over a prompt that must be heard, and is over, is no answer; its beginning may be forgotten already.
            if (!_terms.VoiceInterrupts)
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
            DropSpeech();
            if (_terms.KeysComplete(_keys.ToString()))
                End(new ListenResult.Digits(_keys.ToString()));
        }
        _interrupted.Cancel();
    }

    public void HangUp()
    {
        lock (_gate)
            End(new ListenResult.HungUp());
        _interrupted.Cancel();
    }

    /// <summary>Takes the tracker's state after one more frame; <see cref="SpeechMemory.Position"/> is now.</summary>
    public void Advance(SpeechTracker tracker)
    {
        bool interrupt;
        lock (_gate)
        {
            if (_result.Task.IsCompleted)
                return;
            if (_lastKey is { } key)
                EndKeysAfterQuiet(key);
            else if (_terms.VoiceInterrupts || _quietSince is not null)
                FollowSpeech(tracker);
            interrupt = _interrupts || _result.Task.IsCompleted;
        }
        if (interrupt && !_interrupted.IsCancellationRequested)
            _interrupted.Cancel();
    }

    private void EndKeysAfterQuiet(long lastKey)
    {
        if (_memory.Position - lastKey >= Samples(InterKey))
            End(new ListenResult.Digits(_keys.ToString()));
    }

    private void FollowSpeech(SpeechTracker tracker)
    {
        var now = _memory.Position;
        if (tracker.Speaking && !IsOver(tracker))
        {
            if (_speechStart is null && tracker.End - Math.Max(tracker.Start, _heardUntil) < BargeInSamples)
                return;
            // A sound that was found to be no words and goes on is not looked at again from its start.
            BeginSpeech(Math.Max(tracker.Start, _noiseUntil));
            _interrupts = true;
            _speculation?.Drop();
            _speculation = null;
            return;
        }
        // A word shorter than the barge-in limit ("no") counts once it is over and turns out to be a word.
        if (_speechStart is null && tracker.Start >= _heardUntil && tracker.End > tracker.Start)
            BeginSpeech(tracker.Start);
        if (_speechStart is null)
        {
            EndAfterQuiet(now);
            return;
        }
        var silence = now - tracker.End;
        if (silence >= Samples(Endpointing.Speculation) || IsOver(tracker))
            Speculate(tracker.End);
        EndAfterSilence(tracker, silence);
    }

    /// <summary>Over whether or not the caller goes on: an end key, or too long.</summary>
    private bool IsOver(SpeechTracker tracker) =>
        _finish || (_speechStart is { } start && tracker.End - start >= Samples(_terms.MaxUtterance));

    private void EndAfterQuiet(long now)
    {
        if (_quietSince is { } since && _terms.NoInputAfter != Timeout.InfiniteTimeSpan && now - since >= Samples(_terms.NoInputAfter))
            End(new ListenResult.NoInput(Duration(now - since)));
    }

    private void Speculate(long speechEnd)
    {
        if (_speculation is not null)
            return;
        var speech = _memory.Copy(_speechStart!.Value - Margin, speechEnd + Margin);
        _speculation = new Speculation(_recognizer, speech, _terms.Expectation, _terms.Language, _time, _hungUp);
    }

    private void EndAfterSilence(SpeechTracker tracker, long silence)
    {
        if (_speculation is not { } speculation || !speculation.IsDone)
            return;
        if (speculation.Failure is { } failure)
        {
            End(new ListenResult.Failed(failure));
            return;
        }
        var transcript = speculation.Transcript!;
        var needed = Endpointing.SilenceFor(_terms.Expectation, transcript.Text);
        // To the nearest frame: 550 ms are 17 frames of 32 ms, not 18.
        if (silence + (IVoiceActivityDetector.FrameSamples / 2) < Samples(needed) && !IsOver(tracker))
            return;
        if (transcript.IsEmpty)
        {
            ForgetNoise();
            return;
        }
        var speech = Duration(tracker.End - _speechStart!.Value);
        var waited = speculation.DoneAfter(needed - Endpointing.Speculation);
        var ended = _time.GetTimestamp() - (long)(Duration(silence).TotalSeconds * _time.TimestampFrequency);
        End(new ListenResult.Heard(new CallerUtterance(transcript, speech, Duration(silence), waited, ended)));
    }

    /// <summary>A sound without words: as if nothing had been said.</summary>
    private void ForgetNoise()
    {
        DropSpeech();
        _heardUntil = _noiseUntil = _memory.Position;
        _finish = false;
        if (_quietSince is not null)
            _quietSince = _memory.Position;
    }

    private void DropSpeech()
    {
        _speculation?.Drop();
        _speculation = null;
        _speechStart = null;
        _memory.KeepFrom = long.MaxValue;
    }

    private void BeginSpeech(long start)
    {
        _speechStart ??= start;
        _memory.KeepFrom = _speechStart.Value - Margin;
    }

    private void End(ListenResult result)
    {
        _memory.KeepFrom = long.MaxValue;
        if (_result.TrySetResult(result) && result is not ListenResult.Heard)
            _speculation?.Drop();
    }

    private static long Samples(TimeSpan duration) => duration.Ticks * 16_000 / TimeSpan.TicksPerSecond;

    private static TimeSpan Duration(long samples) => TimeSpan.FromTicks(samples * TimeSpan.TicksPerSecond / 16_000);
}

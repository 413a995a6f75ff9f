using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Calls.Evaluation;

/// <summary>
/// Hears recordings exactly as calls are heard: the same listener, voice activity, endpointing and engines. Only time differs: frames are
/// read as fast as they can be, but at the pace of a call while an engine works, so that what happens meanwhile happens as in a call. Thread-safe.
/// </summary>
/// <param name="turnDetector">Judges pauses beside the words; null = none.</param>
/// <param name="realTime">Every frame at the pace of a call: for measuring many callers at once.</param>
public sealed class SampleListening(
    ISpeechRecognizer recognizer, IVoiceActivityDetector detector, TimeSpan maxUtterance, TimeProvider time, bool realTime = false, ITurnDetector? turnDetector = null)
{
    /// <summary>Silence after the recording within which its text has to be final: the longest pause that endpointing allows, and a slow engine.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(6);

    /// <summary>Told of every pause in the recordings.</summary>
    internal Action<PauseRecord>? Paused { get; init; }

    /// <summary>Hears one recording to its end. Parts that endpointing cut apart are joined, as a caller's are.</summary>
    public async Task<HeardSample> HearAsync(SpokenSample sample, CancellationToken cancellationToken)
    {
        var metered = new MeteredRecognizer(recognizer, time);
        var session = new Session(sample, realTime, time, cancellationToken);
        await using (var listener = new Listener(session.Leg, detector, metered, maxUtterance, session.Clock, turnDetector, paused: Paused))
        {
            session.Open(() =>
            {
                var turn = listener.Begin(new ListeningTerms(sample.Expectation, Timeout.InfiniteTimeSpan, maxUtterance, _ => true) { Language = sample.Language });
                turn.PromptEnded();
                return turn;
            });
            await session.Over;
        }
        cancellationToken.ThrowIfCancellationRequested();
        return session.Result() with { EngineTime = metered.Took, Recognition = metered.Last, Recognitions = metered.Count };
    }

    /// <summary>One recording on its way through a listener; everything happens between two frames.</summary>
    private sealed class Session
    {
        private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

        private readonly SpokenSample _sample;
        private readonly bool _realTime;
        private readonly TimeProvider _time;
        private readonly CancellationToken _cancelled;
        private readonly TaskCompletionSource<Func<ListeningTurn>> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<Transcript> _parts = [];
        private readonly long _speechEnd;
        private readonly long _lastSample;
        private readonly long _began;
        private ListeningTurn? _turn;
        private long _paceFrom;
        private long _pacedFrames;
        private bool _pacing;
        private int _cutOffs;
        private bool _cut;
        private bool _waited;
        private TimeSpan? _final;
        private TimeSpan? _endpoint;
        private string? _failure;

        public Session(SpokenSample sample, bool realTime, TimeProvider time, CancellationToken cancelled)
        {
            (_sample, _realTime, _time, _cancelled) = (sample, realTime, time, cancelled);
            Leg = new SampleLeg(sample, NextFrameAsync);
            _speechEnd = Leg.Start + SpeechEnd.Of(sample.Audio.Span, sample.SampleRate);
            _lastSample = Leg.Start + sample.Audio.Length + (long)(LongestWait.TotalSeconds * sample.SampleRate);
            _began = time.GetTimestamp();
        }

        public SampleLeg Leg { get; }

        public SampleClock Clock { get; } = new();

        public Task Over => _over.Task;

        public void Open(Func<ListeningTurn> begin) => _opened.SetResult(begin);

        public HeardSample Result()
        {
            var texts = _parts.Where(part => !part.IsEmpty).Select(part => part.Text.Trim());
            var expected = _parts.Count > 0 && _parts.TrueForAll(part => part.Expected is not null) ? string.Concat(_parts.Select(part => part.Expected)) : null;
            return new(string.Join(' ', texts), expected, _parts.Count == 0 ? 0 : _parts.Average(part => part.Confidence), _parts.Count == 0 ? "" : _parts[^1].Engine)
            {
                // A turn that ended before a last click or breath was final when the speech was over.
                ToFinalText = _final ?? (_cut ? TimeSpan.Zero : null),
                FalseCutOffs = _cutOffs,
                WasReady = !_waited,
                Endpoint = _endpoint,
                Failure = _failure,
            };
        }

        private async ValueTask<bool> NextFrameAsync(long position)
        {
            var begin = await _opened.Task;
            _turn ??= begin();
            if (_turn.Result.IsCompleted)
            {
                Take(await _turn.Result, position);
                _turn = begin();
            }
            if (_final is not null || _failure is not null || position >= _lastSample || _cancelled.IsCancellationRequested)
            {
                _over.TrySetResult();
                return false;
            }
            await PaceAsync(_turn.Recognizing);
            Clock.Advance(Frame);
            return true;
        }

        /// <summary>What a turn ended with, when the frames up to <paramref name="position"/> had been heard.</summary>
        private void Take(ListenResult result, long position)
        {
            if (result is ListenResult.Failed failed)
                _failure = failed.Message;
            if (result is not ListenResult.Heard heard)
                return;
            // Cut off only if the rest was speech too, and no click or breath.
            _cutOffs += _cut ? 1 : 0;
            _parts.Add(heard.Utterance.Transcript);
            _waited |= heard.Utterance.Waited > TimeSpan.Zero;
            _endpoint = heard.Utterance.Endpoint;
            _cut = position < _speechEnd;
            if (!_cut)
                _final = TimeSpan.FromSeconds((double)(position - _speechEnd) / _sample.SampleRate);
        }

        private async ValueTask PaceAsync(Task recognizing)
        {
            if (_realTime)
            {
                var due = TimeSpan.FromTicks(Frame.Ticks * ++_pacedFrames) - _time.GetElapsedTime(_began);
                if (due > TimeSpan.Zero)
                    await Task.Delay(due, _time, CancellationToken.None);
                return;
            }
            if (recognizing.IsCompleted)
            {
                _pacing = false;
                return;
            }
            if (!_pacing)
                (_pacing, _paceFrom, _pacedFrames) = (true, _time.GetTimestamp(), 0);
            var left = TimeSpan.FromTicks(Frame.Ticks * ++_pacedFrames) - _time.GetElapsedTime(_paceFrom);
            if (left > TimeSpan.Zero)
                await Task.WhenAny(recognizing, Task.Delay(left, _time, CancellationToken.None));
        }
    }
}

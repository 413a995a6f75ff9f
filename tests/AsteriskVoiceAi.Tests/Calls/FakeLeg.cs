using System.Threading.Channels;
using System.Threading.Tasks.Sources;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Tests.Calls;

/// <summary>
/// One caller in memory. Nothing moves but by <see cref="Tick"/>: 20 ms are played to the caller, then 20 ms of the caller are heard.
/// Whatever waits for either runs on inside of it, so when it returns, the call has seen the frame.
/// </summary>
internal sealed class FakeLeg : ICallLeg, IAudioLink, IValueTaskSource<int>
{
    public const int Rate = 8000;
    public const int Frame = Rate / 50;

    private readonly Action _changed;
    private readonly Lock _gate = new();
    private readonly Channel<char> _keys = Channel.CreateUnbounded<char>(new UnboundedChannelOptions { AllowSynchronousContinuations = true });
    private readonly CancellationTokenSource _hungUp = new();
    private readonly List<Playback> _playbacks = [];
    private readonly List<Playback> _queue = [];
    private ManualResetValueTaskSourceCore<int> _wait;
    private CancellationTokenRegistration _cancel;
    private Memory<short> _target;
    private bool _ended;

    /// <param name="changed">Called when a playback was asked for, or a variable was set.</param>
    public FakeLeg(Action changed)
    {
        _changed = changed;
        // The runner's context would queue what waits for a frame instead of running it.
        SynchronizationContext.SetSynchronizationContext(null);
    }

    public IAudioLink Audio => this;

    public ChannelReader<char> Keys => _keys.Reader;

    public CancellationToken HungUp => _hungUp.Token;

    public int SampleRate => Rate;

    /// <summary>Whether somebody waits for the caller's audio.</summary>
    public bool IsRead { get; private set; }

    /// <summary>Whether the call has begun to listen: before that, what the caller says is lost.</summary>
    public bool WasRead { get; private set; }

    /// <summary>Variables that were set on the channel.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, string> Noted { get; } = new();

    public void Note(string variable, string value)
    {
        Noted[variable] = value;
        _changed();
    }

    /// <summary>Every playback that was asked for, in order.</summary>
    public IReadOnlyList<Playback> Playbacks
    {
        get
        {
            lock (_gate)
                return [.. _playbacks];
        }
    }

    /// <summary>What the caller got since the call began, with zeros where nothing played.</summary>
    public List<short> Played { get; } = [];

    public bool IsPlaying
    {
        get
        {
            lock (_gate)
                return _queue.Count > 0;
        }
    }

    /// <summary>Passes 20 ms.</summary>
    /// <param name="caller">What the caller sends: one frame.</param>
    public void Tick(ReadOnlySpan<short> caller)
    {
        foreach (var over in PlayFrame())
            over.End();
        bool read;
        lock (_gate)
        {
            if (read = IsRead)
            {
                caller.CopyTo(_target.Span);
                IsRead = false;
            }
        }
        if (read)
            Deliver(caller.Length);
    }

    public void Press(char key) => _keys.Writer.TryWrite(key);

    public void HangUp()
    {
        _hungUp.Cancel();
        EndAudio();
    }

    /// <summary>The audio ends, but nobody says that the caller is gone.</summary>
    public void EndAudio()
    {
        Playback[] cut;
        bool read;
        lock (_gate)
        {
            _ended = true;
            (read, IsRead) = (IsRead, false);
            cut = [.. _queue];
            _queue.Clear();
        }
        foreach (var playback in cut)
            playback.End();
        if (read)
            Deliver(0);
        _keys.Writer.TryComplete();
    }

    public ValueTask<int> ReceiveAsync(Memory<short> frame, CancellationToken cancellationToken)
    {
        bool first;
        short version;
        lock (_gate)
        {
            if (IsRead)
                throw new InvalidOperationException("A link has one reader.");
            if (_ended)
                return new(0);
            if (cancellationToken.IsCancellationRequested)
                return ValueTask.FromCanceled<int>(cancellationToken);
            _wait.Reset();
            (_target, IsRead) = (frame, true);
            (first, WasRead) = (!WasRead, true);
            version = _wait.Version;
            _cancel = cancellationToken.UnsafeRegister(static (leg, token) => ((FakeLeg)leg!).CancelRead(token), this);
        }
        if (first)
            _changed();
        return new(this, version);
    }

    public Task<int> PlayAsync(ReadOnlyMemory<short> samples, CancellationToken stop)
    {
        var playback = new Playback(samples);
        lock (_gate)
        {
            _playbacks.Add(playback);
            if (_ended || stop.IsCancellationRequested)
                playback.End();
            else
                _queue.Add(playback);
            // Before anybody sees it play: time may pass at once.
            stop.Register(() => Stop(playback));
        }
        _changed();
        return playback.Sent;
    }

    private List<Playback> PlayFrame()
    {
        var over = new List<Playback>();
        lock (_gate)
        {
            var left = Frame;
            while (left > 0 && _queue.Count > 0)
            {
                var next = _queue[0].Take(left);
                Played.AddRange(next.Span);
                left -= next.Length;
                if (!_queue[0].IsOver)
                    continue;
                over.Add(_queue[0]);
                _queue.RemoveAt(0);
            }
            Played.AddRange(Enumerable.Repeat((short)0, left));
        }
        return over;
    }

    private void Stop(Playback playback)
    {
        lock (_gate)
            _queue.Remove(playback);
        playback.End();
    }

    private void Deliver(int samples)
    {
        _cancel.Unregister();
        _wait.SetResult(samples);
    }

    private void CancelRead(CancellationToken token)
    {
        lock (_gate)
        {
            if (!IsRead)
                return;
            IsRead = false;
        }
        _wait.SetException(new OperationCanceledException(token));
    }

    int IValueTaskSource<int>.GetResult(short token) => _wait.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);

    /// <summary>One stretch of audio on its way to the caller.</summary>
    internal sealed class Playback(ReadOnlyMemory<short> samples)
    {
        // Runs its waiter at once, on the thread that ends it: the call has reacted when the tick returns.
        private readonly TaskCompletionSource<int> _sent = new();
        private int _taken;

        public ReadOnlyMemory<short> Samples => samples;

        public Task<int> Sent => _sent.Task;

        public bool IsOver => _taken == samples.Length;

        public ReadOnlyMemory<short> Take(int most)
        {
            var next = samples.Slice(_taken, Math.Min(most, samples.Length - _taken));
            _taken += next.Length;
            return next;
        }

        public void End() => _sent.TrySetResult(_taken);
    }
}

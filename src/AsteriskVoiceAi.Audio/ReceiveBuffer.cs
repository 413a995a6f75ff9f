using System.Threading.Tasks.Sources;

namespace AsteriskVoiceAi.Audio;

/// <summary>
/// Samples on their way from a socket loop (one writer) to one reader. Bounded: when full, the oldest samples are dropped and counted.
/// When the writer has been silent for <see cref="GapTicks"/> ticks, silence is given instead, one frame a tick, so the reader's time never stands still.
/// When that audio was only late and comes in a bunch, the silence given for it is taken back from the caller's next silence, so the reader's
/// time does not run ahead either.
/// </summary>
/// <remarks>Thread-safe for one reader, one writer and one ticker. Allocates only when made.</remarks>
public sealed class ReceiveBuffer : IValueTaskSource<int>
{
    /// <summary>Ticks of 20 ms without audio before silence is given: 60 ms is more than any jitter that a phone call survives unheard.</summary>
    public const int GapTicks = 3;

    /// <summary>Ticks after a gap within which late audio has come: a second.</summary>
    private const int LateTicks = 50;

    /// <summary>Peak of what counts as a caller's silence: -50 dB of full scale.</summary>
    private const int QuietPeak = 100;

    private readonly Lock _gate = new();
    private readonly short[] _ring;
    private readonly int _frame;
    private ManualResetValueTaskSourceCore<int> _wait = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;
    private Memory<short> _target;
    private int _start;
    private int _count;
    private int _ticksWithoutAudio;
    private int _ticksSinceGap;
    // Samples given, less those that the ticks have counted; the most of it lately while nothing was missing.
    private int _ahead;
    private int _mostAhead;
    // Silence given in the last gap.
    private int _owed;
    private bool _heard;
    private bool _waiting;
    private bool _ended;

    /// <param name="sampleRate">Hz; a frame is 20 ms of it.</param>
    /// <param name="capacity">Longest stretch that may wait for the reader; default 1 s.</param>
    public ReceiveBuffer(int sampleRate, TimeSpan? capacity = null)
    {
        _frame = sampleRate / 50;
        _ring = new short[(int)(sampleRate * (capacity ?? TimeSpan.FromSeconds(1)).TotalSeconds)];
    }

    /// <summary>Samples dropped because the reader was too slow.</summary>
    public long Dropped { get; private set; }

    /// <summary>Samples of silence given in place of audio that did not come.</summary>
    public long Filled { get; private set; }

    /// <summary>Hands audio to the reader.</summary>
    public void Write(ReadOnlySpan<short> samples)
    {
        lock (_gate)
        {
            if (_ended)
                return;
            _ticksWithoutAudio = 0;
            if (_owed > 0 && _ahead >= _mostAhead && IsQuiet(samples))
            {
                _owed = Math.Max(0, _owed - samples.Length);
                return;
            }
            _ahead += samples.Length;
            if (_owed == 0)
                _mostAhead = _heard ? Math.Max(_mostAhead, _ahead) : _ahead;
            _heard = true;
            Append(samples);
            Complete();
        }
    }

    /// <summary>Called every 20 ms by the clock.</summary>
    public void Tick()
    {
        lock (_gate)
        {
            _ahead -= _frame;
            if (++_ticksSinceGap > LateTicks)
                _owed = 0;
            // A sample a tick: faster than two clocks drift apart, slower than a gap.
            if (_owed == 0 && _mostAhead > _ahead)
                _mostAhead--;
            if (_ended || ++_ticksWithoutAudio < GapTicks)
                return;
            Filled += _frame;
            _ahead += _frame;
            // Before the first audio there is nothing that could be late; RTP ticks until then only.
            if (_heard)
                _owed += _frame;
            _ticksSinceGap = 0;
            Span<short> silence = stackalloc short[_frame];
            silence.Clear();
            Append(silence);
            Complete();
        }
    }

    /// <summary>No more audio will come; the reader gets what is left, then 0.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            Complete();
        }
    }

    /// <summary>Next audio, at most one frame and at most the length of <paramref name="target"/>; 0 = ended.</summary>
    public ValueTask<int> ReadAsync(Memory<short> target, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_waiting)
                throw new InvalidOperationException("A ReceiveBuffer has one reader.");
            if (cancellationToken.IsCancellationRequested)
                return ValueTask.FromCanceled<int>(cancellationToken);
            if (_count > 0 || _ended)
                return new(Take(target.Span));
            _wait.Reset();
            _target = target;
            _waiting = true;
            var result = new ValueTask<int>(this, _wait.Version);
            _registration = cancellationToken.UnsafeRegister(static (buffer, token) => ((ReceiveBuffer)buffer!).Cancel(token), this);
            return result;
        }
    }

    private static bool IsQuiet(ReadOnlySpan<short> samples)
    {
        foreach (var sample in samples)
        {
            if (sample is < -QuietPeak or > QuietPeak)
                return false;
        }
        return true;
    }

    private void Append(ReadOnlySpan<short> samples)
    {
        if (samples.Length > _ring.Length)
        {
            Dropped += samples.Length - _ring.Length;
            samples = samples[^_ring.Length..];
        }
        var over = _count + samples.Length - _ring.Length;
        if (over > 0)
        {
            Dropped += over;
            _start = (_start + over) % _ring.Length;
            _count -= over;
        }
        var end = (_start + _count) % _ring.Length;
        var first = Math.Min(samples.Length, _ring.Length - end);
        samples[..first].CopyTo(_ring.AsSpan(end));
        samples[first..].CopyTo(_ring);
        _count += samples.Length;
    }

    private int Take(Span<short> target)
    {
        var n = Math.Min(_count, Math.Min(_frame, target.Length));
        var first = Math.Min(n, _ring.Length - _start);
        _ring.AsSpan(_start, first).CopyTo(target);
        _ring.AsSpan(0, n - first).CopyTo(target[first..]);
        _start = (_start + n) % _ring.Length;
        _count -= n;
        return n;
    }

    private void Complete()
    {
        if (!_waiting || (_count == 0 && !_ended))
            return;
        _waiting = false;
        _registration.Unregister();
        _wait.SetResult(Take(_target.Span));
    }

    private void Cancel(CancellationToken token)
    {
        lock (_gate)
        {
            if (!_waiting)
                return;
            _waiting = false;
            _wait.SetException(new OperationCanceledException(token));
        }
    }

    int IValueTaskSource<int>.GetResult(short token) => _wait.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);
}

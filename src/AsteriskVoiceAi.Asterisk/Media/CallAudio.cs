using System.Runtime.CompilerServices;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>
/// A call's audio for as long as the call lasts, over one link after the other. Between two links the caller's side is
/// silence and playbacks wait; the next link takes them up where the caller's ear was left, in their order.
/// </summary>
/// <remarks>Thread-safe as <see cref="IAudioLink"/> says; links are attached by one owner. Allocates nothing per frame.</remarks>
internal sealed class CallAudio(IMediaLink first, FrameClock clock) : IAudioLink
{
    private readonly Lock _gate = new();
    private readonly List<Playback> _playbacks = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IMediaLink? _link = first;
    private ReceiveBuffer? _silence;
    private IDisposable? _ticks;
    private bool _closed;

    /// <summary>That of the first link; a later one at another rate is fitted to it.</summary>
    public int SampleRate { get; } = first.SampleRate;

    /// <summary>What the link in use has carried; zero while there is none.</summary>
    public MediaCounters Counters
    {
        get
        {
            lock (_gate)
                return _link?.Counters ?? default;
        }
    }

    /// <summary>Ends when no more audio will come.</summary>
    public Task Ended => _ended.Task;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<short> frame, CancellationToken cancellationToken)
    {
        while (true)
        {
            IMediaLink? link;
            ReceiveBuffer? silence;
            lock (_gate)
                (link, silence) = (_link, _silence);
            if (link is null && silence is null)
                return 0;
            var count = link is not null ? await link.ReceiveAsync(frame, cancellationToken) : await silence!.ReadAsync(frame, cancellationToken);
            if (count > 0)
                return count;
            if (link is not null)
                Detach(link);
        }
    }

    public Task<int> PlayAsync(ReadOnlyMemory<short> samples, CancellationToken stop)
    {
        if (samples.IsEmpty || stop.IsCancellationRequested)
            return Task.FromResult(0);
        var playback = new Playback(samples, stop);
        lock (_gate)
        {
            if (_closed)
                return Task.FromResult(0);
            _playbacks.Add(playback);
            if (_link is not null)
                playback.PlayOver(_link);
        }
        return FollowAsync(playback);
    }

    /// <summary>The link has ended, or is about to: silence until there is another.</summary>
    public void Detach(IMediaLink link)
    {
        ReceiveBuffer silence;
        lock (_gate)
        {
            if (_link != link)
                return;
            _link = null;
            if (_closed)
                return;
            _silence = silence = new ReceiveBuffer(SampleRate);
        }
        // Outside the gate: the clock holds its own lock while it ticks.
        var ticks = clock.Subscribe(silence.Tick);
        lock (_gate)
        {
            if (_silence == silence)
            {
                _ticks = ticks;
                return;
            }
        }
        ticks.Dispose();
    }

    /// <summary>Goes on over another link. The one before must be detached and disposed.</summary>
    public async Task AttachAsync(IMediaLink next)
    {
        Task[] left;
        lock (_gate)
            left = [.. _playbacks.Select(playback => playback.Running).OfType<Task>()];
        // They end with their link.
        await Task.WhenAll(left);
        lock (_gate)
        {
            if (_closed)
                return;
            foreach (var playback in _playbacks)
                playback.Settle();
            _link = next;
            foreach (var playback in _playbacks.Where(playback => !playback.IsOver))
            {
                playback.PlayOver(next);
                playback.Wake();
            }
        }
        EndSilence();
    }

    /// <summary>No more audio either way. What plays over a link that is still open ends with that link.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _closed = true;
            foreach (var playback in _playbacks)
                playback.Wake();
        }
        EndSilence();
        _ended.TrySetResult();
    }

    private void EndSilence()
    {
        ReceiveBuffer? silence;
        IDisposable? ticks;
        lock (_gate)
        {
            (silence, ticks) = (_silence, _ticks);
            (_silence, _ticks) = (null, null);
        }
        ticks?.Dispose();
        silence?.End();
    }

    private async Task<int> FollowAsync(Playback playback)
    {
        while (true)
        {
            Task? running;
            Task changed;
            lock (_gate)
                (running, changed) = (playback.Running, playback.Changed);
            if (running is null)
                await changed.WaitAsync(playback.Stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            else
                await running;
            lock (_gate)
            {
                playback.Settle();
                if (playback.Running is null && (playback.IsOver || _closed))
                {
                    _playbacks.Remove(playback);
                    return playback.Heard;
                }
            }
        }
    }

    /// <summary>Guarded by the gate.</summary>
    private sealed class Playback(ReadOnlyMemory<short> samples, CancellationToken stop)
    {
        private int _sent;
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationToken Stop => stop;

        /// <summary>Samples that the caller was sent, over all links that have ended.</summary>
        public int Heard { get; private set; }

        public bool IsOver => Heard >= samples.Length || stop.IsCancellationRequested;

        /// <summary>A link plays the rest; null = it waits for a link.</summary>
        public Task? Running { get; private set; }

        /// <summary>Ends when there is a link again, or none will be.</summary>
        public Task Changed => _changed.Task;

        public void PlayOver(IMediaLink link) => Running = RunAsync(link);

        /// <summary>Takes in what a link has done of it.</summary>
        public void Settle()
        {
            if (Running is not { IsCompleted: true })
                return;
            Heard += _sent;
            Running = null;
        }

        public void Wake()
        {
            var changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.TrySetResult();
        }

        private async Task RunAsync(IMediaLink link) => _sent = await link.PlayAsync(samples[Heard..], stop);
    }
}

namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>What is to be played, in order and without gaps, for a transport that takes a frame every 20 ms. Holds the callers' samples, no copies. Thread-safe.</summary>
internal sealed class PlayoutQueue
{
    private readonly Lock _gate = new();
    private readonly Queue<Playback> _playbacks = new();
    private bool _ended;

    /// <returns>Samples taken by <see cref="Fill"/>: all, or fewer when stopped or ended.</returns>
    public Task<int> PlayAsync(ReadOnlyMemory<short> samples, CancellationToken stop)
    {
        if (samples.IsEmpty || stop.IsCancellationRequested)
            return Task.FromResult(0);
        var playback = new Playback(this, samples);
        lock (_gate)
        {
            if (_ended)
                return Task.FromResult(0);
            _playbacks.Enqueue(playback);
        }
        // Outside the lock: a token that is cancelled by now calls back at once.
        var registration = stop.UnsafeRegister(static p => ((Playback)p!).Stop(), playback);
        lock (_gate)
        {
            if (playback.IsOver)
                registration.Unregister();
            else
                playback.Registration = registration;
        }
        return playback.Task;
    }

    /// <summary>Next samples; the rest of the frame is silence. Allocates nothing.</summary>
    /// <returns>Samples that are not that silence.</returns>
    public int Fill(Span<short> frame)
    {
        var length = frame.Length;
        lock (_gate)
        {
            while (!frame.IsEmpty && _playbacks.TryPeek(out var playback))
            {
                frame = frame[playback.Take(frame)..];
                if (playback.IsOver)
                    _playbacks.Dequeue();
            }
        }
        frame.Clear();
        return length - frame.Length;
    }

    /// <summary>Nothing more will be played.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            while (_playbacks.TryDequeue(out var playback))
                playback.Finish();
        }
    }

    private sealed class Playback(PlayoutQueue queue, ReadOnlyMemory<short> samples)
    {
        private readonly TaskCompletionSource<int> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _sent;

        public Task<int> Task => _done.Task;

        public bool IsOver { get; private set; }

        public CancellationTokenRegistration Registration { get; set; }

        public int Take(Span<short> frame)
        {
            if (IsOver)
                return 0;
            var n = Math.Min(frame.Length, samples.Length - _sent);
            samples.Span.Slice(_sent, n).CopyTo(frame);
            _sent += n;
            if (_sent == samples.Length)
                Finish();
            return n;
        }

        public void Stop()
        {
            lock (queue._gate)
                Finish();
        }

        public void Finish()
        {
            if (IsOver)
                return;
            IsOver = true;
            // Not Dispose: that waits for a callback which may be waiting for the gate.
            Registration.Unregister();
            _done.TrySetResult(_sent);
        }
    }
}

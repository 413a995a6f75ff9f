using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>
/// A link that knows what it plays: for every stretch of the caller's sound, the samples that went out meanwhile. They come back as echo
/// 20 to 250 ms later, so they are what the caller's sound is compared with.
/// </summary>
/// <remarks>
/// Links play one sample for each that they receive, by the far side's clock, so a queue that is emptied at the pace of the caller's samples
/// follows the real one to within a frame or two; the rest is part of the echo's delay, which is measured. Playing is safe from any thread,
/// <see cref="Take"/> is the listener's. Allocates nothing per frame.
/// </remarks>
internal sealed class PlayedSound(IAudioLink link) : IAudioLink
{
    private readonly Lock _gate = new();
    private readonly Queue<Playback> _queue = [];

    public int SampleRate => link.SampleRate;

    public ValueTask<int> ReceiveAsync(Memory<short> frame, CancellationToken cancellationToken) => link.ReceiveAsync(frame, cancellationToken);

    public async Task<int> PlayAsync(ReadOnlyMemory<short> samples, CancellationToken stop)
    {
        var playback = new Playback(samples);
        lock (_gate)
            _queue.Enqueue(playback);
        var sent = await link.PlayAsync(samples, stop);
        if (sent < samples.Length)
            playback.IsStopped = true;
        return sent;
    }

    /// <summary>What was played while as many samples were received; zeros where nothing was.</summary>
    public void Take(Span<short> played)
    {
        lock (_gate)
        {
            while (!played.IsEmpty && _queue.TryPeek(out var playback))
            {
                var taken = playback.IsStopped ? 0 : Math.Min(played.Length, playback.Rest.Length);
                playback.Rest.Span[..taken].CopyTo(played);
                playback.Rest = playback.Rest[taken..];
                played = played[taken..];
                if (playback.IsStopped || playback.Rest.IsEmpty)
                    _queue.Dequeue();
            }
        }
        played.Clear();
    }

    private sealed class Playback(ReadOnlyMemory<short> samples)
    {
        public ReadOnlyMemory<short> Rest { get; set; } = samples;

        /// <summary>The link sent less of it: what is left was never played.</summary>
        public volatile bool IsStopped;
    }
}

namespace AsteriskVoiceAi.Asterisk.MediaWebSocket;

/// <summary>One call of PlayAsync on its way to the caller. Guarded by its queue's lock.</summary>
internal sealed class Playback(ReadOnlyMemory<short> samples)
{
    private readonly TaskCompletionSource<int> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Length => samples.Length;

    /// <summary>Samples given to the wire so far, since the last flush those that need not be sent again.</summary>
    public int Fed { get; private set; }

    /// <summary>Where on the wire its first sample is, or would have been; it lies before 0 for one that began before the last flush.</summary>
    public long WireStart { get; private set; }

    /// <summary>Ends with the samples that the caller was sent.</summary>
    public Task<int> Done => _done.Task;

    public ReadOnlySpan<short> Take(int most, long wire)
    {
        WireStart = wire - Fed;
        var taken = samples.Span.Slice(Fed, Math.Min(most, Length - Fed));
        Fed += taken.Length;
        return taken;
    }

    /// <summary>How much of it was played when Asterisk has played everything up to <paramref name="wire"/>.</summary>
    public int HeardAt(long wire) => Fed == 0 ? 0 : (int)Math.Clamp(wire - WireStart, 0, Fed);

    /// <summary>Asterisk's queue was emptied: what was not heard has to be sent again.</summary>
    public void Rewind(int heard)
    {
        Fed = heard;
        WireStart = -heard;
    }

    public void Complete(int heard) => _done.TrySetResult(heard);
}

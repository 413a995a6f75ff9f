namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>The last stretch of what the caller said, addressed by sample number since the call began. 16 kHz, [-1, 1].</summary>
/// <remarks>
/// Small while nobody speaks (2 s = 128 kB) and grown while an utterance is kept, so that silent calls cost little.
/// Not thread-safe. Allocates when made, when grown and when an utterance is copied out.
/// </remarks>
internal sealed class SpeechMemory(int maxSamples)
{
    private const int InitialSamples = 2 * 16_000;

    private float[] _ring = new float[Math.Min(InitialSamples, maxSamples)];

    /// <summary>Number of samples heard so far; the position of the next one.</summary>
    public long Position { get; private set; }

    /// <summary>Samples from here on must not be forgotten (up to the maximum).</summary>
    public long KeepFrom { get; set; } = long.MaxValue;

    public void Append(ReadOnlySpan<float> samples)
    {
        if (samples.Length > _ring.Length)
            throw new ArgumentException("more samples than the memory holds", nameof(samples));
        if (Position + samples.Length - KeepFrom > _ring.Length && _ring.Length < maxSamples)
            Grow();
        Write(_ring, Position, samples);
        Position += samples.Length;
    }

    /// <summary>Samples of [from, to); what is no longer held is left out.</summary>
    public float[] Copy(long from, long to)
    {
        from = Math.Max(from, Oldest);
        to = Math.Min(to, Position);
        var copy = new float[Math.Max(0, to - from)];
        for (var i = 0; i < copy.Length; i++)
            copy[i] = _ring[(int)((from + i) % _ring.Length)];
        return copy;
    }

    private long Oldest => Math.Max(0, Position - _ring.Length);

    private void Grow()
    {
        var grown = new float[Math.Min(maxSamples, _ring.Length * 2)];
        for (var at = Oldest; at < Position; at++)
            grown[at % grown.Length] = _ring[at % _ring.Length];
        _ring = grown;
    }

    private static void Write(float[] ring, long position, ReadOnlySpan<float> samples)
    {
        var at = (int)(position % ring.Length);
        var first = Math.Min(samples.Length, ring.Length - at);
        samples[..first].CopyTo(ring.AsSpan(at));
        samples[first..].CopyTo(ring);
    }
}

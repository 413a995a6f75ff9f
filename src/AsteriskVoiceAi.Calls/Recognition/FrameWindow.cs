namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>Cuts a stream of samples into frames. Allocates only when made.</summary>
internal sealed class FrameWindow(int size)
{
    private readonly float[] _frame = new float[size];
    private int _filled;

    /// <summary>The frame that was filled last.</summary>
    public ReadOnlySpan<float> Frame => _frame;

    /// <summary>Takes samples from the front of <paramref name="samples"/>; true = a frame is full, call again with the rest.</summary>
    public bool Fill(ref Span<float> samples)
    {
        var n = Math.Min(samples.Length, size - _filled);
        samples[..n].CopyTo(_frame.AsSpan(_filled));
        samples = samples[n..];
        _filled += n;
        if (_filled < size)
            return false;
        _filled = 0;
        return true;
    }
}

namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>Cuts a stream of 16-bit samples into frames of floats in [-1, 1]. Allocates only when made.</summary>
internal sealed class FrameWindow(int size)
{
    private readonly float[] _frame = new float[size];
    private int _filled;

    /// <summary>The frame that was filled last.</summary>
    public ReadOnlySpan<float> Frame => _frame;

    /// <summary>Takes samples from the front of <paramref name="samples"/>; true = a frame is full, call again with the rest.</summary>
    public bool Fill(ref Span<short> samples)
    {
        var n = Math.Min(samples.Length, size - _filled);
        for (var i = 0; i < n; i++)
            _frame[_filled + i] = samples[i] / 32768f;
        samples = samples[n..];
        _filled += n;
        if (_filled < size)
            return false;
        _filled = 0;
        return true;
    }
}

namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>Loudness of a line when nothing is on it: the quietest 32 ms of the last one to two seconds.</summary>
internal sealed class NoiseFloor
{
    /// <summary>Blocks in a second.</summary>
    private const int Window = 125;

    private double _smooth;
    private double _quietest = double.MaxValue;
    private double _quietestBefore = double.MaxValue;
    private int _blocks;

    /// <summary>Mean square.</summary>
    public double Level => Math.Min(_quietest, _quietestBefore);

    /// <summary>Takes the mean square of the next 8 ms.</summary>
    public void Take(double level)
    {
        // A mean over about four blocks: a single quiet one is chance.
        _smooth = _blocks == 0 ? level : _smooth + ((level - _smooth) / 4);
        _quietest = Math.Min(_quietest, _smooth);
        if (++_blocks % Window == 0)
            (_quietestBefore, _quietest) = (_quietest, _smooth);
    }
}

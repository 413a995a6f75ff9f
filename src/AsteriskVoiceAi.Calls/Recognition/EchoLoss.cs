namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>
/// How much quieter our own sound comes back on this call: nearly the loudest that was seen, in dB of received over played. A histogram
/// instead of a mean, because a caller who speaks over a prompt only ever adds to what is received.
/// </summary>
internal sealed class EchoLoss
{
    /// <summary>dB from -60 (nothing comes back) to +10, in steps of one.</summary>
    private const int Lowest = -60;
    private const int Bins = 71;

    /// <summary>Louder echoes than this share are left to the duration rule.</summary>
    private const double Share = 0.95;

    /// <summary>Blocks (0.4 s of sound) before it is known.</summary>
    private const double Least = 50;

    /// <summary>dB that are added at first, less and less until so many blocks (2 s of sound) were seen: the loudest may be still to come.</summary>
    private const double Unsure = 6;
    private const double Sure = 250;

    /// <summary>When the histogram holds so many blocks (8 s of sound) the old ones lose half their weight: a caller may switch to the loudspeaker.</summary>
    private const double Most = 1000;

    private readonly double[] _counts = new double[Bins];
    private double _total;

    public bool IsKnown => _total >= Least;

    /// <summary>dB to add to what was played to get what comes back at most.</summary>
    public double Gain { get; private set; }

    /// <param name="weight">Less than 1 for what may be the caller.</param>
    public void Take(double gain, double weight)
    {
        if (_total > Most)
        {
            for (var i = 0; i < Bins; i++)
                _counts[i] /= 2;
            _total /= 2;
        }
        _counts[Math.Clamp((int)Math.Ceiling(gain) - Lowest, 0, Bins - 1)] += weight;
        _total += weight;
        var above = _total * (1 - Share);
        var bin = Bins - 1;
        for (var seen = _counts[bin]; seen < above && bin > 0;)
            seen += _counts[--bin];
        Gain = Lowest + bin + (Unsure * Math.Max(0, 1 - (_total / Sure)));
    }

    /// <summary>The echo comes by another way now.</summary>
    public void Forget()
    {
        _counts.AsSpan().Clear();
        _total = 0;
    }
}

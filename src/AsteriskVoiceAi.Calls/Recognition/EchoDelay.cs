namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>
/// How long our own sound takes to come back on this call: the shift by which the rise and fall of what is received follows that of
/// what was played. Works on loudness in blocks of 8 ms, so it costs nothing, and neither codecs nor a phone's filters disturb it.
/// </summary>
internal sealed class EchoDelay
{
    /// <summary>Longest delay looked for: 50 blocks = 400 ms.</summary>
    public const int Lags = 51;

    /// <summary>Forgets with a time constant of 2 s = 250 blocks.</summary>
    private const double Memory = 1 - (1 / 250.0);

    /// <summary>Blocks (0.4 s) before a likeness means anything.</summary>
    private const double Least = 50;

    /// <summary>Correlation from which on it is our sound: that of unrelated speech stays below in 0.4 s and more.</summary>
    private const double Alike = 0.5;

    private readonly double[] _played = new double[Lags];
    private readonly double[] _sum = new double[Lags];
    private readonly double[] _squares = new double[Lags];
    private readonly double[] _products = new double[Lags];
    private double _weight;
    private double _heardSum;
    private double _heardSquares;
    private int _at;

    /// <summary>Blocks of delay; null = nothing comes back, or it is not known yet.</summary>
    public int? Blocks { get; private set; }

    /// <summary>Takes the loudness (any measure that grows evenly with it) of the next block.</summary>
    /// <param name="counts">Whether something was played lately: silence teaches nothing.</param>
    public void Take(double heard, double played, bool counts)
    {
        _at = (_at + 1) % Lags;
        _played[_at] = played;
        if (!counts)
            return;
        _weight = (_weight * Memory) + 1;
        _heardSum = (_heardSum * Memory) + heard;
        _heardSquares = (_heardSquares * Memory) + (heard * heard);
        for (var lag = 0; lag < Lags; lag++)
        {
            var before = _played[(_at - lag + Lags) % Lags];
            _sum[lag] = (_sum[lag] * Memory) + before;
            _squares[lag] = (_squares[lag] * Memory) + (before * before);
            _products[lag] = (_products[lag] * Memory) + (before * heard);
        }
        Blocks = _weight < Least ? null : Best();
    }

    private int? Best()
    {
        var (best, likeness) = (0, Alike);
        var heardVariance = _heardSquares - (_heardSum * _heardSum / _weight);
        for (var lag = 0; lag < Lags; lag++)
        {
            var variance = _squares[lag] - (_sum[lag] * _sum[lag] / _weight);
            var covariance = _products[lag] - (_sum[lag] * _heardSum / _weight);
            var correlation = covariance / Math.Sqrt(Math.Max(variance * heardVariance, 1e-12));
            if (correlation > likeness)
                (best, likeness) = (lag, correlation);
        }
        return likeness > Alike ? best : null;
    }
}

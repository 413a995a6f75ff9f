namespace AsteriskVoiceAi.Audio;

/// <summary>
/// What the encoder and the decoder of ITU-T G.722 know about one of the two bands, kept in step by the codes alone: the size of the quantiser's
/// steps, and a predictor of two poles and six zeros. 16-bit arithmetic with saturation, as the recommendation prescribes it to the bit.
/// </summary>
internal sealed class G722Band
{
    // 2^(n/32) in 1/2048: the fraction of the logarithmic step size.
    private static readonly short[] Antilog =
    [
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
        2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008,
    ];

    private readonly int _shift;
    private readonly int _logLimit;

    // Index 1 is the latest sample; 0 is not used, so that the numbers are those of the recommendation.
    private readonly int[] _differences = new int[7];
    private readonly int[] _zeros = new int[7];
    private int _log;
    private int _pole1;
    private int _pole2;
    private int _rebuilt1;
    private int _rebuilt2;
    private int _partial1;
    private int _partial2;
    private int _fromZeros;

    private G722Band(int step, int shift, int logLimit) => (Step, _shift, _logLimit) = (step, shift, logLimit);

    /// <summary>Scale of the quantiser (DETL, DETH).</summary>
    public int Step { get; private set; }

    /// <summary>The next sample, as far as it can be known (SL, SH).</summary>
    public int Predicted { get; private set; }

    public static G722Band Lower() => new(32, 8, 18432);

    public static G722Band Upper() => new(8, 10, 22528);

    /// <summary>A sample is done.</summary>
    /// <param name="difference">What the code said: sample minus prediction, quantised.</param>
    /// <param name="logStep">What this code does to the logarithm of the step size.</param>
    public void Adapt(int difference, int logStep)
    {
        _log = Math.Clamp(((_log * 127) >> 7) + logStep, 0, _logLimit);
        var shift = _shift - (_log >> 11);
        int antilog = Antilog[(_log >> 6) & 31];
        Step = (shift < 0 ? antilog << -shift : antilog >> shift) << 2;
        Predict(difference);
    }

    public static int Saturate(int value) => Math.Clamp(value, short.MinValue, short.MaxValue);

    private void Predict(int difference)
    {
        var rebuilt = Saturate(Predicted + difference);
        var partial = Saturate(_fromZeros + difference);
        AdaptPoles(partial);
        AdaptZeros(difference);

        (_rebuilt2, _rebuilt1) = (_rebuilt1, rebuilt);
        (_partial2, _partial1) = (_partial1, partial);
        var fromPoles = Saturate(((_pole1 * Saturate(2 * _rebuilt1)) >> 15) + ((_pole2 * Saturate(2 * _rebuilt2)) >> 15));
        var fromZeros = 0;
        for (var i = 6; i > 0; i--)
        {
            _differences[i] = i == 1 ? difference : _differences[i - 1];
            fromZeros += (_zeros[i] * Saturate(2 * _differences[i])) >> 15;
        }
        _fromZeros = Saturate(fromZeros);
        Predicted = Saturate(fromPoles + _fromZeros);
    }

    // UPPOL2, UPPOL1: each pole moves by a fixed amount in the direction that the signs of the last three tell, and leaks towards zero.
    private void AdaptPoles(int partial)
    {
        var (same1, same2) = (SameSign(partial, _partial1), SameSign(partial, _partial2));
        var quadruple = Saturate(4 * _pole1);
        var second = (Math.Min(same1 ? -quadruple : quadruple, short.MaxValue) >> 7) + (same2 ? 128 : -128) + ((_pole2 * 32512) >> 15);
        _pole2 = Math.Clamp(second, -12288, 12288);
        var first = Saturate((same1 ? 192 : -192) + ((_pole1 * 32640) >> 15));
        var limit = Saturate(15360 - _pole2);
        _pole1 = Math.Clamp(first, -limit, limit);
    }

    // UPZERO
    private void AdaptZeros(int difference)
    {
        var change = difference == 0 ? 0 : 128;
        for (var i = 1; i <= 6; i++)
            _zeros[i] = Saturate((SameSign(difference, _differences[i]) ? change : -change) + ((_zeros[i] * 32640) >> 15));
    }

    /// <summary>Zero counts as positive.</summary>
    private static bool SameSign(int a, int b) => (a < 0) == (b < 0);
}

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// Which share of a flow's held-out examples was right near each place of a logistic curve: their mean by a Gaussian window, beside what
/// the curve itself says, made rising. Where there are few examples the curve stands, and what lies below nearly all of them, as callers
/// out of scope do, falls as the curve does.
/// </summary>
internal sealed class LearnedShares
{
    private const double Lowest = -5;
    private const double Step = 0.125;
    private const int Places = 81;

    /// <summary>Standard deviation of the window, as a logit. From 0.3 to 0.5 it is the same, in the mean of eighty labelled sets; 1 blurs.</summary>
    private const double Window = 0.5;

    /// <summary>Rows that the curve weighs as much as.</summary>
    private const double CurveRows = 10;

    /// <summary>Of the result, so much is the curve itself, so that two utterances on a level stretch keep their order.</summary>
    private const double Tilt = 0.03;

    /// <summary>Of the examples, so many lie below the place from which on downwards the curve's fall counts.</summary>
    private const double Tail = 0.05;

    private readonly double[] _shares;
    private readonly double _tail;

    private LearnedShares(double[] shares, double tail) => (_shares, _tail) = (shares, tail);

    /// <param name="offset">Of the curve: with it the sum of an example's evidence is its place there, a logit.</param>
    public static LearnedShares Of(IReadOnlyList<JudgedEvidence> heldOut, double offset)
    {
        var logits = new double[heldOut.Count];
        for (var i = 0; i < logits.Length; i++)
            logits[i] = offset + heldOut[i].Sum;
        var shares = new double[Places];
        var weights = new double[Places];
        for (var place = 0; place < Places; place++)
        {
            var middle = Lowest + (Step * place);
            var (right, weight) = (CurveRows * ConfidenceCurve.Logistic(middle), CurveRows);
            for (var i = 0; i < logits.Length; i++)
            {
                var distance = (logits[i] - middle) / Window;
                if (Math.Abs(distance) >= 3)
                    continue;
                var near = Math.Exp(-distance * distance / 2);
                right += heldOut[i].IsRight ? near : 0;
                weight += near;
            }
            (shares[place], weights[place]) = (right / weight, weight);
        }
        MakeRising(shares, weights);
        Array.Sort(logits);
        return new LearnedShares(shares, logits[(int)(Tail * logits.Length)]);
    }

    public double At(double logit) =>
        logit >= _tail ? Learned(logit) : Learned(_tail) * ConfidenceCurve.Logistic(logit) / ConfidenceCurve.Logistic(_tail);

    private double Learned(double logit)
    {
        var place = Math.Clamp((logit - Lowest) / Step, 0, Places - 1);
        var below = Math.Min((int)place, Places - 2);
        var share = _shares[below] + ((place - below) * (_shares[below + 1] - _shares[below]));
        return ((1 - Tilt) * share) + (Tilt * ConfidenceCurve.Logistic(logit));
    }

    /// <summary>The nearest shares that never fall (isotonic regression): neighbours in the wrong order share their mean.</summary>
    private static void MakeRising(double[] shares, double[] weights)
    {
        // Stretches of equal shares, each by the place after its last one.
        var ends = new int[shares.Length];
        var (stretchShares, stretchWeights) = (new double[shares.Length], new double[shares.Length]);
        var last = -1;
        for (var place = 0; place < shares.Length; place++)
        {
            last++;
            (stretchShares[last], stretchWeights[last], ends[last]) = (shares[place], weights[place], place + 1);
            for (; last > 0 && stretchShares[last - 1] > stretchShares[last]; last--)
            {
                var both = stretchWeights[last - 1] + stretchWeights[last];
                stretchShares[last - 1] = ((stretchShares[last - 1] * stretchWeights[last - 1]) + (stretchShares[last] * stretchWeights[last])) / both;
                (stretchWeights[last - 1], ends[last - 1]) = (both, ends[last]);
            }
        }
        for (int stretch = 0, place = 0; stretch <= last; stretch++)
        {
            for (; place < ends[stretch]; place++)
                shares[place] = stretchShares[stretch];
        }
    }
}

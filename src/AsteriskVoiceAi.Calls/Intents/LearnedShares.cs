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

    /// <param name="heldOut">Examples by their place on the curve, a logit.</param>
    public static LearnedShares Of(IReadOnlyList<(double Logit, bool IsRight)> heldOut)
    {
        var shares = new (double Share, double Weight)[Places];
        for (var place = 0; place < Places; place++)
        {
            var middle = Lowest + (Step * place);
            var (right, weight) = (CurveRows * ConfidenceCurve.Logistic(middle), CurveRows);
            foreach (var (logit, isRight) in heldOut)
            {
                var distance = (logit - middle) / Window;
                if (Math.Abs(distance) >= 3)
                    continue;
                var near = Math.Exp(-distance * distance / 2);
                right += isRight ? near : 0;
                weight += near;
            }
            shares[place] = (right / weight, weight);
        }
        return new LearnedShares(Rising(shares), heldOut.Select(row => row.Logit).Order().ElementAt((int)(Tail * heldOut.Count)));
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
    private static double[] Rising((double Share, double Weight)[] shares)
    {
        var stretches = new List<(double Share, double Weight, int Places)>();
        foreach (var (share, weight) in shares)
        {
            stretches.Add((share, weight, 1));
            while (stretches.Count > 1 && stretches[^2].Share > stretches[^1].Share)
            {
                var (last, before) = (stretches[^1], stretches[^2]);
                stretches.RemoveRange(stretches.Count - 2, 2);
                var both = before.Weight + last.Weight;
                stretches.Add((((before.Share * before.Weight) + (last.Share * last.Weight)) / both, both, before.Places + last.Places));
            }
        }
        return [.. stretches.SelectMany(stretch => Enumerable.Repeat(stretch.Share, stretch.Places))];
    }
}

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// A sum of evidence as the probability of being right. What the sum is worth is learned from a flow's own examples when they are held
/// out: a logistic curve with their mean, then the share of right ones near each place of it.
/// </summary>
internal sealed class ConfidenceCurve
{
    /// <summary>Share of callers that is understood where nothing is known, and the number of examples that this weighs as much as.</summary>
    private const double UsualAccuracy = 0.8;
    private const int UsualRows = 10;

    /// <summary>
    /// An example that is like no other is an odd one; a caller who is like no example may say the usual thing in words of his own. Where
    /// examples are right in less than every other case callers are right more often: below it their chance falls so much less steeply.
    /// Calibration error -0.1 to -0.3 % on five groups of sixty labelled lists, and on their noise.
    /// </summary>
    private const double Even = 0.5;
    private const double CallersSlope = 0.625;

    /// <summary>Fewer examples tell no more than a mean.</summary>
    private const int FewRows = 20;

    private readonly double _offset;
    private readonly LearnedShares? _shares;

    private ConfidenceCurve(double offset, LearnedShares? shares) => (_offset, _shares) = (offset, shares);

    /// <param name="usualOffset">Where there is nothing to learn from.</param>
    /// <param name="usualWeight">Number of examples that it weighs as much as; with fewer it stands alone.</param>
    public static ConfidenceCurve Fit(IReadOnlyList<JudgedEvidence> heldOut, double usualOffset, int usualWeight = 0)
    {
        if (heldOut.Count == 0 || heldOut.Count < usualWeight)
            return new ConfidenceCurve(usualOffset, null);
        // The temperatures know that held-out folds are harder than calls; the better of both is what to expect.
        var expected = Math.Max(heldOut.Count(row => row.IsRight), heldOut.Sum(row => row.Probability));
        var own = OffsetFor(heldOut, (expected + (UsualAccuracy * UsualRows)) / (heldOut.Count + UsualRows));
        var offset = ((heldOut.Count * own) + (usualWeight * usualOffset)) / (heldOut.Count + usualWeight);
        return new ConfidenceCurve(offset, heldOut.Count < FewRows ? null : LearnedShares.Of(heldOut, offset));
    }

    /// <param name="sum">Of evidence.</param>
    public double At(double sum) => OfCallers(_shares?.At(_offset + sum) ?? Logistic(_offset + sum));

    /// <summary>The chance that a caller is right where this share of examples is.</summary>
    internal static double OfCallers(double share) => share >= Even ? share : Even - (CallersSlope * (Even - share));

    /// <summary>The share of examples that are right where a caller has this chance.</summary>
    internal static double OfExamples(double chance) => chance >= Even ? chance : Even - ((Even - chance) / CallersSlope);

    internal static double Logistic(double value) => 1 / (1 + Math.Exp(-value));

    private static double OffsetFor(IReadOnlyList<JudgedEvidence> heldOut, double mean)
    {
        var (low, high) = (-10.0, 10.0);
        for (var i = 0; i < 40; i++)
        {
            var middle = (low + high) / 2;
            if (heldOut.Average(row => Logistic(middle + row.Sum)) < mean)
                low = middle;
            else
                high = middle;
        }
        return low;
    }
}

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// Probability and nearness as one confidence: logit(confidence) = offset + 0.55 logit(p) + 2.75 ln(cosine). The probability says which
/// intent if it is one of them, the nearest example whether it is one of them at all. The two factors rank callers in scope above
/// others as well as p × cosine² does (fitted on eleven labelled sets of 5 to 10 examples an intent); the offset makes the mean
/// confidence of a flow's own examples what they deserve when they are held out.
/// </summary>
/// <param name="Offset">Where a certain and very near utterance is beyond doubt it is positive, about 1.5.</param>
internal sealed record ConfidenceCurve(double Offset)
{
    private const double ProbabilityFactor = 0.55;
    private const double CosineFactor = 2.75;

    /// <summary>Share of callers that is understood where nothing is known, and the number of examples that this weighs as much as.</summary>
    private const double UsualAccuracy = 0.8;
    private const int UsualRows = 10;

    public static ConfidenceCurve Prior { get; } = new(1.5);

    public static ConfidenceCurve Fit(IReadOnlyList<HeldOut> heldOut, Temperatures temperatures)
    {
        var rows = heldOut.Where(row => row.Evidence.Meaning is not null).Select(row => (Row: row, P: IntentModel.Probabilities(row.Evidence, temperatures))).ToList();
        if (rows.Count == 0)
            return Prior;
        var right = rows.Count(row => row.P[row.Row.Class] >= row.P.Max());
        // The temperatures know that held-out folds are harder than calls; the better of both is what to expect.
        var expected = Math.Max(right, rows.Sum(row => row.P.Max()));
        var target = (expected + (UsualAccuracy * UsualRows)) / (rows.Count + UsualRows);
        var slopes = rows.ConvertAll(row => Slope(row.P, row.Row.Evidence.Cosine));
        var (low, high) = (-10.0, 10.0);
        for (var i = 0; i < 40; i++)
        {
            var middle = (low + high) / 2;
            if (slopes.Average(slope => Logistic(middle + slope)) < target)
                low = middle;
            else
                high = middle;
        }
        return new ConfidenceCurve(low);
    }

    public double At(double[] probabilities, double cosine) => Logistic(Offset + Slope(probabilities, cosine));

    private static double Slope(double[] probabilities, double cosine)
    {
        var best = probabilities.Max();
        // With a single intent the probability is always 1 and says nothing.
        var odds = probabilities.Length == 1 ? 0 : Math.Log(Math.Max(best, 1e-6) / Math.Max(1 - best, 1e-4));
        return (ProbabilityFactor * odds) + (CosineFactor * Math.Log(Math.Max(cosine, 0.02)));
    }

    private static double Logistic(double value) => 1 / (1 + Math.Exp(-value));
}

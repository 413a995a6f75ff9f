namespace AsteriskVoiceAi.Service.Evaluation;

/// <summary>Whether confidences are what they claim: the expected difference of confidence and accuracy over bins of equal width.</summary>
internal static class Calibration
{
    private const int Bins = 15;

    /// <summary>Enough that the mean moves by less than 0.001.</summary>
    private const int Draws = 500;

    /// <param name="rows">From 0 to 1; at least one.</param>
    public static double ErrorOf(IReadOnlyList<(double Confidence, bool IsRight)> rows)
    {
        var differences = new double[Bins];
        foreach (var (confidence, isRight) in rows)
            differences[Math.Min(Bins - 1, (int)(confidence * Bins))] += (isRight ? 1 : 0) - confidence;
        return differences.Sum(Math.Abs) / rows.Count;
    }

    /// <summary>The error that confidences which are exactly right would show on so few rows: rows are drawn right as often as they claim.</summary>
    public static double ErrorByChance(IReadOnlyList<double> confidences)
    {
        var random = new Random(1);
        return Enumerable.Range(0, Draws).Average(_ => ErrorOf([.. confidences.Select(confidence => (confidence, random.NextDouble() < confidence))]));
    }
}

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// Turns scores into probabilities: softmax(T × score), with the T that fits utterances the model was not trained on.
/// </summary>
internal static class Temperature
{
    /// <summary>What many sets of examples agree on, for a flow that has too few to tell.</summary>
    public const double Prior = 10;

    /// <summary>Number of examples at which a flow's own examples and the prior weigh the same.</summary>
    private const double PriorRows = 100;

    private const int MaxFolds = 10;

    /// <summary>From so many examples on five folds tell as much as ten, at half the time.</summary>
    private const int ManyRows = 400;

    public static double Fit(IReadOnlyList<IReadOnlyList<string>> rows, IReadOnlyList<int> classes, int classCount)
    {
        var smallest = Enumerable.Range(0, classCount).Min(target => classes.Count(c => c == target));
        var folds = Math.Min(rows.Count > ManyRows ? MaxFolds / 2 : MaxFolds, smallest);
        if (classCount < 2 || folds < 2)
            return Prior;
        var heldOut = new List<(double[] Scores, int Class)>();
        var fold = FoldOf(classes, folds);
        for (var held = 0; held < folds; held++)
        {
            var training = Enumerable.Range(0, rows.Count).Where(i => fold[i] != held).ToList();
            var model = NgramModel.Train([.. training.Select(i => rows[i])], [.. training.Select(i => classes[i])], classCount);
            for (var i = 0; i < rows.Count; i++)
            {
                if (fold[i] == held)
                    heldOut.Add((model.Score(rows[i]).Scores, classes[i]));
            }
        }
        // Held-out folds are under-confident (a tenth of few examples is missed badly): pull towards the prior.
        var fitted = Grid().MinBy(t => heldOut.Sum(row => -Math.Log(Math.Max(Softmax(row.Scores, t)[row.Class], 1e-12))));
        return fitted * Math.Pow(Prior / fitted, PriorRows / (rows.Count + PriorRows));
    }

    public static double[] Softmax(double[] scores, double temperature)
    {
        var largest = scores.Max();
        var values = Array.ConvertAll(scores, score => Math.Exp(temperature * (score - largest)));
        var sum = values.Sum();
        return Array.ConvertAll(values, value => value / sum);
    }

    /// <summary>The n-th example of each class goes to fold n modulo folds.</summary>
    private static int[] FoldOf(IReadOnlyList<int> classes, int folds)
    {
        var seen = new Dictionary<int, int>();
        var fold = new int[classes.Count];
        for (var i = 0; i < fold.Length; i++)
        {
            var count = seen.GetValueOrDefault(classes[i]);
            seen[classes[i]] = count + 1;
            fold[i] = count % folds;
        }
        return fold;
    }

    /// <summary>0.25 to 60 in 40 equal ratios.</summary>
    private static IEnumerable<double> Grid() => Enumerable.Range(0, 41).Select(i => 0.25 * Math.Pow(60 / 0.25, i / 40.0));
}

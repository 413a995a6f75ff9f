namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>How far scores are apart when they are made probabilities; a large one is sure of itself.</summary>
/// <param name="Words">Of n-gram scores on their own.</param>
/// <param name="FusedMeaning">Of the encoder's scores in the sum.</param>
/// <param name="FusedWords">Of n-gram scores in the sum.</param>
internal sealed record Temperatures(double Words, double FusedMeaning, double FusedWords)
{
    /// <summary>What many sets of examples agree on, for a flow that has too few to tell.</summary>
    private const double WordsPrior = 10;

    private const double MeaningPrior = 1.6;

    /// <summary>Number of examples at which a flow's own examples and the prior weigh the same.</summary>
    private const double PriorRows = 100;

    public static Temperatures Prior { get; } = new(WordsPrior, MeaningPrior, WordsPrior);

    /// <summary>
    /// The best for examples that were held out, pulled towards the prior: held-out folds are under-confident, since a tenth of few
    /// examples is missed badly. Of the two in the sum the ratio stays, and only the common scale is pulled.
    /// </summary>
    /// <param name="examples">How many there are.</param>
    public static Temperatures Fit(IReadOnlyList<HeldOut> heldOut, int examples)
    {
        if (heldOut.Count == 0)
            return Prior;
        var words = Best(heldOut, row => row.Evidence.Words);
        var pull = PriorRows / (examples + PriorRows);
        var alone = words * Math.Pow(WordsPrior / words, pull);
        if (heldOut[0].Evidence.Meaning is null)
            return Prior with { Words = alone };
        var meaning = Best(heldOut, row => row.Evidence.Meaning!);
        var scale = Math.Exp(pull * ((0.7 * Math.Log(MeaningPrior / meaning)) + (0.3 * Math.Log(WordsPrior / words))));
        return new Temperatures(alone, scale * meaning, scale * words);
    }

    private static double Best(IReadOnlyList<HeldOut> rows, Func<HeldOut, double[]> scores)
    {
        var (best, least) = (0.0, double.MaxValue);
        // 0.25 to 60 in 40 equal ratios.
        for (var i = 0; i <= 40; i++)
        {
            var temperature = 0.25 * Math.Pow(60 / 0.25, i / 40.0);
            var loss = rows.Sum(row => -Math.Log(Math.Max(Softmax.Of(scores(row), temperature)[row.Class], 1e-12)));
            if (loss < least)
                (best, least) = (temperature, loss);
        }
        return best;
    }
}

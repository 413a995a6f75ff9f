namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// Words and meaning together: z = 0.75 TE zE + 0.25 TN zN, made probabilities by a softmax. Without a vector the words alone. Immutable;
/// safe for many calls at once.
/// </summary>
internal sealed class IntentModel
{
    /// <summary>Weight of the meaning. Fixed: cross-validation picks more, since n-grams suffer more from the examples it holds back.</summary>
    private const double MeaningWeight = 0.75;

    private readonly NgramModel _words;
    private readonly MeaningModel? _meaning;

    private IntentModel(NgramModel words, MeaningModel? meaning, Temperatures temperatures, IntentConfidence confidence, IReadOnlyList<HeldOut> heldOut) =>
        (_words, _meaning, Temperatures, Confidence, HeldOutRows) = (words, meaning, temperatures, confidence, heldOut);

    public Temperatures Temperatures { get; }

    public IntentConfidence Confidence { get; }

    /// <summary>The examples, each scored by a model that had not seen it: for thresholds.</summary>
    public IReadOnlyList<HeldOut> HeldOutRows { get; }

    public bool HasMeaning => _meaning is not null;

    /// <param name="temperatures">Null = fitted by cross-validation.</param>
    public static IntentModel Train(TrainingSet set, Temperatures? temperatures = null)
    {
        NgramModel? words = null;
        MeaningModel? meaning = null;
        IReadOnlyList<HeldOut> heldOut = [];
        Parallel.Invoke(
            () => heldOut = temperatures is null ? CrossValidation.Run(set) : [],
            () => meaning = set.Vectors is null ? null : MeaningModel.Train(set),
            () => words = NgramModel.Train(set));
        var fitted = temperatures ?? Temperatures.Fit(heldOut, set.Grams.Count);
        return new IntentModel(words!, meaning, fitted, IntentConfidence.Fit(heldOut, fitted), heldOut);
    }

    /// <param name="content">The words without politeness, which tells nothing about the scope: "no, thank you" is not half known because an example has a "you".</param>
    public Evidence Look(IReadOnlyList<string> words, IReadOnlyList<string> content, float[]? vector) =>
        Evidence.Of(_words, _words.Measure(words).Vector, KnownShare(content), _meaning, vector);

    /// <summary>The share of the words, by weight, that the examples have.</summary>
    public double KnownShare(IReadOnlyList<string> words) => _words.Measure(words).Known;

    public double[] Probabilities(Evidence evidence) => Probabilities(evidence, Temperatures);

    public static double[] Probabilities(Evidence evidence, Temperatures temperatures)
    {
        if (evidence.Meaning is not { } meaning)
            return Softmax.Of(evidence.Words, temperatures.Words);
        var scores = new double[meaning.Length];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = (MeaningWeight * temperatures.FusedMeaning * meaning[i]) + ((1 - MeaningWeight) * temperatures.FusedWords * evidence.Words[i]);
        return Softmax.Of(scores, 1);
    }

    /// <summary>The examples, each judged by a model that had not seen it.</summary>
    public IReadOnlyList<JudgedExample> JudgeHeldOut() =>
    [
        .. HeldOutRows.Select(row =>
        {
            var probabilities = Probabilities(row.Evidence);
            var best = Softmax.Likeliest(probabilities);
            return new JudgedExample(Confidence.Of(probabilities, best, row.Evidence), best == row.Class);
        }),
    ];

    internal double[]? Regression(float[] vector) => _meaning?.Regression(vector);

    internal double MeaningLoss => _meaning?.Loss ?? double.NaN;
}

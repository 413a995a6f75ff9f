namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>How likely the best intent is right, of all that is known about an utterance. Immutable.</summary>
internal sealed class IntentConfidence
{
    /// <summary>A certain and very near utterance is beyond doubt.</summary>
    private const double UsualMeaningOffset = 1.5;
    private const double UsualWordsOffset = 0.4;

    /// <summary>Few examples share few words: learned from them, an utterance of unknown words would be worth a question.</summary>
    private const int UsualWordsWeight = 100;

    private readonly ConfidenceCurve _byMeaning;
    private readonly ConfidenceCurve _byWords;

    private IntentConfidence(ConfidenceCurve byMeaning, ConfidenceCurve byWords) => (_byMeaning, _byWords) = (byMeaning, byWords);

    /// <param name="heldOut">The flow's examples, each judged by a model that had not seen it.</param>
    public static IntentConfidence Fit(IReadOnlyList<HeldOut> heldOut, Temperatures temperatures) => new(
        ConfidenceCurve.Fit(Judge(heldOut.Where(row => row.Evidence.Meaning is not null), temperatures), UsualMeaningOffset),
        ConfidenceCurve.Fit(Judge(heldOut.Select(row => row with { Evidence = row.Evidence with { Meaning = null } }), temperatures), UsualWordsOffset, UsualWordsWeight));

    public double Of(double[] probabilities, int best, Evidence evidence)
    {
        var sum = Sum(probabilities, best, evidence);
        if (evidence.Meaning is not null)
            return _byMeaning.At(sum);
        // Never surer than between the best two: with two intents even chances are a probability of one half.
        var second = probabilities.Where((_, i) => i != best).DefaultIfEmpty(0).Max();
        return Math.Min(_byWords.At(sum), probabilities[best] / (probabilities[best] + second));
    }

    private static List<JudgedEvidence> Judge(IEnumerable<HeldOut> heldOut, Temperatures temperatures) =>
    [
        .. heldOut.Select(row =>
        {
            var probabilities = IntentModel.Probabilities(row.Evidence, temperatures);
            var best = Softmax.Likeliest(probabilities);
            return new JudgedEvidence(Sum(probabilities, best, row.Evidence), probabilities[best], best == row.Class);
        }),
    ];

    /// <summary>
    /// The probability says which intent if it is one of them, the nearest example whether it is one of them at all, and so does the known
    /// share of the words where no encoder knows the rest. With these factors callers in scope rank above others as well as by p × cosine²;
    /// they were fitted on eleven labelled sets of 5 to 10 examples an intent (words: five sets, 5 to 20).
    /// </summary>
    private static double Sum(double[] probabilities, int best, Evidence evidence)
    {
        // With a single intent the probability is always 1 and says nothing.
        var odds = probabilities.Length == 1 ? 0 : Math.Log(Math.Max(probabilities[best], 1e-6) / Math.Max(1 - probabilities[best], 1e-4));
        return evidence.Meaning is null
            ? (0.63 * odds) + (0.2 * Math.Log(Math.Max(evidence.WordCosine, 0.02))) + (1.2 * Math.Log(Math.Max(evidence.Known, 0.01)))
            : (0.55 * odds) + (2.75 * Math.Log(Math.Max(evidence.Cosine, 0.02)));
    }
}

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>How likely the best intent is right, of all that is known about an utterance.</summary>
internal static class IntentConfidence
{
    public static double Of(double[] probabilities, int best, Evidence evidence, ConfidenceCurve curve) =>
        evidence.Meaning is null ? ByWords(probabilities, best, evidence) : curve.At(probabilities, evidence.Cosine);

    /// <summary>
    /// The probability says which intent if it is one of them; how much of the words the examples know, and how near the nearest
    /// example is, say whether it is one of them at all. Together they are one logistic curve, fitted on five labelled sets of 5
    /// to 20 examples an intent with one utterance in six out of scope.
    /// </summary>
    private static double ByWords(double[] probabilities, int best, Evidence evidence)
    {
        var probability = probabilities[best];
        // With a single intent the probability is always 1 and says nothing.
        var odds = probabilities.Length == 1 ? 0 : Math.Log(probability / (1 - Math.Min(probability, 0.9999)));
        var logit = 0.4 + (0.63 * odds) + (0.2 * Math.Log(Math.Max(evidence.WordCosine, 0.02))) + (1.2 * Math.Log(Math.Max(evidence.Known, 0.01)));
        // Never surer than between the best two: with two intents even chances are a probability of one half.
        var second = probabilities.Where((_, i) => i != best).DefaultIfEmpty(0).Max();
        return Math.Min(1 / (1 + Math.Exp(-logit)), probability / (probability + second));
    }
}

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>What an utterance's words and meaning say, before anything is weighed.</summary>
/// <param name="Words">Score per class by n-grams.</param>
/// <param name="WordCosine">To the nearest example, by n-grams; 0 where the meaning has one.</param>
/// <param name="Known">Share of the words, by weight, that examples have.</param>
/// <param name="Meaning">Score per class by the sentence encoder; null = it was not asked.</param>
/// <param name="Cosine">To the nearest example or name, by the encoder.</param>
internal sealed record Evidence(double[] Words, double WordCosine, double Known, double[]? Meaning, double Cosine)
{
    /// <param name="said">The words' vector, by <paramref name="words"/>.</param>
    /// <param name="meant">By the sentence encoder; null = it was not asked.</param>
    public static Evidence Of(NgramModel words, SparseVector said, double known, MeaningModel? meaning, float[]? meant)
    {
        var scores = words.Scores(said);
        if (meaning is null || meant is null)
            return new Evidence(scores, words.Nearest(said), known, null, 0);
        var (byMeaning, cosine) = meaning.Score(meant);
        return new Evidence(scores, 0, known, byMeaning, cosine);
    }
}

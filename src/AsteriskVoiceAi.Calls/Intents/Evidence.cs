namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>What an utterance's words and meaning say, before anything is weighed.</summary>
/// <param name="Words">Score per class by n-grams.</param>
/// <param name="WordCosine">To the nearest example, by n-grams.</param>
/// <param name="Known">Share of the words, by weight, that examples have.</param>
/// <param name="Meaning">Score per class by the sentence encoder; null = it was not asked.</param>
/// <param name="Cosine">To the nearest example or name, by the encoder.</param>
internal sealed record Evidence(double[] Words, double WordCosine, double Known, double[]? Meaning, double Cosine);

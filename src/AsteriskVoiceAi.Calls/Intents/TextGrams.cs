namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>The grams of a text.</summary>
/// <param name="Ids">Their numbers in a <see cref="GramTable"/>, ascending, as often as they occur.</param>
/// <param name="UnknownWords">How many words, alone and two by two, have no number.</param>
/// <param name="UnknownGrams">How many character grams have none.</param>
internal sealed record TextGrams(int[] Ids, int UnknownWords, int UnknownGrams);

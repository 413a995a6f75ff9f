namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>One way in which a recogniser may have heard an utterance.</summary>
/// <param name="Weight">How likely it is beside the others, e.g. the recogniser's confidence.</param>
/// <param name="Vector">Of the text; null = the words alone decide.</param>
internal readonly record struct Reading(string Text, double Weight, float[]? Vector);

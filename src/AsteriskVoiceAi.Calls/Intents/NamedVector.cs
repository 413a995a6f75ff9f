namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>An intent's name as an example of its own, that is always learned from.</summary>
/// <param name="Class">Position of the intent.</param>
internal sealed record NamedVector(float[] Vector, int Class);

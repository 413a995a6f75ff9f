namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>From which confidence on a flow wants the router to act, and from which on to ask; below both it does not understand.</summary>
/// <param name="Accept">Act from here on; null = auto.</param>
/// <param name="Confirm">Ask from here on; null = auto.</param>
public sealed record IntentThresholds(double? Accept, double? Confirm)
{
    /// <summary>Both worked out from the examples when the flow loads.</summary>
    public static IntentThresholds Auto { get; } = new(null, null);
}

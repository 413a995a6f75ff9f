namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>From which confidence on the router acts, and from which on it asks.</summary>
/// <param name="Accept">Act from here on.</param>
/// <param name="Confirm">Ask from here on; at most <paramref name="Accept"/>. Below it is no match.</param>
public sealed record IntentThresholds(double Accept, double Confirm)
{
    /// <summary>
    /// What <c>auto</c> means. Fixed, not fitted: examples resemble each other more than callers resemble them, so a threshold
    /// fitted on them that promises to reject one caller in twenty rejects one in three. At these
    /// four in five to nineteen in twenty answers that are acted on are right (few to many examples), every second question gets a yes.
    /// </summary>
    public static IntentThresholds Auto { get; } = new(0.60, 0.25);
}

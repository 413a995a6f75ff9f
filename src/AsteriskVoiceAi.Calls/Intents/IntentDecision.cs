namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>What the words of a caller were taken for. A confidence is the estimated probability of being right.</summary>
public abstract record IntentDecision(double Confidence)
{
    /// <summary>Sure enough to act.</summary>
    public sealed record Accept(string Intent, double Confidence) : IntentDecision(Confidence);

    /// <summary>Worth a question: "Did you want …?"</summary>
    public sealed record Confirm(string Intent, double Confidence) : IntentDecision(Confidence)
    {
        /// <summary>Another intent that is nearly as likely: "Did you want …, or …?"; null = there is none.</summary>
        public string? Or { get; init; }
    }

    /// <summary>None of the flow's intents.</summary>
    /// <param name="Best">The nearest intent, for those who tune the flow; null = nothing in the words is known.</param>
    public sealed record NoMatch(double Confidence, string? Best) : IntentDecision(Confidence);
}

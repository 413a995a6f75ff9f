namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>What a held-out example's evidence came to.</summary>
/// <param name="Sum">Of the evidence; more is surer.</param>
/// <param name="Probability">Of the best intent, if it is one of them.</param>
internal sealed record JudgedEvidence(double Sum, double Probability, bool IsRight);

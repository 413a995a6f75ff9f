namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>What a router learns from: an intent's name and sentences that mean it.</summary>
public sealed record IntentExamples(string Name, IReadOnlyList<string> Examples)
{
    /// <summary>Phrases that mean it wherever they are said; they are examples, too.</summary>
    public IReadOnlyList<string> Phrases { get; init; } = [];
}

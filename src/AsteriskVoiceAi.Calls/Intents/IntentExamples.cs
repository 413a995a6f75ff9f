namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>What a router learns from: an intent's name and sentences that mean it.</summary>
public sealed record IntentExamples(string Name, IReadOnlyList<string> Examples);

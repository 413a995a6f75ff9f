namespace AsteriskVoiceAi.Service.Storage.Reading;

/// <summary>A call in a list.</summary>
/// <param name="Turns">What the caller said, keyed or left unsaid.</param>
/// <param name="BargeIns">Prompts that the caller stopped, by voice or key.</param>
internal sealed record CallSummary(CallRow Call, int Turns, int BargeIns);

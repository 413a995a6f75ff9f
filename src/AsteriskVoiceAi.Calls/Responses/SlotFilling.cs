namespace AsteriskVoiceAi.Calls.Responses;

/// <summary>A slot that is being asked for.</summary>
/// <param name="Intent">Whose steps run once all its slots are filled.</param>
/// <param name="Pending">What was read back and waits for a yes; null = the value itself is asked for.</param>
/// <param name="Tries">Answers so far that were none.</param>
internal sealed record SlotFilling(string Intent, string Slot, string? Pending = null, int Tries = 0);

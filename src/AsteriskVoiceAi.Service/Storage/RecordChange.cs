namespace AsteriskVoiceAi.Service.Storage;

/// <summary>What of a call is to be written. Writing it twice does no harm.</summary>
/// <param name="Call">The call as it is now.</param>
/// <param name="Turns">New turns, and those that have changed; each as it is now.</param>
internal sealed record RecordChange(CallRow Call, IReadOnlyList<TurnRow> Turns);

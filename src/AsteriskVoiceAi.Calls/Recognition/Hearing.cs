namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>What all turns of one call share.</summary>
/// <param name="Paused">Told of every pause, on the listener's loop.</param>
internal sealed record Hearing(
    SpeechMemory Memory,
    ISpeechRecognizer Recognizer,
    ITurnDetector TurnDetector,
    ListeningStatus Status,
    Action<PauseRecord> Paused,
    TimeProvider Time,
    CancellationToken HungUp)
{
    public CallerPace Pace { get; } = new();
}

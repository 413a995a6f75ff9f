namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>Does the caller's voice sound as if they had finished? Listens to melody and fillers, not to words. Safe for many calls at once.</summary>
public interface ITurnDetector
{
    /// <summary>Stable short name for records and metrics; <c>none</c> = there is no such model and nobody needs to ask.</summary>
    string Name { get; }

    /// <summary>Judges a pause.</summary>
    /// <param name="turn">16 kHz mono in [-1, 1]: the caller's whole turn so far from half a second before its first sound, up to and including about 200 ms of the pause; not kept after the task ends.</param>
    /// <returns>Probability (0 to 1) that the turn is over; null = too busy to say in time.</returns>
    /// <exception cref="SpeechEngineException">The model broke.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<double?> FinishedAsync(ReadOnlyMemory<float> turn, CancellationToken cancellationToken);
}

/// <summary>Where no model is installed: only words and time decide.</summary>
public sealed class NoTurnDetector : ITurnDetector
{
    public static NoTurnDetector Instance { get; } = new();

    public string Name => "none";

    public ValueTask<double?> FinishedAsync(ReadOnlyMemory<float> turn, CancellationToken cancellationToken) => new((double?)null);
}

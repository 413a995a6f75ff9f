using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Engines.Loading;

/// <summary>A turn detector that may still be loading: until then words and time decide. The same where none is installed.</summary>
internal sealed class LoadingTurnDetector(Task<HearingEngines> loading) : ITurnDetector
{
    /// <summary>Blocks until it is loaded: no call asks.</summary>
    public string Name => loading.GetAwaiter().GetResult().TurnDetector.Name;

    public async ValueTask<double?> FinishedAsync(ReadOnlyMemory<float> turn, CancellationToken cancellationToken) =>
        loading.IsCompletedSuccessfully ? await (await loading).TurnDetector.FinishedAsync(turn, cancellationToken) : null;
}

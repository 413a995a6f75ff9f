using AsteriskVoiceAi.Engines.Onnx;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Engines;

/// <summary>What the factories make engines of.</summary>
/// <param name="Workers">The threads that all models in this process share.</param>
/// <param name="ProgramSlots">How many short-lived programs may run at once.</param>
internal sealed record EngineParts(SpeechOptions Options, EngineWorkers Workers, SemaphoreSlim ProgramSlots, TimeProvider Time, ILogger Logger)
{
    /// <summary>Null = models are read as they come.</summary>
    public PreparedModels? Prepared { get; } = PreparedModels.In(Options.PreparedModelsFolder, Time, Logger);
}

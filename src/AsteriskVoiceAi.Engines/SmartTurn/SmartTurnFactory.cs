using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines.Onnx;

namespace AsteriskVoiceAi.Engines.SmartTurn;

/// <summary>Loads <c>smart-turn</c>.</summary>
internal sealed class SmartTurnFactory(EngineParts parts) : IEngineFactory<ITurnDetector>
{
    public IReadOnlyList<string> Names { get; } = ["smart-turn"];

    public LoadedEngine<ITurnDetector> Load(string name)
    {
        var path = Path.Combine(parts.Options.ModelsFolder, name, "smart-turn-v3.2-cpu.onnx");
        return new(new SmartTurnDetector(OnnxRuntime.Load(parts.Options.OnnxRuntimePath), path, parts.Time, parts.Logger, parts.Prepared), path);
    }
}

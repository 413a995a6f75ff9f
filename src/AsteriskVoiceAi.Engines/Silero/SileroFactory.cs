using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines.Onnx;

namespace AsteriskVoiceAi.Engines.Silero;

/// <summary>Loads <c>silero-v5</c>.</summary>
internal sealed class SileroFactory(EngineParts parts) : IEngineFactory<IVoiceActivityDetector>
{
    public IReadOnlyList<string> Names { get; } = ["silero-v5"];

    public LoadedEngine<IVoiceActivityDetector> Load(string name)
    {
        var path = Path.Combine(parts.Options.ModelsFolder, "silero", "silero_vad_v5.onnx");
        try
        {
            return new(new SileroDetector(OnnxRuntime.Load(parts.Options.OnnxRuntimePath), path, parts.Prepared), path);
        }
        catch (SpeechEngineException e)
        {
            throw new SpeechEngineException($"{e.Message} (until then loudness decides what is speech)", e);
        }
    }
}

using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Engines.Onnx;

namespace AsteriskVoiceAi.Engines.SentenceEncoder;

/// <summary>Loads <c>minilm</c>.</summary>
internal sealed class MiniLmFactory(EngineParts parts) : IEngineFactory<ISentenceEncoder>
{
    public IReadOnlyList<string> Names { get; } = ["minilm"];

    public LoadedEngine<ISentenceEncoder> Load(string name)
    {
        var folder = Path.Combine(parts.Options.ModelsFolder, name);
        try
        {
            return new(new MiniLmEncoder(OnnxRuntime.Load(parts.Options.OnnxRuntimePath), folder, parts.Workers, parts.Prepared), folder);
        }
        catch (SpeechEngineException e)
        {
            throw new SpeechEngineException($"{e.Message} (scripts/get-models.sh minilm fetches it; until then callers are understood by their words alone, and of 100 callers of a flow with 5 to 10 examples an intent, 10 to 25 more are not understood)", e);
        }
    }
}

using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines.Onnx;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>Loads <c>moonshine-base</c> and <c>moonshine-tiny</c>.</summary>
internal sealed class MoonshineFactory(EngineParts parts) : IEngineFactory<ISpeechRecognizer>
{
    private const string Prefix = "moonshine-";

    public IReadOnlyList<string> Names { get; } = [Prefix + "base", Prefix + "tiny"];

    public LoadedEngine<ISpeechRecognizer> Load(string name)
    {
        var folder = Path.Combine(parts.Options.ModelsFolder, "moonshine");
        var size = Path.Combine(folder, name[Prefix.Length..]);
        var runtime = OnnxRuntime.Load(parts.Options.OnnxRuntimePath);
        var model = new MoonshineModel(runtime, size, TokenTable.Load(Path.Combine(folder, "tokens.txt")), parts.Prepared);
        return new(new MoonshineRecognizer(name, model, parts.Workers, parts.Time), $"ONNX Runtime {runtime.Version}, {parts.Options.WorkerCount} workers, {size}");
    }
}

using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Engines.Moonshine;
using AsteriskVoiceAi.Engines.Onnx;
using AsteriskVoiceAi.Engines.Silero;
using AsteriskVoiceAi.Tests.Support;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>The real models, loaded once for all tests. Missing ones skip a test at a desk and fail it on CI.</summary>
internal static class InstalledModels
{
    private static readonly Lazy<string?> Found = new(() =>
        Candidates().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "onnxruntime", "libonnxruntime.so"))));

    private static readonly Lazy<EngineWorkers> SharedWorkers = new(() => new(2, TimeProvider.System));
    private static readonly Lazy<SileroDetector> SharedSilero = new(() => new(Runtime, Path.Combine(Folder, "silero", "silero_vad_v5.onnx")));
    private static readonly Lazy<MoonshineRecognizer> SharedBase = new(() => Moonshine("base"));
    private static readonly Lazy<MoonshineRecognizer> SharedTiny = new(() => Moonshine("tiny"));

    public static string Folder
    {
        get
        {
            if (Found.Value is null)
                Needed.Missing("speech models", "run scripts/get-models.sh, or set VOICEAI_MODELS");
            return Found.Value!;
        }
    }

    public static OnnxRuntime Runtime => OnnxRuntime.Load(Path.Combine(Folder, "onnxruntime", "libonnxruntime.so"));

    public static EngineWorkers Workers => SharedWorkers.Value;

    public static SileroDetector Silero => SharedSilero.Value;

    public static MoonshineRecognizer Base => SharedBase.Value;

    public static MoonshineRecognizer Tiny => SharedTiny.Value;

    private static MoonshineRecognizer Moonshine(string size)
    {
        var folder = Path.Combine(Folder, "moonshine");
        var model = new MoonshineModel(Runtime, Path.Combine(folder, size), TokenTable.Load(Path.Combine(folder, "tokens.txt")));
        return new("moonshine-" + size, model, Workers, TimeProvider.System);
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("VOICEAI_MODELS") is { Length: > 0 } configured)
            yield return configured;
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, ".voiceai", "models");
    }
}

namespace AsteriskVoiceAi.Engines.Whisper;

/// <summary>Whisper's model files: <c>whisper/ggml-SIZE[-QUANTISATION].bin</c> in the models folder, as whisper.cpp names them.</summary>
internal static class WhisperModels
{
    public const string Prefix = "whisper-";

    private const string FilePrefix = "ggml-";

    /// <summary>Engine names of the models that are there: <c>whisper-base</c>, <c>whisper-tiny.en</c>.</summary>
    public static IReadOnlyList<string> Names(string modelsFolder) =>
        [.. Files(modelsFolder).Select(file => Prefix + Size(file)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The file of an engine; of several quantisations the largest, which is the fastest on a CPU and the most accurate.</summary>
    public static string? Find(string modelsFolder, string engine) => Files(modelsFolder)
        .Where(file => Prefix + Size(file) == engine)
        .MaxBy(file => new FileInfo(file).Length);

    /// <summary>Models whose size ends in .en were trained on English alone.</summary>
    public static bool IsEnglishOnly(string engine) => engine.EndsWith(".en", StringComparison.Ordinal);

    private static string[] Files(string modelsFolder)
    {
        var folder = Path.Combine(Path.GetFullPath(modelsFolder), "whisper");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, FilePrefix + "*.bin") : [];
    }

    /// <summary>tiny.en of ggml-tiny.en-q8_0.bin, large-v3-turbo of ggml-large-v3-turbo-q5_0.bin.</summary>
    private static string Size(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file)[FilePrefix.Length..];
        var end = name.LastIndexOf("-q", StringComparison.Ordinal);
        return end > 0 ? name[..end] : name;
    }
}

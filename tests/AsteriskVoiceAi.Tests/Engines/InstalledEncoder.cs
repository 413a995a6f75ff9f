using AsteriskVoiceAi.Engines.SentenceEncoder;
using AsteriskVoiceAi.Tests.Support;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>The real sentence encoder, loaded once for all tests, and the vectors to compare with.</summary>
internal static class InstalledEncoder
{
    private static readonly Lazy<MiniLmEncoder> Shared = new(() => new(InstalledModels.Runtime, Folder, InstalledModels.Workers));

    public static MiniLmEncoder Encoder => Shared.Value;

    public static string Folder
    {
        get
        {
            string[] folders = [InstalledModels.Folder, Repository.PathOf("..", "shared", "models"), Repository.PathOf("..", "..", "shared", "models")];
            var folder = folders.Select(folder => Path.Combine(folder, "minilm")).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "model.onnx")) && File.Exists(Path.Combine(folder, "vocab.txt")));
            if (folder is null)
                Needed.Missing("the sentence encoder", "scripts/get-models.sh minilm");
            return folder!;
        }
    }

    /// <summary>A file of the vectors beside the repository.</summary>
    public static string Data(string name)
    {
        string[] folders = [Repository.PathOf("..", "shared", "data", "minilm"), Repository.PathOf("..", "..", "shared", "data", "minilm")];
        var file = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (file is null)
            Needed.Missing("the reference vectors", "put them at ../shared/data/minilm beside the repository");
        return file!;
    }
}

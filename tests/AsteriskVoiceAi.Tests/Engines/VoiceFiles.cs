namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>Voices on disk whose model is none, for what happens around a model.</summary>
internal sealed class VoiceFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-voices-");

    /// <param name="model">What is in the model's file.</param>
    public VoiceFiles(string model = "", string config = Config)
    {
        Model = Path.Combine(_folder.CreateSubdirectory("piper").FullName, "en_US-fake-medium.onnx");
        File.WriteAllText(Model, model);
        File.WriteAllText(Model + ".json", config);
    }

    public const string Config = """
        {"audio":{"sample_rate":22050},"espeak":{"voice":"en-us"},"num_symbols":256,"num_speakers":1,"speaker_id_map":{},"language":{"code":"en_US"},
         "phoneme_id_map":{"_":[0],"^":[1],"$":[2],"a":[14]}}
        """;

    /// <summary>The models folder.</summary>
    public string Folder => _folder.FullName;

    public string Model { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}

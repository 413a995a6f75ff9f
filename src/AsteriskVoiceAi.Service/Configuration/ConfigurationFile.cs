namespace AsteriskVoiceAi.Service.Configuration;

/// <summary>Where the settings are, to be read as often as needed.</summary>
/// <param name="Path">voiceai.yaml; null = there is none, and the environment has all that differs from the defaults.</param>
/// <param name="Environment">Variables of the process, which win over the file.</param>
internal sealed record ConfigurationFile(string? Path, IReadOnlyDictionary<string, string> Environment)
{
    public LoadedConfiguration<VoiceAiOptions> Read() => ConfigurationLoader.Load(Path, Environment);
}

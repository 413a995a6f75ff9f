namespace AsteriskVoiceAi.Service.Configuration;

/// <summary>
/// Reads voiceai.yaml and lets the environment override it: VOICEAI__SECTION__KEY, in any case, with "_" or nothing for "-".
/// Finds all that is wrong, not only the first.
/// </summary>
internal static class ConfigurationLoader
{
    public const string Prefix = "VOICEAI__";

    /// <param name="path">The file; null = there is none.</param>
    /// <param name="environment">Variables that don't start with VOICEAI__ are not looked at.</param>
    public static LoadedConfiguration<VoiceAiOptions> Load(string? path, IReadOnlyDictionary<string, string> environment) =>
        Load<VoiceAiOptions>(path, environment);

    /// <inheritdoc cref="Load(string?, IReadOnlyDictionary{string, string})"/>
    public static LoadedConfiguration<TOptions> Load<TOptions>(string? path, IReadOnlyDictionary<string, string> environment) where TOptions : class, new()
    {
        if (path is null)
            return Read<TOptions>("", "", environment);
        try
        {
            return Read<TOptions>(File.ReadAllText(path), path, environment);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var rest = Read<TOptions>("", "", environment);
            return rest with { Problems = [new(path, $"The file can't be read: {e.Message}"), .. rest.Problems], Source = path };
        }
    }

    /// <summary>The same from text.</summary>
    /// <param name="file">Its name for messages; "" = no file.</param>
    public static LoadedConfiguration<TOptions> Read<TOptions>(string yaml, string file, IReadOnlyDictionary<string, string> environment) where TOptions : class, new()
    {
        var keys = OptionKey.Of(typeof(TOptions));
        var binding = new OptionBinding(new TOptions());
        YamlSource.Apply(yaml, file, keys, binding);
        var variables = EnvironmentSource.Apply(environment, keys, binding);
        OptionRules.Check(keys, binding, file.Length > 0 ? file : "configuration");
        var source = (file.Length > 0 ? file : "defaults") + (variables > 0 ? $" and {variables} environment variable{(variables > 1 ? "s" : "")}" : "");
        return new((TOptions)binding.Root, binding.Problems, source);
    }
}

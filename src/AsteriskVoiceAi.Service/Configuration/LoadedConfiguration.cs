namespace AsteriskVoiceAi.Service.Configuration;

/// <summary>Something wrong with a setting.</summary>
/// <param name="Location">File and line, or the environment variable.</param>
/// <param name="Message">What was found, and what is allowed. Holds no secrets.</param>
internal sealed record ConfigurationProblem(string Location, string Message)
{
    public override string ToString() => $"{Location}: {Message}";
}

/// <summary>Settings as far as they could be understood, and everything that is wrong with them.</summary>
/// <param name="Options">Has defaults where a value could not be used. Use it only when there are no problems.</param>
/// <param name="Source">Where the settings came from, for the log.</param>
internal sealed record LoadedConfiguration<TOptions>(TOptions Options, IReadOnlyList<ConfigurationProblem> Problems, string Source)
{
    public bool IsValid => Problems.Count == 0;
}

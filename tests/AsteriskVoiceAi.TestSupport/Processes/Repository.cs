namespace AsteriskVoiceAi.TestSupport.Processes;

/// <summary>Where things are in this checkout.</summary>
public static class Repository
{
    private static readonly Lazy<string> Found = new(Find);

    /// <summary>The folder with AsteriskVoiceAi.sln.</summary>
    public static string Root => Found.Value;

    /// <summary>A path below the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The state folder that the scripts install into.</summary>
    public static string State => Environment.GetEnvironmentVariable("VOICEAI_STATE") is { Length: > 0 } state ? state : PathOf(".voiceai");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AsteriskVoiceAi.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No AsteriskVoiceAi.sln above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}

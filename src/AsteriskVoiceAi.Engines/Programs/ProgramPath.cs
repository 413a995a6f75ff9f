namespace AsteriskVoiceAi.Engines.Programs;

/// <summary>Where a program is installed.</summary>
internal static class ProgramPath
{
    /// <returns>The absolute path, or null when <c>PATH</c> has no such program.</returns>
    public static string? Find(string program) =>
        Path.IsPathRooted(program)
            ? File.Exists(program) ? program : null
            : (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Select(folder => Path.Combine(folder, program))
                .FirstOrDefault(File.Exists);
}

namespace AsteriskVoiceAi.Calls.Synthesis.Storage;

/// <summary>The folder of a <see cref="PromptStore"/>: names, and what is ours in it.</summary>
public sealed class PromptFolder(string path)
{
    private const string Extension = ".prompt";

    private const string Unfinished = ".unfinished";

    /// <summary>A file takes milliseconds to write; one so old was left by a crash.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    internal string PathOf(string hash) => System.IO.Path.Combine(Path, hash + Extension);

    internal string TemporaryPath() => System.IO.Path.Combine(Path, Guid.NewGuid().ToString("N") + Unfinished);

    /// <summary>The speech in it; other files are nobody's business.</summary>
    public IReadOnlyList<FileInfo> Files() =>
        Directory.Exists(Path) ? [.. new DirectoryInfo(Path).EnumerateFiles("*" + Extension).Where(file => file.Name.Length == 64 + Extension.Length)] : [];

    /// <summary>The words of a file, and the engine that said them; null = damaged, or gone meanwhile.</summary>
    public static (string Text, string Language, string Engine)? Describe(FileInfo file)
    {
        try
        {
            return PromptFile.ReadKey(File.ReadAllBytes(file.FullName)) is { } key && PromptKey.Read(key) is { } read ? (read.Prompt.Text, read.Prompt.Language, read.Engine) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Makes it, for the service's user only, and clears away what crashes left.</summary>
    internal void Prepare(DateTimeOffset now)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Path);
        else
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var left in Left().Where(file => now - file.LastWriteTimeUtc > Abandoned))
            TryDelete(left.FullName);
    }

    /// <summary>Removes all speech.</summary>
    /// <returns>Files removed.</returns>
    public int Purge() => Files().Concat(Directory.Exists(Path) ? Left() : []).Count(file => TryDelete(file.FullName));

    /// <summary>Notes that a file was used; others may have removed it.</summary>
    internal static void Touch(string path, DateTimeOffset now, TimeSpan grain)
    {
        try
        {
            if (now - File.GetLastWriteTimeUtc(path) > grain)
                File.SetLastWriteTimeUtc(path, now.UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then it looks older than it is.
        }
    }

    internal static Stream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    internal static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private IEnumerable<FileInfo> Left() => new DirectoryInfo(Path).EnumerateFiles("*" + Unfinished);
}

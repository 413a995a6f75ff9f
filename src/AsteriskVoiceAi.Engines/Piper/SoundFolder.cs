using System.Globalization;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>A folder in memory for one program's sound, which nobody else can read: it may be what a caller said.</summary>
internal sealed class SoundFolder : IDisposable
{
    private const string Memory = "/dev/shm";
    private const string Prefix = "voiceai-piper-";

    private SoundFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Makes one, and takes away those of services that are no more.</summary>
    public static SoundFolder Create()
    {
        var parent = Directory.Exists(Memory) ? Memory : System.IO.Path.GetTempPath();
        var path = System.IO.Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}"));
        try
        {
            RemoveOld(parent);
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(path);
            else
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SpeechEngineException($"has no place for its sound: {path} can't be made: {e.Message}", e);
        }
    }

    /// <summary>Reads a file of the folder and removes it.</summary>
    /// <exception cref="SpeechEngineException">It is elsewhere, or too long.</exception>
    public async Task<byte[]> TakeAsync(string file, int most, CancellationToken cancellationToken)
    {
        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file)) != Path)
            throw new SpeechEngineException($"wrote to {file}, which is not in {Path}");
        var info = new FileInfo(file);
        if (info.LinkTarget is not null || !info.Exists || info.Length > most)
            throw new SpeechEngineException($"wrote {file}, which is no file of at most {most} bytes");
        var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
        File.Delete(file);
        return bytes;
    }

    public void Dispose() => Remove(Path);

    private static void RemoveOld(string parent)
    {
        foreach (var old in Directory.GetDirectories(parent, Prefix + "*"))
        {
            var owner = System.IO.Path.GetFileName(old)[Prefix.Length..].Split('-')[0];
            if (!Directory.Exists($"/proc/{owner}"))
                Remove(old);
        }
    }

    private static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else's, or in use until its program has ended.
        }
    }
}

using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Service.Storage;

namespace AsteriskVoiceAi.Service.Doctor;

/// <summary>Folders that the service writes to, the space there, and files that not everybody may read.</summary>
internal sealed class StorageExamination(VoiceAiOptions options) : IExamination
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>A recorded call takes 32 kB a second: 200 MiB are not even two hours of one.</summary>
    private const long TooLittle = 200 * Mebibyte;
    private const long Little = 1024 * Mebibyte;

    public Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken) => Task.Run(() => (IReadOnlyList<Finding>)[.. Examine()], cancellationToken);

    private IEnumerable<Finding> Examine()
    {
        List<(string Key, string Folder)> folders = [("recording.folder", options.Recording.Folder), ("prompts.folder", options.Prompts.Folder)];
        if (options.Records.Enabled && new RecordsDatabase(options.Records).File is { } records)
            folders.Add(("records.database in", Path.GetDirectoryName(records)!));
        foreach (var (key, folder) in folders)
            yield return ExamineFolder(key, Path.GetFullPath(folder));
        foreach (var disk in folders.Select(folder => Disk(Path.GetFullPath(folder.Folder))).OfType<DriveInfo>().DistinctBy(disk => disk.Name))
            yield return ExamineDisk(disk);
        if (options.Ari is { Enabled: true, PasswordFile: { Length: > 0 } file } && File.Exists(file))
            yield return ExamineSecret(file);
    }

    private static Finding ExamineFolder(string key, string folder)
    {
        var existing = Existing(folder);
        try
        {
            var probe = Path.Combine(existing, $".voiceai-doctor-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return new("folders", FindingLevel.Ok, $"{key} {folder} {(existing == folder ? "can be written to" : "can be made")}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new("folders", FindingLevel.Failure, $"{key} {folder} can't be written to: {e.Message}", $"Let it belong to the user that runs the service ({Environment.UserName}): chown -R {Environment.UserName} {existing}");
        }
    }

    private static Finding ExamineDisk(DriveInfo disk)
    {
        var free = disk.AvailableFreeSpace;
        var text = $"{free / Mebibyte} MiB are free on {disk.Name}.";
        return free >= Little
            ? new("disk", FindingLevel.Ok, text)
            : new("disk", free < TooLittle ? FindingLevel.Failure : FindingLevel.Warning, text, "Make room, or move recording.folder, prompts.folder and records.database to another disk.");
    }

    private static Finding ExamineSecret(string file) => OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) == 0
        ? new("folders", FindingLevel.Ok, $"{file} is readable by few.")
        : new("folders", FindingLevel.Warning, $"{file} holds a password, and everybody on this machine may read it.", $"chmod 640 {file}");

    private static string Existing(string folder)
    {
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
            folder = parent;
        return folder;
    }

    private static DriveInfo? Disk(string folder) => DriveInfo.GetDrives()
        .Where(disk => folder == disk.Name || folder.StartsWith(disk.Name.TrimEnd('/') + '/', StringComparison.Ordinal))
        .MaxBy(disk => disk.Name.Length);
}

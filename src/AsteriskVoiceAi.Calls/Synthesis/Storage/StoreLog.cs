using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls.Synthesis.Storage;

/// <summary>Log lines about speech on disk; 6100s.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(6101, LogLevel.Warning, "Speech can't be kept in {Folder} ({Why}): calls go on, and it is made again after a restart. Free space, let the service write there, or set prompts.folder or prompts.disk-megabytes")]
    public static partial void NotKept(this ILogger log, string folder, string why);

    [LoggerMessage(6102, LogLevel.Information, "Speech file {File} is damaged and was removed; it is made again when it is needed")]
    public static partial void Dropped(this ILogger log, string file);

    [LoggerMessage(6103, LogLevel.Debug, "Speech in {Folder}: {Files} files removed, {Bytes} bytes left of at most {Limit}")]
    public static partial void Evicted(this ILogger log, string folder, int files, long bytes, long limit);
}

using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls.Recording;

/// <summary>Log lines about recordings; 7000s.</summary>
internal static partial class RecordingLog
{
    [LoggerMessage(7001, LogLevel.Error, "The call is not recorded, or not to its end; it goes on. {Path}: {Reason}. Check that the service's user may write to recording.folder and that its disk has room")]
    public static partial void NotRecorded(this ILogger log, string path, string reason);

    [LoggerMessage(7002, LogLevel.Information, "Recording {Path} ends after {Minutes:0} minutes (recording.max-duration); the call goes on")]
    public static partial void RecordingFull(this ILogger log, string path, double minutes);
}

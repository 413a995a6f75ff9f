using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Engines.Whisper;

internal static partial class WhisperLog
{
    [LoggerMessage(8420, LogLevel.Information, "{Engine}: whisper-server (pid {Pid}) is up after {Milliseconds} ms")]
    public static partial void Up(ILogger logger, string engine, int pid, double milliseconds);

    [LoggerMessage(8421, LogLevel.Warning, "{Engine}: whisper-server {Trouble}; starting it again in {Seconds} s")]
    public static partial void Down(ILogger logger, string engine, string trouble, double seconds);
}

using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Engines.Programs;

internal static partial class ProgramsLog
{
    [LoggerMessage(8420, LogLevel.Information, "{Engine}: {Program} (pid {Pid}) is up after {Milliseconds} ms")]
    public static partial void Up(ILogger logger, string engine, string program, int pid, double milliseconds);

    [LoggerMessage(8421, LogLevel.Warning, "{Engine}: {Program} {Trouble}; starting it again in {Seconds} s")]
    public static partial void Down(ILogger logger, string engine, string program, string trouble, double seconds);
}

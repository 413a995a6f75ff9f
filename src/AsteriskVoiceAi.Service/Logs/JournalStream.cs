namespace AsteriskVoiceAi.Service.Logs;

/// <summary>Whether the journal reads what we write: systemd.exec(5), JOURNAL_STREAM.</summary>
internal static class JournalStream
{
    /// <summary>What the standard output is, e.g. <c>socket:[12345]</c>; empty = can't be told.</summary>
    public static string StandardOutput
    {
        get
        {
            try
            {
                return File.ResolveLinkTarget("/proc/self/fd/1", returnFinalTarget: false)?.Name ?? "";
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return "";
            }
        }
    }

    /// <param name="variable">DEVICE:INODE of the journal's socket. Programs that a service starts have it, too, wherever their output goes: so the inode must be that of the output.</param>
    public static bool IsOurs(string? variable, string output) =>
        variable?.Split(':') is [_, { Length: > 0 } inode] && output == $"socket:[{inode}]";
}

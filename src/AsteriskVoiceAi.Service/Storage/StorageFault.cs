using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AsteriskVoiceAi.Service.Storage;

/// <summary>Why records can't be written now, in an operator's words.</summary>
/// <param name="Cause">Short stable word.</param>
/// <param name="Message">With what to do.</param>
internal sealed record StorageFault(string Cause, string Message)
{
    private const string Corrupt = "corrupt";

    /// <summary>Words of <see href="https://www.sqlite.org/rescode.html"/>.</summary>
    private const int Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Damaged = 11, Full = 13, CantOpen = 14, NoDatabase = 26;

    /// <summary>The file is no database any more; another one can be begun.</summary>
    public bool IsCorrupt => Cause == Corrupt;

    /// <summary>Null = it is none, but a bug.</summary>
    /// <param name="name">Of the database.</param>
    public static StorageFault? Of(Exception failed, string name)
    {
        for (var inner = failed; inner is not null; inner = inner.InnerException)
        {
            if (inner is SqliteException sqlite)
                return Of(sqlite, name);
            if (inner is PostgresException refused)
                return new("refused", $"the {name} refuses: {refused.MessageText} ({refused.SqlState})");
        }
        return failed switch
        {
            FileNotFoundException gone when !gone.Message.Contains("password", StringComparison.Ordinal) => new("gone", $"{gone.Message}. A new one is begun"),
            IOException or UnauthorizedAccessException => new("unwritable", $"the {name}: {failed.Message.TrimEnd('.')}. Let the service's user write there"),
            NpgsqlException or TimeoutException or SocketException => new("unreachable", $"the {name} can't be reached: {Innermost(failed).Message.TrimEnd('.')}. Check the server, and records.database and records.password-file"),
            DbException => new("failed", $"the {name}: {failed.Message}"),
            _ when failed.InnerException is { } cause => Of(cause, name),
            _ => null,
        };
    }

    private static StorageFault Of(SqliteException failed, string name) => failed.SqliteErrorCode switch
    {
        Busy or Locked => new("locked", $"the {name} is locked by another program. Find it with: fuser {Path(name)}"),
        ReadOnly => new("read-only", $"the {name} or its folder is read-only for the service's user"),
        InputOutput => new("io-error", $"the disk fails under the {name}: {failed.Message}. Look at dmesg"),
        Damaged or NoDatabase => new(Corrupt, $"the {name} is damaged: {failed.Message}"),
        Full => new("disk-full", $"no room on the disk for the {name}. Make room; records.retention-days says how long records are kept"),
        CantOpen => new("unwritable", $"the {name} can't be opened. Let the service's user write to it and to its folder"),
        _ => new("failed", $"the {name}: {failed.Message}"),
    };

    private static string Path(string name) => name["file ".Length..];

    private static Exception Innermost(Exception failed) => failed.InnerException is { } inner ? Innermost(inner) : failed;
}

using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AsteriskVoiceAi.Service.Storage;

/// <summary>What SQLite forgets with each connection.</summary>
internal sealed class SqliteSettings : DbConnectionInterceptor
{
    public static SqliteSettings Instance { get; } = new();

    /// <remarks>
    /// With the write-ahead log, <c>synchronous = NORMAL</c> loses nothing when the process dies, and at most the last
    /// seconds, never the file, when the power fails; a transaction then costs no wait for the disk.
    /// <c>secure_delete</c> writes zeros over what is deleted: words of callers.
    /// </remarks>
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;";
        command.ExecuteNonQuery();
    }
}

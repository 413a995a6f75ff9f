using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace AsteriskVoiceAi.Service.Storage;

/// <summary>Writes records. Blocks: for a thread of its own. For one thread at a time.</summary>
/// <param name="writer">Name of this service.</param>
internal sealed class RecordStore(RecordsDatabase database, string writer, TimeProvider time)
{
    /// <summary>A migration takes seconds; a lock that is older was left by a process that died in it.</summary>
    private static readonly TimeSpan AbandonedLock = TimeSpan.FromMinutes(1);

    /// <summary>No call lasts longer, whoever had it.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromHours(24);

    /// <summary>Makes the database, or brings it up to date.</summary>
    /// <returns>Migrations that were applied.</returns>
    public IReadOnlyList<string> Open()
    {
        MakeFile();
        using var context = database.Context();
        if (database.File is not null)
            context.Database.ExecuteSqlRaw("PRAGMA journal_mode = WAL");
        var pending = context.Database.GetPendingMigrations().ToList();
        if (pending.Count == 0)
            return pending;
        if (database.File is not null)
            DropAbandonedLock(context);
        context.Database.Migrate();
        return pending;
    }

    /// <summary>Writes them in one transaction.</summary>
    /// <exception cref="FileNotFoundException">The file is gone; what is written to it would go with it.</exception>
    public void Write(IReadOnlyList<RecordChange> changes)
    {
        ThrowIfGone();
        using var context = database.Context();
        using var transaction = context.Database.BeginTransaction();
        var ids = changes.Select(change => change.Call.Id).ToArray();
        var calls = context.Calls.AsNoTracking().Where(call => ids.Contains(call.Id)).ToDictionary(call => call.Id);
        var turns = context.Turns.Where(turn => ids.Contains(turn.CallId)).Select(turn => new { turn.CallId, turn.Number }).AsEnumerable().Select(turn => (turn.CallId, turn.Number)).ToHashSet();
        foreach (var (call, changed) in changes)
        {
            if (!calls.TryGetValue(call.Id, out var stored))
                context.Calls.Add(call);
            else if (Over(call, stored) is { } both)
                context.Calls.Update(both);
            context.Turns.AddRange(changed.Where(turn => !turns.Contains((turn.CallId, turn.Number))));
            context.Turns.UpdateRange(changed.Where(turn => turns.Contains((turn.CallId, turn.Number))));
        }
        context.SaveChanges();
        transaction.Commit();
    }

    /// <summary>Calls of an earlier run of this service that never ended, or of anybody for a day, were interrupted.</summary>
    /// <param name="open">Calls that this run has.</param>
    /// <returns>How many.</returns>
    public int MarkInterrupted(IReadOnlyList<string> open)
    {
        ThrowIfGone();
        using var context = database.Context();
        var running = open.ToArray();
        var longAgo = time.GetUtcNow().UtcDateTime - LongestCall;
        return context.Calls
            .Where(call => call.Result == "" && (call.Writer == writer || call.StartedAt < longAgo) && !running.Contains(call.Id))
            .ExecuteUpdate(call => call.SetProperty(row => row.Result, CallRow.Interrupted).SetProperty(row => row.Reason, "service-lost"));
    }

    /// <summary>Deletes calls that began before a time, with their turns; the oldest first.</summary>
    /// <param name="most">At most so many, so that nobody waits for long.</param>
    /// <returns>How many.</returns>
    public int DeleteBefore(DateTimeOffset limit, int most)
    {
        ThrowIfGone();
        using var context = database.Context();
        var before = limit.UtcDateTime;
        var old = context.Calls.Where(call => call.StartedAt < before).OrderBy(call => call.StartedAt).Take(most).Select(call => call.Id).ToArray();
        return old.Length == 0 ? 0 : context.Calls.Where(call => old.Contains(call.Id)).ExecuteDelete();
    }

    /// <summary>What there is goes under another name.</summary>
    /// <returns>That name.</returns>
    public string SetAside()
    {
        database.Forget();
        var file = database.File!;
        var aside = $"{file}.corrupt-{time.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmss'Z'}";
        foreach (var end in (string[])["", "-wal", "-shm"])
        {
            if (File.Exists(file + end))
                File.Move(file + end, aside + end, overwrite: true);
        }
        return aside;
    }

    /// <summary>Of a call that another service has had, or has now, some is known already. Null = the record is theirs.</summary>
    private static CallRow? Over(CallRow call, CallRow stored)
    {
        if (call.Writer != stored.Writer && (!call.Resumed || call.Reason == "taken-over"))
            return null;
        if (!call.Resumed)
            return call;
        var began = stored.StartedAt < call.StartedAt ? stored.StartedAt : call.StartedAt;
        return call with
        {
            StartedAt = began,
            DurationMs = call.DurationMs + (long)(call.StartedAt - began).TotalMilliseconds,
            Slots = call.Slots.Length > 0 ? call.Slots : stored.Slots,
            Recording = call.Recording.Length > 0 ? call.Recording : stored.Recording,
            LostTurns = Math.Max(call.LostTurns, stored.LostTurns),
        };
    }

    /// <summary>
    /// An empty file for nobody else's eyes; what SQLite puts beside it gets the same rights. A file that is there is not
    /// opened: closing it would take away the locks that SQLite has on it in this process.
    /// </summary>
    private void MakeFile()
    {
        if (database.File is not { } file || File.Exists(file))
            return;
        database.Forget();
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(file, options).Dispose();
    }

    private void ThrowIfGone()
    {
        if (database.File is { } file && !File.Exists(file))
            throw new FileNotFoundException($"{file} was deleted or moved", file);
    }

    /// <summary>EF takes a row of this table as its lock on a file and waits for ever while it is there, also for a process that was killed.</summary>
    private void DropAbandonedLock(RecordsContext context)
    {
        using var command = context.Database.GetDbConnection().CreateCommand();
        context.Database.OpenConnection();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'";
        if (command.ExecuteScalar() is 0L)
            return;
        var abandoned = (time.GetUtcNow() - AbandonedLock).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        context.Database.ExecuteSql($"DELETE FROM __EFMigrationsLock WHERE Timestamp < {abandoned}");
    }
}

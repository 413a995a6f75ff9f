using System.Data.Common;
using System.Globalization;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Service.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AsteriskVoiceAi.Service.Doctor;

/// <summary>The database of call records: where it is, whether its tables are those of this program, and whether its file is whole. Opens it for reading only.</summary>
/// <param name="longest">For looking through a file.</param>
internal sealed class RecordsExamination(RecordsOptions options, bool serviceRuns, TimeSpan longest, TimeProvider time) : IExamination
{
    private const string Check = "records";
    private const double Mebibyte = 1024 * 1024;

    /// <summary>Of SQLite's machine: some microseconds.</summary>
    private const int StepsBetweenLooks = 100;

    /// <summary>What SQLite answers when it was told to stop: <see href="https://www.sqlite.org/rescode.html#interrupt"/>.</summary>
    private const int Interrupted = 9;

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        if (!options.Enabled)
            return [new(Check, FindingLevel.Note, "No call records are kept: records.enabled is false.")];
        var database = new RecordsDatabase(options);
        if (database.File is { } file && !File.Exists(file))
        {
            return
            [
                serviceRuns
                    ? new(Check, FindingLevel.Warning, $"Call records go to the {database.Name}, which is not there although the service runs.", "See /health/ready and the log for why it can't be made.")
                    : new(Check, FindingLevel.Ok, $"Call records will go to the {database.Name}, which is made when the service starts."),
            ];
        }
        try
        {
            // Files of SQLite block.
            return await Task.Run(() => (IReadOnlyList<Finding>)[.. Examine(database, cancellationToken)], cancellationToken);
        }
        catch (Exception failed) when (failed is not OperationCanceledException && StorageFault.Of(failed, database.Name) is { } fault)
        {
            return [new(Check, FindingLevel.Warning, $"Call records can't be read ({fault.Cause}).", $"{char.ToUpperInvariant(fault.Message[0])}{fault.Message[1..].TrimEnd('.')}.")];
        }
    }

    private IEnumerable<Finding> Examine(RecordsDatabase database, CancellationToken cancellationToken)
    {
        using var context = database.Context(reading: true);
        var connection = context.Database.GetDbConnection();
        context.Database.OpenConnection();
        yield return Tables(database, context, connection);
        if (connection is SqliteConnection file)
            yield return Integrity(database, file, cancellationToken);
    }

    private Finding Tables(RecordsDatabase database, RecordsContext context, DbConnection connection)
    {
        var applied = context.Database.GetAppliedMigrations().ToList();
        var known = context.Database.GetMigrations().ToList();
        if (applied.Except(known).ToList() is { Count: > 0 } newer)
        {
            return new(Check, FindingLevel.Warning, $"The {database.Name} was changed by a newer version of this program ({string.Join(", ", newer)}).",
                "Install that version again, or name another database in records.database.");
        }
        if (known.Except(applied).ToList() is { Count: > 0 } pending)
        {
            var text = $"The {database.Name} lacks changes of this version ({string.Join(", ", pending)}).";
            return serviceRuns
                ? new(Check, FindingLevel.Warning, text, "Restart the service, which makes them when it starts, and see its log.")
                : new(Check, FindingLevel.Note, $"{text} They are made when the service starts.");
        }
        return new(Check, FindingLevel.Ok, string.Create(CultureInfo.InvariantCulture, $"Call records go to the {database.Name}: {Size(database, connection):0.0} MiB, tables of version {applied[^1]}."));
    }

    private Finding Integrity(RecordsDatabase database, SqliteConnection connection, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        SQLitePCL.raw.sqlite3_progress_handler(connection.Handle, StepsBetweenLooks, _ => time.GetElapsedTime(began) >= longest || cancellationToken.IsCancellationRequested ? 1 : 0, null);
        var faults = new List<string>();
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA quick_check(3)";
            using var rows = command.ExecuteReader();
            while (rows.Read())
                faults.Add(rows.GetString(0));
        }
        catch (SqliteException stopped) when (stopped.SqliteErrorCode == Interrupted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new(Check, FindingLevel.Note, string.Create(CultureInfo.InvariantCulture, $"The {database.Name} is too large to be looked through within {longest.TotalSeconds:0.#} s."), $"sqlite3 {database.File} 'PRAGMA quick_check'");
        }
        finally
        {
            // The connection goes back to its pool.
            SQLitePCL.raw.sqlite3_progress_handler(connection.Handle, 0, null, null);
        }
        return faults is ["ok"]
            ? new(Check, FindingLevel.Ok, "The file is whole.")
            : new(Check, FindingLevel.Warning, $"The {database.Name} is damaged: {string.Join("; ", faults).ReplaceLineEndings(" ")}.",
                $"Stop the service, save what can be read (sqlite3 {database.File} .recover | sqlite3 saved.db), and put that or a backup in its place: docs/operations.md.");
    }

    private static double Size(RecordsDatabase database, DbConnection connection)
    {
        if (database.File is { } file)
            return new[] { file, file + "-wal" }.Where(File.Exists).Sum(path => new FileInfo(path).Length) / Mebibyte;
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT pg_database_size(current_database())";
        return (long)command.ExecuteScalar()! / Mebibyte;
    }
}

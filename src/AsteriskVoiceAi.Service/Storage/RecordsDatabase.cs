using System.Data.Common;
using AsteriskVoiceAi.Service.Configuration;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AsteriskVoiceAi.Service.Storage;

/// <summary>Where records are, and the way in. Thread-safe. Its words never hold a password.</summary>
internal sealed class RecordsDatabase
{
    /// <summary>A server that answers so late is no use.</summary>
    private const int ServerSeconds = 15;

    private readonly NpgsqlConnectionStringBuilder? _server;
    private readonly string? _passwordFile;
    private readonly int _busySeconds;

    /// <param name="busySeconds">Another program may hold a file for so long before it counts as locked. Blocks a thread of the writer's own, nobody else.</param>
    public RecordsDatabase(RecordsOptions options, int busySeconds = 5)
    {
        _busySeconds = busySeconds;
        if (IsServer(options.Database))
        {
            _server = new NpgsqlConnectionStringBuilder(options.Database) { Timeout = ServerSeconds, CommandTimeout = ServerSeconds, ApplicationName = "voiceai" };
            _passwordFile = options.PasswordFile;
            Name = $"PostgreSQL database {_server.Database} at {_server.Host}:{_server.Port}";
        }
        else
        {
            File = Path.GetFullPath(options.Database);
            Name = $"file {File}";
        }
    }

    /// <summary>For people.</summary>
    public string Name { get; }

    /// <summary>Null = it is on a server.</summary>
    public string? File { get; }

    /// <summary>What is wrong with the settings, without their values; null = nothing.</summary>
    public static string? Problem(RecordsOptions options)
    {
        if (!IsServer(options.Database))
            return options.PasswordFile is { Length: > 0 } ? "records.password-file is only for a PostgreSQL server (Host=…;Database=…;Username=…), but this is a file" : null;
        try
        {
            var server = new NpgsqlConnectionStringBuilder(options.Database);
            return server.Password is { Length: > 0 } ? "put the password into a file and name that in records.password-file"
                : string.IsNullOrEmpty(server.Host) || string.IsNullOrEmpty(server.Database) ? "a PostgreSQL server needs Host and Database"
                : null;
        }
        catch (ArgumentException)
        {
            // The message of the reader of connection strings may quote what it did not like.
            return "it is neither a path nor a connection string of PostgreSQL such as Host=db;Database=voiceai;Username=voiceai";
        }
    }

    /// <summary>A context to be used on one thread and disposed. Opens nothing yet.</summary>
    /// <param name="reading">For looking only; of a file, it must be there.</param>
    /// <exception cref="IOException">The password file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public RecordsContext Context(bool reading = false)
    {
        if (_server is null)
        {
            return new SqliteRecordsContext(new DbContextOptionsBuilder<SqliteRecordsContext>()
                .UseSqlite(ConnectionTo(File!, reading))
                .AddInterceptors(SqliteSettings.Instance)
                .Options);
        }
        return new PostgresRecordsContext(new DbContextOptionsBuilder<PostgresRecordsContext>().UseNpgsql(ConnectionTo(_server)).Options);
    }

    /// <summary>A connection of the caller's own, open, for looking only; of a file, it must be there.</summary>
    /// <exception cref="DbException">It can't be opened; and what <see cref="Context"/> throws.</exception>
    public DbConnection OpenForReading()
    {
        DbConnection connection = _server is null ? new SqliteConnection(ConnectionTo(File!, reading: true)) : new NpgsqlConnection(ConnectionTo(_server));
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Lets go of the file that connections still hold.</summary>
    public void Forget()
    {
        if (File is null)
            return;
        using var connection = new SqliteConnection(ConnectionTo(File, reading: false));
        SqliteConnection.ClearPool(connection);
    }

    /// <summary>A path has no keys; a connection string begins with one.</summary>
    private static bool IsServer(string database) =>
        database.Split('=', 2) is [var key, _] && key.Trim().ToUpperInvariant() is "HOST" or "SERVER" or "DATABASE" or "USERNAME" or "USER ID" or "PORT" or "PASSWORD";

    private string ConnectionTo(NpgsqlConnectionStringBuilder server)
    {
        var text = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        if (_passwordFile is { Length: > 0 })
            text.Password = System.IO.File.ReadLines(_passwordFile).FirstOrDefault()?.Trim();
        return text.ConnectionString;
    }

    private string ConnectionTo(string file, bool reading) => new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Mode = reading ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite,
        DefaultTimeout = _busySeconds,
    }.ConnectionString;
}

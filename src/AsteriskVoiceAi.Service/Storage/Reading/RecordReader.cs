using System.Data.Common;

namespace AsteriskVoiceAi.Service.Storage.Reading;

/// <summary>
/// Looks records up, beside a service that writes them. For one thread. In plain SQL: a program that runs for a third of a second
/// would spend twice that on the mapper's model and queries.
/// </summary>
internal sealed class RecordReader(RecordsDatabase database) : IDisposable
{
    /// <summary>Calls whose turns are read at once.</summary>
    private const int Page = 500;

    private static readonly RowReader<CallRow> Calls = new();
    private static readonly RowReader<TurnRow> Turns = new();

    private readonly DbConnection _connection = database.OpenForReading();

    public void Dispose() => _connection.Dispose();

    /// <summary>The newest first.</summary>
    public IEnumerable<CallSummary> List(CallFilter filter) => Rows(
        command => $"""
            SELECT {Calls.Columns},
                (SELECT COUNT(*) FROM turns WHERE call_id = id AND who = 'caller'),
                (SELECT COUNT(*) FROM turns WHERE call_id = id AND ending IN ('barged-in', 'key'))
            FROM calls {CallQuery.Newest(filter, command)}
            """,
        row => new CallSummary(Calls.Read(row), (int)row.GetInt64(Calls.Count), (int)row.GetInt64(Calls.Count + 1)));

    /// <summary>The newest first, with all their turns.</summary>
    public IEnumerable<(CallRow Call, IReadOnlyList<TurnRow> Turns)> Conversations(CallFilter filter)
    {
        var calls = Rows(command => $"SELECT {Calls.Columns} FROM calls {CallQuery.Newest(filter, command)}", Calls.Read).ToList();
        return calls.Chunk(Page).SelectMany(WithTurns);
    }

    /// <summary>Calls whose id is this, or begins so; two at most, since more than one is none.</summary>
    public IReadOnlyList<(CallRow Call, IReadOnlyList<TurnRow> Turns)> Find(string id)
    {
        var found = CallsWhere("id = @id", id);
        if (found.Count == 0)
            found = CallsWhere("id LIKE @id ESCAPE '!'", $"{CallQuery.Literal(id)}%");
        return found.Count > 0 ? [.. WithTurns(found)] : [];
    }

    private List<CallRow> CallsWhere(string condition, string id) => [.. Rows(
        command =>
        {
            CallQuery.Set(command, "@id", id);
            return $"SELECT {Calls.Columns} FROM calls WHERE {condition} LIMIT 2";
        },
        Calls.Read)];

    private IEnumerable<(CallRow Call, IReadOnlyList<TurnRow> Turns)> WithTurns(IReadOnlyList<CallRow> calls)
    {
        var turns = Rows(
            command =>
            {
                var names = Enumerable.Range(0, calls.Count).Select(i => $"@id{i}").ToList();
                foreach (var (name, call) in names.Zip(calls))
                    CallQuery.Set(command, name, call.Id);
                return $"SELECT {Turns.Columns} FROM turns WHERE call_id IN ({string.Join(", ", names)}) ORDER BY number";
            },
            Turns.Read).ToLookup(turn => turn.CallId);
        return calls.Select(call => (call, (IReadOnlyList<TurnRow>)[.. turns[call.Id]]));
    }

    /// <param name="text">The command's text; its parameters are put into the command.</param>
    private IEnumerable<T> Rows<T>(Func<DbCommand, string> text, Func<DbDataReader, T> read)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = text(command);
        using var rows = command.ExecuteReader();
        while (rows.Read())
            yield return read(rows);
    }
}

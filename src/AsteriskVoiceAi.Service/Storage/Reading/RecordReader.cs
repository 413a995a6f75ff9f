using Microsoft.EntityFrameworkCore;

namespace AsteriskVoiceAi.Service.Storage.Reading;

/// <summary>Looks records up, beside a service that writes them. For one thread.</summary>
internal sealed class RecordReader(RecordsDatabase database) : IDisposable
{
    /// <summary>Calls whose turns are read at once.</summary>
    private const int Page = 500;

    private readonly RecordsContext _context = database.Context(reading: true);

    public void Dispose() => _context.Dispose();

    /// <summary>The newest first.</summary>
    public IEnumerable<CallSummary> List(CallFilter filter) => Where(filter)
        .OrderByDescending(call => call.StartedAt)
        .ThenByDescending(call => call.Id)
        .Take(filter.Limit)
        .Select(call => new CallSummary(
            call,
            _context.Turns.Count(turn => turn.CallId == call.Id && turn.Who == TurnRow.Caller),
            _context.Turns.Count(turn => turn.CallId == call.Id && (turn.Ending == "barged-in" || turn.Ending == "key"))))
        .AsEnumerable();

    /// <summary>The newest first, with all their turns.</summary>
    public IEnumerable<(CallRow Call, IReadOnlyList<TurnRow> Turns)> Conversations(CallFilter filter)
    {
        var calls = Where(filter).OrderByDescending(call => call.StartedAt).ThenByDescending(call => call.Id).Take(filter.Limit).ToList();
        foreach (var page in calls.Chunk(Page))
        {
            var ids = page.Select(call => call.Id).ToArray();
            var turns = _context.Turns.AsNoTracking().Where(turn => ids.Contains(turn.CallId)).OrderBy(turn => turn.Number).AsEnumerable().ToLookup(turn => turn.CallId);
            foreach (var call in page)
                yield return (call, [.. turns[call.Id]]);
        }
    }

    /// <summary>Calls whose id is this, or begins so; two at most, since more than one is none.</summary>
    public IReadOnlyList<(CallRow Call, IReadOnlyList<TurnRow> Turns)> Find(string id)
    {
        var found = _context.Calls.AsNoTracking().Where(call => call.Id == id).ToList();
        if (found.Count == 0)
            found = _context.Calls.AsNoTracking().Where(call => call.Id.StartsWith(id)).Take(2).ToList();
        return [.. found.Select(call => (call, (IReadOnlyList<TurnRow>)[.. _context.Turns.AsNoTracking().Where(turn => turn.CallId == call.Id).OrderBy(turn => turn.Number)]))];
    }

    private IQueryable<CallRow> Where(CallFilter filter)
    {
        var calls = _context.Calls.AsNoTracking();
        if (filter.Since is { } since && since.UtcDateTime is var first)
            calls = calls.Where(call => call.StartedAt >= first);
        if (filter.Until is { } until && until.UtcDateTime is var end)
            calls = calls.Where(call => call.StartedAt < end);
        if (filter.Caller is { } caller)
            calls = calls.Where(call => call.Caller == caller);
        if (filter.Intent is { } intent)
            calls = calls.Where(call => call.Intent == intent);
        if (filter.Result is { } result)
            calls = calls.Where(call => call.Result == result);
        if (filter.Reason is { } reason)
            calls = calls.Where(call => call.Reason == reason);
        if (filter.Flow is { } flow)
            calls = calls.Where(call => call.Flow == flow);
        if (filter.LinkedId is { } linked)
            calls = calls.Where(call => call.LinkedId == linked);
        if (filter.Text is { } text && text.ToLowerInvariant() is var lower)
        {
#pragma warning disable CA1862 // A database knows no StringComparison.
            calls = calls.Where(call => _context.Turns.Any(turn => turn.CallId == call.Id && turn.Text.ToLower().Contains(lower)));
#pragma warning restore CA1862
        }
        return calls;
    }
}

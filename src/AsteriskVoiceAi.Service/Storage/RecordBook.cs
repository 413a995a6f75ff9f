using System.Threading.Channels;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Service.Storage;

/// <summary>
/// Records of the calls that run, in memory, and whatever waits to be written. While nothing can be written it keeps the newest,
/// so that running calls are whole when the storage is back: calls that are over go first, the oldest of them before others.
/// </summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="writer">Name of this service.</param>
/// <param name="room">Calls and turns that may wait; 20,000 take some 10 MB.</param>
internal sealed class RecordBook(string writer, bool keepWords, TimeProvider time, int room = 20_000)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, OpenRecord> _records = [];

    /// <summary>Those of them that are over, the one that has been over for longest first.</summary>
    private readonly SortedSet<Over> _over = [];
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private int _waiting;
    private int _taken;
    private long _seen;
    private long _lost;

    /// <summary>Calls whose record, or a part of it, was given up.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>Events so far.</summary>
    public long Seen => Volatile.Read(ref _seen);

    /// <summary>Calls and turns that wait to be written, or are being written.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _waiting + _taken;
        }
    }

    /// <summary>Calls that are in memory: they run, or wait to be written.</summary>
    public IReadOnlyList<string> Open
    {
        get
        {
            lock (_gate)
                return [.. _records.Keys];
        }
    }

    /// <summary>Calls that were looked at to make room for others: while nothing can be written, every event needs room.</summary>
    internal long LookedAt { get; private set; }

    public void Add(CallEvent happened)
    {
        lock (_gate)
        {
            _seen++;
            if (!_records.TryGetValue(happened.CallId, out var record))
            {
                // Of a call that is over a last word may come, which must not begin another record.
                if (happened is not (CallEvent.Started or CallEvent.Resumed or CallEvent.Ended { Facts: not null }))
                    return;
                _records[happened.CallId] = record = new OpenRecord(happened.CallId, writer, time.GetUtcNow().UtcDateTime, keepWords);
            }
            var (before, lostBefore) = (Weight(record), record.Call.LostTurns);
            _over.Remove(Over.Of(happened.CallId, record));
            record.Add(happened, full: _waiting >= room && !MakeRoom());
            if (record.IsOver)
                _over.Add(Over.Of(happened.CallId, record));
            _waiting += Weight(record) - before;
            if (record.Call.LostTurns > lostBefore && lostBefore == 0)
                _lost++;
        }
        _changed.Writer.TryWrite(true);
    }

    /// <summary>Waits until there may be something to take.</summary>
    public ValueTask<bool> ChangedAsync(CancellationToken cancellationToken) => _changed.Reader.ReadAsync(cancellationToken);

    /// <summary>Ends a wait.</summary>
    public void Wake() => _changed.Writer.TryWrite(true);

    /// <summary>What is to be written, of a number of calls at most. Then it is <see cref="Done"/>, or <see cref="PutBack"/>.</summary>
    public IReadOnlyList<RecordChange> Take(int calls)
    {
        lock (_gate)
        {
            var records = _records.Where(record => record.Value.IsChanged).Take(calls).ToList();
            foreach (var (id, record) in records)
            {
                _waiting -= Weight(record);
                _taken += Weight(record);
                if (record.IsOver)
                    Remove(id, record);
            }
            return [.. records.Select(record => record.Value.Take())];
        }
    }

    /// <summary>What was taken is written.</summary>
    public void Done()
    {
        lock (_gate)
            _taken = 0;
    }

    /// <summary>What was taken could not be written.</summary>
    public void PutBack(IReadOnlyList<RecordChange> changes)
    {
        lock (_gate)
        {
            _taken = 0;
            foreach (var change in changes)
            {
                if (_records.TryGetValue(change.Call.Id, out var record))
                {
                    _waiting -= Weight(record);
                    record.PutBack(change);
                }
                else
                {
                    _records[change.Call.Id] = record = OpenRecord.Of(change);
                    _over.Add(Over.Of(change.Call.Id, record));
                }
                _waiting += Weight(record);
            }
        }
    }

    private static int Weight(OpenRecord record) => record.IsChanged ? record.Waiting + 1 : 0;

    private void Remove(string id, OpenRecord record)
    {
        _records.Remove(id);
        _over.Remove(Over.Of(id, record));
    }

    /// <summary>Gives up the call that has been over for longest.</summary>
    private bool MakeRoom()
    {
        if (_over.Count == 0)
            return false;
        LookedAt++;
        var id = _over.Min.Id;
        var record = _records[id];
        _waiting -= Weight(record);
        Remove(id, record);
        _lost++;
        return true;
    }

    private readonly record struct Over(DateTime Ended, string Id) : IComparable<Over>
    {
        public static Over Of(string id, OpenRecord record) => new(record.Call.EndedAt ?? default, id);

        public int CompareTo(Over other) => Ended != other.Ended ? Ended.CompareTo(other.Ended) : string.CompareOrdinal(Id, other.Id);
    }
}

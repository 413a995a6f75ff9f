using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Service.Configuration;

namespace AsteriskVoiceAi.Service.Storage;

/// <summary>
/// Keeps records of calls: takes events in as they come, which is work in memory, and writes them from a thread of its own, which
/// may wait for a disk or a server as long as it takes. Nothing of a call ever waits for it.
/// </summary>
internal sealed class RecordWriter : IHostedService, IDisposable
{
    /// <summary>Events that may wait until they are in the book: far more than come in while a thread starts.</summary>
    private const int Events = 10_000;

    /// <summary>Calls written in one transaction.</summary>
    private const int CallsAtOnce = 200;

    /// <summary>Calls deleted in one transaction: some ten milliseconds.</summary>
    private const int DeletedAtOnce = 200;

    /// <summary>
    /// From one transaction to the next: each costs a thread, two look-ups and a commit, about as much as 20 calls in it. A crash may then lose
    /// what happened in so short a time; on a quiet service the last transaction is longer ago, and everything is written at once.
    /// </summary>
    private static readonly TimeSpan BetweenTransactions = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromDays(1);

    /// <summary>For <see cref="Begin"/>: records wait for nobody who hangs.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>For what is left when the service ends.</summary>
    private static readonly TimeSpan LastWrites = TimeSpan.FromSeconds(5);

    private readonly CallEvents _events;
    private readonly RecordsOptions _options;
    private readonly RecordsDatabase _database;
    private readonly RecordsStatus _status;
    private readonly TimeProvider _time;
    private readonly ILogger<RecordWriter> _log;
    private readonly RecordStore _store;
    private readonly int _room;
    private readonly TimeSpan _between;
    private readonly CancellationTokenSource _hurry = new();
    private CallEvents.Watch? _watch;
    private Task _reading = Task.CompletedTask;
    private Task _writing = Task.CompletedTask;
    private long _eventsLost;
    private long _lostSaid;
    private volatile bool _losing;
    private DateTimeOffset _nextSweep;

    /// <param name="writer">Name of this service, the same after a restart.</param>
    /// <param name="between">Shortest time from one transaction to the next; null = 50 ms.</param>
    public RecordWriter(CallEvents events, RecordsOptions options, RecordsDatabase database, RecordsStatus status, string writer, TimeProvider time, ILogger<RecordWriter> log, int room = 20_000, TimeSpan? between = null)
    {
        (_events, _options, _database, _status, _time, _log, _room, _between) = (events, options, database, status, time, log, room, between ?? BetweenTransactions);
        _store = new RecordStore(database, writer, time);
        Book = new RecordBook(writer, options.KeepWords, time, room);
    }

    internal RecordBook Book { get; }

    /// <summary>The database is opened once this has ended; what comes in earlier waits in memory.</summary>
    internal Task Begin { get; init; } = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _watch = _events.Begin(Events, _ => Interlocked.Increment(ref _eventsLost));
        _reading = Task.Run(ReadAsync, CancellationToken.None);
        _writing = Task.Run(WriteAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Writes what is left, as long as that goes well.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _watch?.Dispose();
        await _reading;
        Book.Wake();
        _hurry.CancelAfter(LastWrites);
        await using var hurried = cancellationToken.Register(_hurry.Cancel);
        await _writing;
        if (Book.Waiting is var left and > 0)
            _log.LeftUnwritten(left);
    }

    public void Dispose() => _hurry.Dispose();

    private async Task ReadAsync()
    {
        await foreach (var happened in _watch!.Reader.ReadAllAsync())
        {
            Book.Add(happened);
            if (Interlocked.Read(ref _eventsLost) + Book.Lost > _lostSaid && !_losing)
            {
                _losing = true;
                _log.Losing(_room);
            }
            Count();
        }
    }

    private async Task WriteAsync()
    {
        await Task.WhenAny(Begin, _reading, Task.Delay(LongestWait, _time));
        var opened = false;
        while (!_hurry.IsCancellationRequested)
        {
            try
            {
                if (!opened)
                    await OnOwnThread(Open);
                opened = true;
                if (await StepAsync() || !_reading.IsCompleted)
                    continue;
                return;
            }
            catch (OperationCanceledException) when (_hurry.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever fails here, calls and the writing of later ones go on.
            catch (Exception failed)
#pragma warning restore CA1031
            {
                opened = false;
                await FailedAsync(failed);
            }
        }
    }

    /// <summary>One piece of work, or a wait for some.</summary>
    /// <returns>False = there was nothing to do, and the wait is over.</returns>
    private async Task<bool> StepAsync()
    {
        if (_options.RetentionDays > 0 && _time.GetUtcNow() >= _nextSweep)
            await OnOwnThread(Sweep);
        var changes = Book.Take(CallsAtOnce);
        if (changes.Count > 0)
        {
            var began = _time.GetTimestamp();
            await OnOwnThread(() => Write(changes));
            if (changes.Count < CallsAtOnce && !_reading.IsCompleted && _between - _time.GetElapsedTime(began) is var rest && rest > TimeSpan.Zero)
                await Task.WhenAny(Task.Delay(rest, _time, _hurry.Token), _reading);
            return true;
        }
        if (_reading.IsCompleted)
            return false;
        using var sweep = _time.CreateTimer(static book => ((RecordBook)book!).Wake(), Book, BetweenSweeps / 24, Timeout.InfiniteTimeSpan);
        await Book.ChangedAsync(_hurry.Token);
        return true;
    }

    private void Open()
    {
        var migrations = _store.Open();
        if (migrations.Count > 0)
            _log.Migrated(string.Join(", ", migrations));
        if (_store.MarkInterrupted(Book.Open) is var interrupted and > 0)
            _log.Interrupted(interrupted);
        if (_status.Works())
            _log.Recovered(_database.Name);
        else
            _log.Opened(_database.Name);
        SayLost();
    }

    private void Write(IReadOnlyList<RecordChange> changes)
    {
        try
        {
            _store.Write(changes);
        }
        catch
        {
            Book.PutBack(changes);
            Count();
            throw;
        }
        Book.Done();
        _status.CountWritten(changes.Sum(change => 1 + change.Turns.Count));
        Count();
    }

    private void Sweep()
    {
        var now = _time.GetUtcNow();
        var deleted = _store.DeleteBefore(now.AddDays(-_options.RetentionDays), DeletedAtOnce);
        // What is left is deleted at the next step: records that wait come between.
        if (deleted == DeletedAtOnce)
            Book.Wake();
        else
            _nextSweep = now + BetweenSweeps;
        if (deleted > 0)
            _log.Deleted(deleted, _options.RetentionDays);
    }

    private async Task FailedAsync(Exception failed)
    {
        if (StorageFault.Of(failed, _database.Name) is not { } fault)
        {
            fault = new StorageFault("internal", failed.Message);
            if (_status.Fails(fault))
                _log.Broken(failed);
        }
        else if (fault.IsCorrupt && _database.File is not null && await SetAsideAsync(fault))
        {
            return;
        }
        else if (_status.Fails(fault))
        {
            _log.Failing(fault.Cause, fault.Message, _room);
        }
        if (fault.Cause != "gone")
            await Task.Delay(RetryAfter, _time, _hurry.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <returns>False = that failed, too.</returns>
    private async Task<bool> SetAsideAsync(StorageFault fault)
    {
        try
        {
            var aside = "";
            await OnOwnThread(() => aside = _store.SetAside());
            _log.SetAside(aside, fault.Message);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The files of SQLite block; a thread of the pool that blocks is one that calls are short of.</summary>
    private static Task OnOwnThread(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Count()
    {
        _status.SetWaiting(Book.Waiting);
        _status.SetLost(Book.Lost + Interlocked.Read(ref _eventsLost));
    }

    private void SayLost()
    {
        var lost = Book.Lost + Interlocked.Read(ref _eventsLost);
        if (lost > _lostSaid)
            _log.WereLost(lost - _lostSaid);
        _lostSaid = lost;
        _losing = false;
    }
}

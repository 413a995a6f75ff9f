using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Service.Storage;
using AsteriskVoiceAi.Service.Storage.Reading;
using AsteriskVoiceAi.Tests.FastAgi;
using AsteriskVoiceAi.TestSupport;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Tests.Records;

/// <summary>The writer of records on a real database, and a reader beside it.</summary>
internal sealed class RecordsRig : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 6, 9, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A machine that is busy with others takes its time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly LogLines _logs = new();
    private readonly LoggerFactory _factory = new();
    private readonly TimeProvider _time;
    private readonly int _room;
    private readonly TimeSpan _between;
    private RecordWriter? _writer;
    private int _told;

    public RecordsRig(RecordsOptions options, TimeProvider? time = null, CallEvents? events = null, int room = 20_000, TimeSpan between = default)
    {
        (Options, _time, _room, _between) = (options, time ?? TimeProvider.System, room, between);
        Events = events ?? new CallEvents();
        Database = new RecordsDatabase(options, busySeconds: 1);
        Status = new RecordsStatus { Enabled = true, Database = Database.Name };
        _factory.AddProvider(_logs);
    }

    public RecordsOptions Options { get; }

    public RecordsDatabase Database { get; }

    public RecordsStatus Status { get; }

    public CallEvents Events { get; }

    /// <summary>Lines for an operator.</summary>
    public string[] Log => _logs.ForOperator;

    public RecordBook Book => _writer!.Book;

    public async Task<RecordsRig> StartAsync(string writer = "test:8090", Task? begin = null)
    {
        _writer = new RecordWriter(Events, Options, Database, Status, writer, _time, _factory.CreateLogger<RecordWriter>(), _room, _between) { Begin = begin ?? Task.CompletedTask };
        await _writer.StartAsync(CancellationToken.None);
        return this;
    }

    public async Task StopAsync()
    {
        if (_writer is null)
            return;
        await _writer.StopAsync(CancellationToken.None);
        _writer.Dispose();
        _writer = null;
    }

    /// <summary>A call from its beginning to its end.</summary>
    public RecordsRig Call(string id, DateTimeOffset? began = null, string caller = "5551234", string says = "I want a refund.", string result = "done", string intent = "refund")
    {
        Begins(id, began, caller);
        Speaks(id, says, intent);
        Ends(id, result, intent);
        return this;
    }

    public void Begins(string id, DateTimeOffset? began = null, string caller = "5551234") =>
        Tell(new CallEvent.Started(id, "stasis:main", "PJSIP/a-1", caller, "100") { Facts = Facts(began ?? Noon, caller) });

    public void Speaks(string id, string words, string intent = "refund")
    {
        Tell(new CallEvent.Said(id, TimeSpan.FromSeconds(1), "Hello.", "flite", TimeSpan.FromMilliseconds(3), TimeSpan.FromSeconds(2), "barged-in"));
        Tell(new CallEvent.Heard(id, TimeSpan.FromSeconds(4), words, 0.8, "moonshine", TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(550), TimeSpan.FromMilliseconds(140), TimeSpan.FromMilliseconds(7)));
        Tell(new CallEvent.Understood(id, TimeSpan.FromSeconds(4), intent, 0.9, "accept", TimeSpan.FromMilliseconds(4)));
    }

    public void Ends(string id, string result = "done", string intent = "refund") =>
        Tell(new CallEvent.Ended(id, TimeSpan.FromSeconds(9), result, "", intent, "602@billing")
        {
            Audio = new AudioReport("rtp", "ulaw", 450, 460, 9, 1, 0, 10, TimeSpan.FromMilliseconds(2.5))
            {
                Phone = new PhoneLine(440, 12, TimeSpan.FromMilliseconds(6.5), 460, 3, TimeSpan.FromMilliseconds(41)),
            },
        });

    public static CallFacts Facts(DateTimeOffset began, string caller = "5551234") =>
        new(began, "stasis:main", "PJSIP/a-1", caller, "100", "en", "1781006400.7", "main", "0123456789ab", "rtp", "ulaw");

    public void Tell(CallEvent happened)
    {
        _told++;
        Events.Publish(happened);
    }

    /// <summary>Waits until all that was told has come in.</summary>
    public Task SeenAsync() => UntilAsync("every event", () => Book.Seen >= _told);

    /// <summary>Waits until all that was told is written.</summary>
    public Task WrittenAsync() => UntilAsync("everything written", () => Book.Seen >= _told && Book.Waiting == 0);

    /// <summary>Waits, looking again and again: the writer tells nobody.</summary>
    public async Task UntilAsync(string what, Func<bool> condition)
    {
        var deadline = Moment.Now + Patience;
        while (!condition())
        {
            if (Moment.Now > deadline)
                Assert.Fail($"Never came: {what}. Fault: {Status.Fault}\n{string.Join('\n', Log)}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    public (CallRow Call, IReadOnlyList<TurnRow> Turns) Find(string id)
    {
        using var reader = new RecordReader(Database);
        return reader.Find(id).Single();
    }

    public IReadOnlyList<CallSummary> List(CallFilter? filter = null)
    {
        using var reader = new RecordReader(Database);
        return [.. reader.List(filter ?? new CallFilter())];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Database.Forget();
        _factory.Dispose();
    }
}

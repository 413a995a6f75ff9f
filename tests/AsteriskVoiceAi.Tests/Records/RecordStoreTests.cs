using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Service.Storage;
using AsteriskVoiceAi.Service.Storage.Reading;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.Records;

/// <summary>What is kept of calls, in a file and on a real server alike.</summary>
[TestFixture("SQLite")]
[TestFixture("PostgreSQL")]
public sealed class RecordStoreTests(string kind)
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-records-");
    private PostgresServer? _server;
    private int _databases;

    [OneTimeSetUp]
    public async Task StartServer()
    {
        if (kind == "PostgreSQL")
            _server = await PostgresServer.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopServer()
    {
        Npgsql.NpgsqlConnection.ClearAllPools();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task What_happens_soon_after_a_transaction_waits_for_the_next_one()
    {
        var time = new FakeTimeProvider(RecordsRig.Noon);
        await using var rig = await new RecordsRig(Options(), time, between: TimeSpan.FromMinutes(1)).StartAsync();
        rig.Begins("first");
        await rig.UntilAsync("the first transaction", () => rig.Status.Written == 1);

        rig.Call("second").Call("third");
        await rig.SeenAsync();
        Assert.That((rig.Status.Written, rig.Book.Waiting), Is.EqualTo((1, 6)));
        time.Advance(TimeSpan.FromMinutes(1));
        await rig.WrittenAsync();

        Assert.That(rig.Status.Written, Is.EqualTo(7));
    }

    [Test]
    public async Task Record_has_the_call_its_turns_and_how_its_audio_was()
    {
        await using var rig = await new RecordsRig(Options()).StartAsync();
        rig.Begins("c1");
        rig.Speaks("c1", "I want\r\nmy money\0 back, \"now\"; €5 😀");
        rig.Tell(new CallEvent.Filled("c1", TimeSpan.FromSeconds(4), new Dictionary<string, string> { ["invoice"] = "4152" }));
        rig.Tell(new CallEvent.Said("c1", TimeSpan.FromSeconds(5), "Okay.", "flite", TimeSpan.FromMilliseconds(9), TimeSpan.FromSeconds(1), "completed"));
        rig.Tell(new CallEvent.Replied("c1", TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(701)));
        rig.Ends("c1");
        await rig.WrittenAsync();

        var (call, turns) = rig.Find("c1");
        Assert.Multiple(() =>
        {
            Assert.That(call, Is.EqualTo(new CallRow
            {
                Id = "c1",
                StartedAt = RecordsRig.Noon.UtcDateTime,
                EndedAt = RecordsRig.Noon.UtcDateTime.AddSeconds(9),
                DurationMs = 9000,
                Result = "done",
                Intent = "refund",
                Next = "602@billing",
                Slots = """{"invoice":"4152"}""",
                Entry = "stasis:main",
                Channel = "PJSIP/a-1",
                LinkedId = "1781006400.7",
                Caller = "5551234",
                Dialed = "100",
                Language = "en",
                Flow = "main",
                FlowVersion = "0123456789ab",
                Transport = "rtp",
                Codec = "ulaw",
                FramesReceived = 450,
                FramesLost = 9,
                FramesLate = 1,
                FramesConcealed = 10,
                JitterMs = 2.5,
                // 10 of 460 are 2.17 %: R = 93.2 - 95 * 2.17 / (2.17 + 25.1) = 85.6
                Mos = 4.22,
                PhoneReceived = 440,
                PhoneLost = 12,
                PhoneSent = 460,
                PhoneMissed = 3,
                PhoneJitterMs = 6.5,
                PhoneRoundTripMs = 41,
                PhoneMos = 4.17,
                Writer = "test:8090",
            }));
            Assert.That(call.StartedAt.Kind, Is.EqualTo(DateTimeKind.Utc));
            Assert.That(turns, Is.EqualTo((TurnRow[])
            [
                new() { CallId = "c1", Number = 0, AtMs = 1000, Who = "service", Kind = "said", Text = "Hello.", Engine = "flite", Ending = "barged-in", SynthesisMs = 3, PlayedMs = 2000 },
                new() { CallId = "c1", Number = 1, AtMs = 4000, Who = "caller", Kind = "heard", Text = "I want  my money  back, \"now\"; €5 😀", Engine = "moonshine", Confidence = 0.8, Intent = "refund", IntentConfidence = 0.9, Verdict = "accept", Slots = """{"invoice":"4152"}""", SpeechMs = 1000, EndpointMs = 550, RecognitionMs = 140, WaitedMs = 7, UnderstandingMs = 4 },
                new() { CallId = "c1", Number = 2, AtMs = 5000, Who = "service", Kind = "said", Text = "Okay.", Engine = "flite", Ending = "completed", SynthesisMs = 9, PlayedMs = 1000, ReplyMs = 701 },
            ]));
        });
    }

    [Test]
    public async Task Running_call_is_written_as_it_goes()
    {
        await using var rig = await new RecordsRig(Options()).StartAsync();
        rig.Begins("c1");
        rig.Speaks("c1", "Billing.");
        await rig.WrittenAsync();

        var (call, turns) = rig.Find("c1");
        Assert.That(call.Result, Is.Empty);
        Assert.That(turns.Select(turn => turn.Text), Is.EqualTo((string[])["Hello.", "Billing."]));
    }

    [Test]
    public async Task Records_of_a_service_that_is_still_starting_wait_in_memory()
    {
        var started = new TaskCompletionSource();
        await using var rig = await new RecordsRig(Options()).StartAsync(begin: started.Task);
        rig.Call("c1");
        await rig.SeenAsync();
        Assert.That((rig.Book.Waiting, rig.Status.Written), Is.EqualTo((3, 0)), "a call and its two turns");
        Assert.That(rig.Status.IsOpening, "so the service is not ready");

        started.SetResult();
        await rig.WrittenAsync();

        Assert.That(rig.Find("c1").Call.Result, Is.EqualTo("done"));
        Assert.That(rig.Status.IsOpening, Is.False);
    }

    [Test]
    public async Task Call_that_was_running_when_the_service_died_is_marked_and_nobody_elses()
    {
        var options = Options();
        await using (var died = await new RecordsRig(options).StartAsync())
        {
            died.Begins("mine", TimeProvider.System.GetUtcNow());
            died.Call("over");
            await died.WrittenAsync();
        }
        await using (var other = await new RecordsRig(options).StartAsync("other:8090"))
        {
            other.Begins("theirs", TimeProvider.System.GetUtcNow());
            await other.WrittenAsync();
        }
        await using var next = new RecordsRig(options);
        await next.StartAsync();
        next.Call("new");
        await next.WrittenAsync();

        Assert.That(next.List().ToDictionary(found => found.Call.Id, found => (found.Call.Result, found.Call.Reason)), Is.EquivalentTo(new Dictionary<string, (string, string)>
        {
            ["mine"] = ("interrupted", "service-lost"),
            ["over"] = ("done", ""),
            ["theirs"] = ("", ""),
            ["new"] = ("done", ""),
        }));
        Assert.That(next.Log, Has.Some.StartsWith("1 calls were running"));
    }

    [Test]
    public async Task Call_that_the_next_service_takes_up_again_goes_on_in_its_record()
    {
        var options = Options();
        await using (var died = await new RecordsRig(options).StartAsync())
        {
            died.Begins("c1");
            died.Speaks("c1", "Billing.");
            await died.WrittenAsync();
        }
        await using var next = await new RecordsRig(options).StartAsync("other:8091");
        next.Tell(new CallEvent.Resumed("c1", TimeSpan.FromSeconds(6), "stasis:main", "PJSIP/a-1", "5551234", "100") { Facts = RecordsRig.Facts(RecordsRig.Noon) });
        next.Tell(new CallEvent.Said("c1", TimeSpan.FromSeconds(7), "Sorry, I lost you.", "flite", TimeSpan.Zero, TimeSpan.FromSeconds(1), "completed"));
        next.Ends("c1");
        await next.WrittenAsync();

        var (call, turns) = next.Find("c1");
        Assert.Multiple(() =>
        {
            Assert.That((call.Result, call.Resumed, call.StartedAt, call.Writer), Is.EqualTo(("done", true, RecordsRig.Noon.UtcDateTime, "other:8091")));
            Assert.That(turns.Select(turn => turn.Text), Is.EqualTo((string[])["Hello.", "Billing.", "Sorry, I lost you."]));
        });
    }

    [Test]
    public async Task Service_whose_call_another_has_taken_over_does_not_end_its_record()
    {
        var options = Options();
        await using var one = await new RecordsRig(options).StartAsync("one:1");
        one.Begins("c1");
        await one.WrittenAsync();
        await using var two = await new RecordsRig(options).StartAsync("two:2");
        two.Tell(new CallEvent.Resumed("c1", TimeSpan.FromSeconds(6), "stasis:main", "PJSIP/a-1", "5551234", "100") { Facts = RecordsRig.Facts(RecordsRig.Noon) });
        await two.WrittenAsync();

        one.Tell(new CallEvent.Ended("c1", TimeSpan.FromSeconds(6), "error", "taken-over", "", "dialplan"));
        one.Call("c2");
        await one.WrittenAsync();

        Assert.That(one.Find("c1").Call, Is.EqualTo(two.Find("c1").Call));
        Assert.That(one.Find("c1").Call.Result, Is.Empty);
    }

    [Test]
    public async Task Refused_call_has_a_record_too()
    {
        await using var rig = await new RecordsRig(Options()).StartAsync();
        rig.Tell(new CallEvent.Ended("c1", TimeSpan.Zero, "refused", "over-capacity", "", "dialplan") { Facts = RecordsRig.Facts(RecordsRig.Noon, "777") });
        await rig.WrittenAsync();

        var (call, turns) = rig.Find("c1");
        Assert.That((call.Result, call.Reason, call.Caller, turns.Count), Is.EqualTo(("refused", "over-capacity", "777", 0)));
    }

    [Test]
    public async Task Words_are_not_kept_where_the_settings_say_so()
    {
        var options = Options();
        options.KeepWords = false;
        await using var rig = await new RecordsRig(options).StartAsync();
        rig.Begins("c1");
        rig.Speaks("c1", "My card is 4152.");
        rig.Tell(new CallEvent.Pressed("c1", TimeSpan.FromSeconds(5), "4152"));
        rig.Tell(new CallEvent.Filled("c1", TimeSpan.FromSeconds(5), new Dictionary<string, string> { ["card"] = "4152" }));
        rig.Ends("c1");
        await rig.WrittenAsync();

        var (call, turns) = rig.Find("c1");
        Assert.That(CallText.Json(call, turns), Does.Not.Contain("4152").And.Not.Contain("Hello"));
        Assert.That(turns.Select(turn => turn.Intent), Does.Contain("refund"));
    }

    [Test]
    public async Task Old_calls_are_deleted_with_their_turns_after_the_days_of_retention()
    {
        var options = Options();
        options.RetentionDays = 30;
        var time = new FakeTimeProvider(RecordsRig.Noon);
        await using (var rig = await new RecordsRig(options, time).StartAsync())
        {
            // More than one batch.
            for (var i = 0; i < 450; i++)
                rig.Call($"old-{i}", RecordsRig.Noon.AddDays(-29));
            rig.Call("new", RecordsRig.Noon.AddDays(-27));
            await rig.WrittenAsync();
            Assert.That(rig.List(), Has.Count.EqualTo(451));
        }
        time.Advance(TimeSpan.FromDays(2));
        await using var later = await new RecordsRig(options, time).StartAsync();
        later.Call("newest", time.GetUtcNow());
        await later.UntilAsync("the old ones deleted", () => later.List().Count == 2);

        using var context = later.Database.Context(reading: true);
        Assert.That(context.Turns.Count(), Is.EqualTo(4));
        Assert.That(later.Log, Has.Some.Contains("older than 30 days"));
    }

    [Test]
    public async Task Calls_are_found_by_what_is_known_of_them()
    {
        await using var rig = await new RecordsRig(Options()).StartAsync();
        rig.Call("a", RecordsRig.Noon, caller: "1", says: "Where is my parcel?", result: "escalate", intent: "tracking");
        rig.Call("b", RecordsRig.Noon.AddHours(1), caller: "2", says: "100% of my_money");
        rig.Call("c", RecordsRig.Noon.AddHours(2), caller: "2", says: "Opening hours", result: "hangup", intent: "hours");
        await rig.WrittenAsync();

        Assert.Multiple(() =>
        {
            Assert.That(Ids(new()), Is.EqualTo("c b a"), "the newest first");
            Assert.That(Ids(new() { Limit = 2 }), Is.EqualTo("c b"));
            Assert.That(Ids(new() { Since = RecordsRig.Noon.AddHours(1) }), Is.EqualTo("c b"));
            Assert.That(Ids(new() { Until = RecordsRig.Noon.AddHours(1) }), Is.EqualTo("a"));
            Assert.That(Ids(new() { Caller = "2", Result = "hangup" }), Is.EqualTo("c"));
            Assert.That(Ids(new() { Intent = "tracking" }), Is.EqualTo("a"));
            Assert.That(Ids(new() { Reason = "silence" }), Is.Empty);
            Assert.That(Ids(new() { LinkedId = "1781006400.7", Flow = "main" }), Is.EqualTo("c b a"));
            Assert.That(Ids(new() { Text = "PARCEL" }), Is.EqualTo("a"));
            Assert.That(Ids(new() { Text = "0% OF my_" }), Is.EqualTo("b"));
            Assert.That(Ids(new() { Text = "%" }), Is.EqualTo("b"), "no pattern");
            Assert.That(rig.List()[0], Is.EqualTo(new CallSummary(rig.Find("c").Call, Turns: 1, BargeIns: 1)));
        });

        string Ids(CallFilter filter) => string.Join(' ', rig.List(filter).Select(found => found.Call.Id));
    }

    [Test]
    public async Task File_is_for_the_service_alone()
    {
        if (_server is not null)
            Assert.Pass("A server keeps its files itself.");
        await using var rig = await new RecordsRig(Options()).StartAsync();
        rig.Call("c1");
        await rig.WrittenAsync();

        var files = Directory.GetFiles(Path.GetDirectoryName(rig.Options.Database)!);
        Assert.That(files.Select(Path.GetFileName), Does.Contain("calls.db-wal"));
        Assert.That(files.Select(file => new FileInfo(file).UnixFileMode), Is.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void Migrations_make_the_tables_that_the_program_uses()
    {
        using var context = new RecordsDatabase(Options()).Context();
        Assert.That(context.Database.HasPendingModelChanges(), Is.False, "make a migration: docs/call-records.md");
    }

    /// <summary>A database that nothing is in.</summary>
    private RecordsOptions Options() => _server is null
        ? new RecordsOptions { Database = Path.Combine(_folder.FullName, $"{++_databases}", "calls.db"), RetentionDays = 0 }
        : new RecordsOptions { Database = _server.ConnectionTo($"records{++_databases}"), PasswordFile = _server.PasswordFile, RetentionDays = 0 };
}

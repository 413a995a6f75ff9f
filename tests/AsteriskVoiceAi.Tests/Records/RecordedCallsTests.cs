using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Tests.Calls;

namespace AsteriskVoiceAi.Tests.Records;

/// <summary>Records of calls that really ran through all seven steps.</summary>
[TestFixture]
public sealed class RecordedCallsTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-records-");
    private int _databases;

    [OneTimeTearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    public async Task Call_leaves_a_record_of_its_conversation()
    {
        await using var call = new CallScript();
        await using var rig = await StartAsync(call);
        call.Arrives();
        await call.HearsAsync("Hello.");
        await call.SaysAsync("Billing.", confidence: 0.8);
        await call.HearsAsync("Billing it is.");
        await call.EndsAsync("done 602@billing");
        await rig.UntilAsync("the end in the record", () => rig.Book.Seen == call.Events.Count && rig.Book.Waiting == 0);

        var (record, turns) = rig.Find("c1");
        var heard = call.Events.OfType<CallEvent.Heard>().Single();
        Assert.Multiple(() =>
        {
            Assert.That((record.Result, record.Intent, record.Next, record.Caller, record.Flow), Is.EqualTo(("done", "billing", "602@billing", "5551234", "main")));
            Assert.That(record.FlowVersion, Does.Match("^[0-9a-f]{12}$"));
            Assert.That(record.EndedAt, Is.EqualTo(record.StartedAt + call.Events[^1].At).Within(TimeSpan.FromMilliseconds(1)));
            Assert.That(turns.Select(turn => $"{turn.Who} {turn.Kind} {turn.Text} {turn.Ending}".TrimEnd()), Is.EqualTo((string[])["service said Hello. completed", "caller heard Billing.", "service said Billing it is. completed"]));
            Assert.That((turns[1].Confidence, turns[1].Intent, turns[1].Verdict), Is.EqualTo(((double?)0.8, "billing", "accept")));
            Assert.That((turns[1].SpeechMs, turns[1].EndpointMs), Is.EqualTo(((int?)heard.Speech.TotalMilliseconds, (int?)heard.Endpoint.TotalMilliseconds)));
            Assert.That(turns[2].ReplyMs, Is.EqualTo((int)call.Events.OfType<CallEvent.Replied>().Single().SinceSpeech.TotalMilliseconds));
        });
    }

    [Test]
    public async Task Slow_storage_delays_no_call()
    {
        await using var call = new CallScript();
        var options = Options();
        // Held for as long as the call lasts; the writer sits in the lock meanwhile.
        await using (var rig = await new RecordsRig(options, call.Time).StartAsync())
        {
            rig.Call("first");
            await rig.WrittenAsync();
        }
        await using var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={options.Database};Pooling=False");
        other.Open();
        await using var hold = other.BeginTransaction();
        await using var held = await new RecordsRig(options, call.Time, call.CallEvents).StartAsync();

        call.Arrives();
        await call.HearsAsync("Hello.");
        await call.SaysAsync("Billing.");
        await call.HearsAsync("Billing it is.");
        await call.EndsAsync("done 602@billing");

        Assert.That(held.List().Select(found => found.Call.Id), Is.EqualTo((string[])["first"]));
        await hold.RollbackAsync();
        await held.UntilAsync("the record", () =>
        {
            call.Time.Advance(TimeSpan.FromSeconds(3));
            return held.List().Count == 2;
        });
    }

    [Test]
    public async Task Call_that_never_had_audio_leaves_a_record()
    {
        await using var call = new CallScript();
        await using var rig = await StartAsync(call);
        call.Handler.NotServed(CallScript.Incoming(), new CallOutcome("c1", CallResult.Error, "no-media", NextStep.InDialplan));
        await rig.UntilAsync("its record", () => rig.Book.Seen == 1 && rig.Book.Waiting == 0);

        var (record, turns) = rig.Find("c1");
        Assert.That((record.Result, record.Reason, record.Caller, record.Flow, record.Transport, turns.Count), Is.EqualTo(("error", "no-media", "5551234", "main", "", 0)));
    }

    [Test]
    public async Task Single_request_of_the_dialplan_has_its_answer_in_the_record()
    {
        await using var call = new CallScript();
        await using var rig = await StartAsync(call);
        call.Arrives(new CallRequest.Ask("Red or green?") { Expectation = new AsteriskVoiceAi.Calls.Recognition.Expectation.OneOf(["red", "green"]) });
        await call.BeginsToHearAsync("Red or green?");
        call.Presses("1");
        call.HangsUp();
        await call.EndsAsync("hangup caller-hung-up dialplan");
        await rig.UntilAsync("the end in the record", () => rig.Book.Seen == call.Events.Count && rig.Book.Waiting == 0);

        var (record, turns) = rig.Find("c1");
        Assert.That((record.Result, record.Reason, record.Flow, record.FlowVersion), Is.EqualTo(("hangup", "caller-hung-up", "", "")));
        Assert.That(turns[0].Text, Is.EqualTo("Red or green?"));
    }

    private async Task<RecordsRig> StartAsync(CallScript call) => await new RecordsRig(Options(), call.Time, call.CallEvents).StartAsync();

    private RecordsOptions Options() => new() { Database = Path.Combine(_folder.FullName, $"{++_databases}", "calls.db") };
}

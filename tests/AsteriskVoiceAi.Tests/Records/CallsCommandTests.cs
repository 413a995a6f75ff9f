using System.Text.Json;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Service.CommandLine;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Tests.CommandLine;

namespace AsteriskVoiceAi.Tests.Records;

/// <summary><c>voiceai calls</c> beside a service that writes.</summary>
[TestFixture]
public sealed class CallsCommandTests
{
    private CommandRun _run = null!;
    private RecordsRig _rig = null!;
    private string _config = "";

    [SetUp]
    public async Task Start()
    {
        _run = new CommandRun();
        var file = _run.PathOf("calls.db");
        _config = _run.Write("voiceai.yaml", $"records:\n  database: {file}\n");
        _rig = await new RecordsRig(new RecordsOptions { Database = file, RetentionDays = 0 }).StartAsync();
        _rig.Call("0123", caller: "+49 30 1", says: "=1+2, \"please\"");
        _rig.Call("0145", RecordsRig.Noon.AddHours(1), says: "\u001b[2JBilling\u202e", result: "escalate", intent: "");
        await _rig.WrittenAsync();
    }

    [TearDown]
    public async Task Stop()
    {
        await _rig.DisposeAsync();
        _run.Dispose();
    }

    [Test]
    public async Task Table_has_the_newest_call_first()
    {
        Assert.That(await Run(), Is.EqualTo(
            """
            started (UTC)        length   caller            turns  result       reason              intent            on to                 id
            2026-06-09 13:00:00     9.0  5551234               1  escalate     -                   -                 602@billing           0145
            2026-06-09 12:00:00     9.0  +49 30 1              1  done         -                   refund            602@billing           0123

            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public async Task Filters_narrow_the_list_down()
    {
        Assert.That(Lines(await Run("--result", "escalate")), Has.Length.EqualTo(2).And.Some.EndsWith("0145"));
        Assert.That(Lines(await Run("--since", "2026-06-09T12:30")), Has.Length.EqualTo(2).And.Some.EndsWith("0145"));
        Assert.That(Lines(await Run("--until", "2026-06-09T12:30Z", "--text", "PLEASE")), Has.Length.EqualTo(2).And.Some.EndsWith("0123"));
        Assert.That(Lines(await Run("--since", "1h")), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Show_prints_the_conversation_with_its_milliseconds_and_nothing_that_a_terminal_obeys()
    {
        var shown = await Run("show", "0145");
        Assert.Multiple(() =>
        {
            Assert.That(shown, Does.Not.Contain('\u001b').And.Not.Contain('\u202e'));
            Assert.That(shown, Does.Contain("call 0145, 2026-06-09 13:00:00 UTC, 9.0 s: escalate, intent none, on to 602@billing"));
            Assert.That(shown, Does.Contain("rtp ulaw"));
            Assert.That(shown, Does.Contain("450 frames of 20 ms heard, 9 lost, 1 late, 10 made up; jitter 2.5 ms; MOS 4.22"));
            Assert.That(shown, Does.Contain("   1.00 s  service  \"Hello.\"  (flite, ready in 3 ms, played 2.0 s, barged-in)"));
            Assert.That(shown, Does.Contain("(confidence 0.80, spoke 1.0 s; over after 550 ms, moonshine 140 ms, waited for 7 ms)"));
        });
    }

    [Test]
    public async Task Show_takes_a_beginning_of_the_id_that_no_other_has()
    {
        Assert.That(await Run("show", "014"), Does.StartWith("call 0145,"));
        Assert.That(await Fails(ExitCodes.Failed, "show", "01", "--config", _config), Does.Contain("More than one"));
        Assert.That(await Fails(ExitCodes.Failed, "show", "%", "--config", _config), Does.Contain("There is no record of a call %."));
    }

    [Test]
    public async Task Csv_lets_no_cell_become_a_formula()
    {
        var calls = Lines(await Run("--format", "csv"));
        var turns = Lines(await Run("--format", "csv-turns"));
        Assert.Multiple(() =>
        {
            Assert.That(calls[0], Does.StartWith("id,started_at,ended_at,"));
            Assert.That(calls[2], Does.StartWith("0123,2026-06-09T12:00:00.000Z,2026-06-09T12:00:09.000Z,9000,done,,refund,602@billing,").And.Contain(",'+49 30 1,"));
            Assert.That(turns, Has.Some.Contains("\"'=1+2, \"\"please\"\"\""));
            Assert.That(calls.Select(line => line.Count(c => c == ',')).Distinct().ToArray(), Has.Length.EqualTo(1));
        });
    }

    [Test]
    public async Task Json_lines_have_a_call_with_its_turns_each()
    {
        var calls = Lines(await Run("--format", "jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.That(calls.Select(call => call.GetProperty("call").GetProperty("id").GetString()), Is.EqualTo((string[])["0145", "0123"]));
        Assert.That(calls[1].GetProperty("turns")[1].GetProperty("text").GetString(), Is.EqualTo("=1+2, \"please\""));
        Assert.That(calls[1].GetProperty("turns")[1].GetProperty("recognitionMs").GetInt32(), Is.EqualTo(140));
    }

    [Test]
    public async Task Running_call_is_in_the_list()
    {
        _rig.Begins("0999", RecordsRig.Noon.AddHours(3));
        await _rig.WrittenAsync();
        Assert.That(Lines(await Run("--result", "running")), Has.Some.Match("running .* 0999$"));
    }

    [Test]
    public async Task Missing_records_are_told_with_their_place()
    {
        var config = _run.Write("other.yaml", $"records:\n  database: {_run.PathOf("none.db")}\n");
        Assert.That(await Fails(ExitCodes.Failed, "--config", config), Does.Contain("There are no call records at").And.Contain("none.db"));
    }

    [Test]
    public async Task File_that_is_no_database_is_told()
    {
        var config = _run.Write("other.yaml", $"records:\n  database: {_run.Write("bad.db", new string('?', 10_000))}\n");
        Assert.That(await Fails(ExitCodes.Failed, "--config", config), Does.Contain("is damaged"));
    }

    [TestCase("Host=db;Database=x;Password=topsecret")]
    [TestCase("Host=db;Pwd=topsecret;Database=x")]
    [TestCase("Host=db;nonsense=topsecret")]
    public async Task Password_in_the_settings_is_refused_and_not_shown(string connection)
    {
        var config = _run.Write("other.yaml", $"records:\n  database: {connection}\n");
        Assert.That(await Fails(ExitCodes.BadConfiguration, "--config", config), Does.Contain("records.database").And.Not.Contain("topsecret"));
    }

    [Test]
    public void Live_events_carry_nothing_that_is_only_for_records()
    {
        CallEvent started = new CallEvent.Started("c1", "stasis:main", "PJSIP/a-1", "5551234", "100") { Facts = RecordsRig.Facts(RecordsRig.Noon) };
        Assert.That(JsonSerializer.Serialize(started, JsonSerializerOptions.Web), Is.EqualTo("""{"type":"started","entry":"stasis:main","channel":"PJSIP/a-1","callerNumber":"5551234","dialedNumber":"100","callId":"c1","at":"00:00:00"}"""));
    }

    private async Task<string> Run(params string[] arguments)
    {
        using var run = new CommandRun();
        Assert.That(await run.InvokeAsync(["calls", .. arguments, "--config", _config]), Is.Zero, run.Error);
        return run.Output;
    }

    /// <returns>What it says.</returns>
    private async Task<string> Fails(int code, params string[] arguments)
    {
        using var run = new CommandRun();
        Assert.That(await run.InvokeAsync(["calls", .. arguments]), Is.EqualTo(code));
        return run.Error;
    }

    private static string[] Lines(string output) => output.TrimEnd('\n').Split('\n');
}

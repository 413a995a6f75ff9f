using System.Text.Json;
using AsteriskVoiceAi.Service.CommandLine;
using AsteriskVoiceAi.Tests.Engines;

namespace AsteriskVoiceAi.Tests.CommandLine;

/// <summary><c>evaluate intents</c>, <c>evaluate slots</c> and <c>lint</c>.</summary>
internal sealed class UnderstandingCommandTests
{
    private const string Examples = """
        {"text":"pay a bill","intent":"billing"}
        {"text":"a question about my invoice","intent":"billing"}
        {"text":"I was charged twice","intent":"billing"}
        {"text":"buy a phone","intent":"sales"}
        {"text":"order a new contract","intent":"sales"}
        {"text":"what does it cost","intent":"sales"}
        """;

    [TestCase(true, "words alone")]
    [TestCase(false, "words and minilm")]
    public async Task Labelled_utterances_are_scored_and_predicted(bool wordsOnly, string model)
    {
        using var run = new CommandRun();
        var train = run.Write("train.jsonl", Examples);
        var test = run.Write("test.jsonl",
            """
            {"id":"a","text":"I want to pay my bill","intent":"billing"}
            {"text":"buy a new phone","intent":"sales"}
            {"text":"what is the weather in lisbon","intent":"oos"}
            {"id":"d","text":"how much is it"}
            no json
            """);
        List<string> options = ["--predictions", run.PathOf("out.jsonl"), "--json", run.PathOf("sum.json")];
        if (wordsOnly)
            options.Add("--words-only");
        else
            Assert.That(InstalledEncoder.Folder, Is.Not.Null);

        var ended = await run.InvokeAsync(["evaluate", "intents", train, test, "--config", Configuration(run), .. options]);

        Assert.That(ended, Is.EqualTo(ExitCodes.Ok), run.Error);
        Assert.That(run.Output, Does.Contain("6 examples of 2 intents, " + model).And.Contain("4: 2 in scope, 1 out of scope").And.Contain("100.0 % of best guesses"));
        Assert.That(run.Error, Does.Contain("line 5 is no JSON").And.Contain("4 of 4"));
        var rows = File.ReadLines(run.PathOf("out.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.That(rows.Select(row => row.GetProperty("id").GetString()), Is.EqualTo(new[] { "a", "2", "3", "d" }));
        if (!wordsOnly)
            Assert.That(rows[2].GetProperty("intent").GetString(), Is.EqualTo("oos"));
        Assert.That(rows[0].GetProperty("top").GetString(), Is.EqualTo("billing"));
        Assert.That(rows[0].GetProperty("confidence").GetDouble(), Is.InRange(0, 1));
        Assert.That(rows[0].GetProperty("latency_ms").GetDouble(), Is.Positive);
        using var summary = JsonDocument.Parse(await File.ReadAllTextAsync(run.PathOf("sum.json")));
        Assert.That(summary.RootElement.GetProperty("accuracy").GetDouble(), Is.EqualTo(1));
    }

    [Test]
    public async Task Answers_are_scored_by_type()
    {
        using var run = new CommandRun();
        var list = run.Write("slots.jsonl",
            """
            {"id":"a","slot":"digits","text":"three nine double one four","value":"39114"}
            {"id":"b","slot":"date","text":"the ninth of june","value":"2026-06-09","ref":"2026-03-17"}
            {"id":"c","slot":"date","text":"whenever","value":null,"ref":"2026-03-17"}
            {"id":"d","slot":"yesno","text":"yup","value":"no"}
            {"id":"e","slot":"time","text":"noon"}
            {"id":"f","slot":"colour","text":"red","value":"red"}
            """);

        Assert.That(await run.InvokeAsync("evaluate", "slots", list, "--predictions", run.PathOf("out.jsonl"), "--wrong"), Is.EqualTo(ExitCodes.Ok), run.Error);
        Assert.That(run.Output, Does.Contain("all              4 rows, right  75.0 %, falsely filled 25.0 %, missed  0.0 %").And.Contain("d: YesNo \"yup\" is no, was read as yes"));
        Assert.That(run.Error, Does.Contain("line 6").And.Contain("ordinal"));
        Assert.That(File.ReadLines(run.PathOf("out.jsonl")), Is.EqualTo(new[] { """{"id":"a","value":"39114"}""", """{"id":"b","value":"2026-06-09"}""", """{"id":"c","value":null}""", """{"id":"d","value":"yes"}""", """{"id":"e","value":"12:00"}""" }));
    }

    [Test]
    public async Task Lint_names_what_to_change()
    {
        using var run = new CommandRun();
        var flow = run.Write("shop.yaml",
            """
            flow: shop
            greeting: Hello.
            intents:
              billing:
                examples: [pay a bill, question about a bill, my bill is wrong, a copy of my bill, the bill is too high]
                do: [hang-up]
              invoices:
                examples: [pay an invoice, question about a bill please, my invoice is wrong, a copy of the bill, the invoice is too high]
                do: [hang-up]
              hours:
                examples: [when are you open]
                do: [hang-up]
              survey:
                keys: "9"
                do: [hang-up]
            """);

        Assert.That(await run.InvokeAsync("lint", flow, "--words-only", "--config", Configuration(run)), Is.EqualTo(ExitCodes.Ok), run.Error);
        Assert.That(run.Output, Does.Contain("'billing' and 'invoices' look alike").And.Contain("'hours' has 1 example: give it 5 or more"));
        Assert.That(run.Output, Does.Contain("Flow shop: "));
    }

    [Test]
    public async Task Missing_file_is_named()
    {
        using var run = new CommandRun();
        Assert.That(await run.InvokeAsync("evaluate", "slots", run.PathOf("none.jsonl")), Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.Error, Does.Contain("none.jsonl"));
    }

    private static string Configuration(CommandRun run) =>
        run.Write("voiceai.yaml", $"speech:\n  models-folder: '{InstalledModels.Folder}'\nflows:\n  vectors-folder: '{run.PathOf("vectors")}'\n");
}

using System.Text.Json;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Service.CommandLine;
using AsteriskVoiceAi.Tests.Engines;

namespace AsteriskVoiceAi.Tests.CommandLine;

internal sealed class EvaluateCommandTests
{
    [Test]
    public async Task Recordings_are_heard_and_scored()
    {
        using var run = new CommandRun();
        await WriteAsync(run, "audio/question.wav", "Where is my package?");
        await WriteAsync(run, "elsewhere/unlabelled.wav", "I want to talk to a person.");
        var list = run.Write("list.jsonl",
            """
            {"id":"question","text":"where is my package"}
            {"id":"unlabelled","audio":"../elsewhere/unlabelled.wav"}
            """);

        var ended = await EvaluateAsync(run, list, "--audio", run.PathOf("audio"), "--predictions", run.PathOf("out.jsonl"), "--json", run.PathOf("sum.json"));

        Assert.That(ended, Is.EqualTo(ExitCodes.Ok), run.Error);
        Assert.That(run.Output, Does.Contain("word error rate           0.00 % (0 of 4 words)").And.Contain("false cut-offs            0"));
        Assert.That(run.Error, Does.Contain("2 of 2"));
        var predictions = File.ReadLines(run.PathOf("out.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.That(predictions.Select(row => row.GetProperty("id").GetString()), Is.EqualTo(new[] { "question", "unlabelled" }));
        Assert.That(predictions[1].GetProperty("text").GetString(), Does.Contain("person"));
        Assert.That(predictions[0].GetProperty("confidence").GetDouble(), Is.InRange(0.5, 1));
        Assert.That(predictions[0].GetProperty("ms").GetDouble(), Is.InRange(300, 3000));
        using var summary = JsonDocument.Parse(await File.ReadAllTextAsync(run.PathOf("sum.json")));
        Assert.That(summary.RootElement.GetProperty("wordErrorRate").GetDouble(), Is.Zero);
        Assert.That(summary.RootElement.GetProperty("heard").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task Row_that_can_not_be_heard_is_named_and_the_others_go_on()
    {
        using var run = new CommandRun();
        await WriteAsync(run, "yes.wav", "Yes please.");
        run.Write("text.wav", "this is no sound");
        var list = run.Write("list.jsonl",
            """
            {"id":"yes","text":"yes please"}
            {"id":"gone","text":"hello"}
            {"id":"text","text":"hello"}
            {"id":"odd","text":"1","expect":"numbers"}
            {"id":"cut
            """);

        var ended = await EvaluateAsync(run, list, "--predictions", run.PathOf("out.jsonl"));

        Assert.That(ended, Is.EqualTo(ExitCodes.Ok), run.Error);
        Assert.That(run.Error, Does.Contain("gone: ").And.Contain("gone.wav").And.Contain("text.wav is no WAVE file").And.Contain("numbers").And.Contain("line 5 is no JSON"));
        Assert.That(run.Output, Does.Contain("rows                      5, heard 1"));
        Assert.That(File.ReadLines(run.PathOf("out.jsonl")).ToList(), Has.Count.EqualTo(5));
    }

    [Test]
    public async Task Unknown_engine_is_refused_with_the_known_ones()
    {
        using var run = new CommandRun();
        var list = run.Write("list.jsonl", """{"id":"yes","text":"yes please"}""");

        Assert.That(await run.InvokeAsync("evaluate", "speech", list, "--engine", "ear"), Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.Error, Does.Contain("ear: ").And.Contain("moonshine-base"));
    }

    [Test]
    public async Task List_that_is_not_there_is_named()
    {
        using var run = new CommandRun();

        Assert.That(await run.InvokeAsync("evaluate", "speech", run.PathOf("none.jsonl")), Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.Error, Does.Contain("none.jsonl"));
    }

    private static Task<int> EvaluateAsync(CommandRun run, string list, params string[] options) =>
        run.InvokeAsync(["evaluate", "speech", list, "--engine", "moonshine-tiny", "--config", run.Write("voiceai.yaml", $"speech:\n  models-folder: '{InstalledModels.Folder}'\n"), .. options]);

    private static async Task WriteAsync(CommandRun run, string name, string text)
    {
        using var flite = Sounds.Flite();
        var spoken = await flite.SynthesizeAsync(new(text, "en-US"), CancellationToken.None);
        Directory.CreateDirectory(Path.GetDirectoryName(run.PathOf(name))!);
        await File.WriteAllBytesAsync(run.PathOf(name), WavFile.Write(spoken.Samples.Span, spoken.SampleRate));
    }
}

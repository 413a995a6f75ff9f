using System.Text.Json;
using AsteriskVoiceAi.Service.CommandLine;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Tests.Flows;

namespace AsteriskVoiceAi.Tests.CommandLine;

internal sealed class VoiceAiCommandTests
{
    [Test]
    public async Task Check_of_right_files_is_ok()
    {
        using var run = new CommandRun();
        run.Write("flows/main.yaml", FlowTexts.Small);

        Assert.That(await CheckAsync(run), Is.EqualTo(ExitCodes.Ok), run.Error);
        Assert.That(run.Output.Trim(), Is.EqualTo("The configuration and 1 flow are right."));
    }

    [Test]
    public async Task Check_names_file_and_line_of_what_is_wrong_in_a_flow()
    {
        using var run = new CommandRun();
        run.Write("flows/main.yaml", FlowTexts.Small + "\ngreting: Hello.\n");

        Assert.That(await CheckAsync(run), Is.EqualTo(ExitCodes.BadConfiguration));
        Assert.That(run.Output, Does.Contain("main.yaml").And.Contain("greting"));
    }

    [Test]
    public async Task Check_without_the_folder_of_flows_says_which_is_missing()
    {
        using var run = new CommandRun();

        Assert.That(await CheckAsync(run), Is.EqualTo(ExitCodes.BadConfiguration));
        Assert.That(run.Output, Does.Contain(run.PathOf("flows")));
    }

    [Test]
    public async Task Check_of_a_wrong_configuration_says_where()
    {
        using var run = new CommandRun();
        var file = run.Write("voiceai.yaml", "calls:\n  max-calls: many\n");

        Assert.That(await run.InvokeAsync("check", "--config", file), Is.EqualTo(ExitCodes.BadConfiguration));
        Assert.That(run.Error, Does.Contain("voiceai.yaml, line 2").And.Contain("max-calls"));
    }

    [Test]
    public async Task Check_of_a_file_that_is_not_there_says_so()
    {
        using var run = new CommandRun();

        Assert.That(await run.InvokeAsync("check", "--config", run.PathOf("none.yaml")), Is.EqualTo(ExitCodes.BadConfiguration));
        Assert.That(run.Error, Does.Contain("none.yaml"));
    }

    [Test]
    public async Task Sample_of_the_configuration_loads_without_problems()
    {
        using var run = new CommandRun();

        Assert.That(await run.InvokeAsync("config", "sample"), Is.EqualTo(ExitCodes.Ok));

        var loaded = ConfigurationLoader.Load(run.Write("voiceai.yaml", run.Output), new Dictionary<string, string>());
        Assert.That(loaded.Problems, Is.Empty);
    }

    [Test]
    public async Task Schema_is_json()
    {
        using var run = new CommandRun();

        Assert.That(await run.InvokeAsync("schema"), Is.EqualTo(ExitCodes.Ok));

        using var schema = JsonDocument.Parse(run.Output);
        Assert.That(schema.RootElement.GetProperty("properties").TryGetProperty("greeting", out _), Is.True);
    }

    [Test]
    public async Task Voices_that_are_missing_are_listed_with_what_they_need()
    {
        using var run = new CommandRun();
        var file = run.Write("voiceai.yaml", $"speech:\n  models-folder: '{run.PathOf("models")}'\n  synthesizers: [piper-de_DE-thorsten-medium, speech-remote, flute]\n");

        Assert.That(await run.InvokeAsync("voices", "--config", file), Is.EqualTo(ExitCodes.Ok));
        Assert.That(run.Output, Does.Match("piper-de_DE-thorsten-medium +MISSING: .*run scripts/get-voice.sh de_DE-thorsten-medium"));
        Assert.That(run.Output, Does.Match("speech-remote +MISSING: speech.remote.url is not set").And.Match("flute +MISSING: there is no such synthesizer; known: flite"));
        Assert.That(run.Output, Does.Match(@"\d+ more Piper voices in \d+ languages"));
    }

    [Test]
    public async Task Voices_of_a_language_can_be_listed()
    {
        using var run = new CommandRun();
        var file = run.Write("voiceai.yaml", $"speech:\n  models-folder: '{run.PathOf("models")}'\n");

        await run.InvokeAsync("voices", "--config", file, "--language", "de");

        Assert.That(run.Output, Does.Match("de_DE-thorsten-medium +60 MiB  German .Germany., 1 speaker, quality medium; as its model card says").And.Not.Contain("fr_FR"));
    }

    [Test]
    public async Task Unknown_command_fails()
    {
        using var run = new CommandRun();
        Assert.That(await run.InvokeAsync("chek"), Is.Not.Zero);
    }

    private static Task<int> CheckAsync(CommandRun run) =>
        run.InvokeAsync("check", "--config", run.Write("voiceai.yaml", $"flows:\n  folder: '{run.PathOf("flows")}'\n"));
}

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
    public async Task Unknown_command_fails()
    {
        using var run = new CommandRun();
        Assert.That(await run.InvokeAsync("chek"), Is.Not.Zero);
    }

    private static Task<int> CheckAsync(CommandRun run) =>
        run.InvokeAsync("check", "--config", run.Write("voiceai.yaml", $"flows:\n  folder: '{run.PathOf("flows")}'\n"));
}

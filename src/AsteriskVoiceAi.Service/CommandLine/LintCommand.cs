using System.CommandLine;
using AsteriskVoiceAi.Calls.Evaluation;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Service.CommandLine;

/// <summary><c>voiceai lint</c>: advice on the examples of a flow that is right in form.</summary>
internal static class LintCommand
{
    private static readonly Argument<string> FlowArgument = new("FLOW") { Description = "A flow file, or the name of one in flows.folder." };

    private static readonly Option<bool> WordsOnly = new("--words-only") { Description = "Without the sentence encoder." };

    public static Command Create()
    {
        var lint = new Command("lint", "Tell which examples of a flow to change: intents that look alike, examples that contradict, too few, an intent that swallows others.") { FlowArgument, WordsOnly };
        lint.SetAction(RunAsync);
        return lint;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        if (ServeCommand.LoadOrExplain(parsed) is not { } options)
            return ExitCodes.BadConfiguration;
        var named = parsed.GetValue(FlowArgument)!;
        var path = File.Exists(named) ? named : Path.Combine(options.Flows.Folder, named + ".yaml");
        var file = FlowFile.Read(path);
        foreach (var problem in file.Problems)
            await error.WriteLineAsync(problem.ToString());
        if (file.Flow is not { } flow)
            return ExitCodes.BadConfiguration;
        using var host = await EncoderHost.StartAsync(options, parsed.GetValue(WordsOnly), error, cancellationToken);
        var loaded = FlowTrial.Load(flow, host.Services.GetRequiredService<ISentenceEncoder>(), options.Flows.VectorsFolder);
        await host.StopAsync(CancellationToken.None);
        var advice = FlowLint.Check(loaded);
        foreach (var sentence in advice)
            await output.WriteLineAsync(sentence);
        await output.WriteLineAsync($"{(advice.Count == 0 ? "Nothing to change. " : "")}Flow {flow.Name}: {loaded.Forecast}");
        return ExitCodes.Ok;
    }
}

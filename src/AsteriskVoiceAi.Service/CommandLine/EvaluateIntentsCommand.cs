using System.CommandLine;
using AsteriskVoiceAi.Calls.Evaluation;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Service.Evaluation;

namespace AsteriskVoiceAi.Service.CommandLine;

/// <summary><c>voiceai evaluate intents</c>: how well callers' wishes are understood.</summary>
internal static class EvaluateIntentsCommand
{
    private static readonly Argument<string> Train = new("TRAIN") { Description = "What is learned: a flow (NAME.yaml), or one example a line, {\"text\",\"intent\"}." };

    private static readonly Argument<string> Test = new("TEST.jsonl")
    {
        Description = "What is asked: one utterance a line, {\"text\"}, with \"intent\" where it is known (oos = none of them) and \"id\". Rows without intent get predictions, no score.",
    };

    private static readonly Option<string?> Predictions = new("--predictions")
    {
        Description = "Writes a row {\"id\",\"intent\",\"confidence\",\"top\",\"latency_ms\"} for each row; intent is oos where the router refuses, and top its best guess all the same.",
        HelpName = "OUT.jsonl",
    };

    private static readonly Option<string?> Json = new("--json") { Description = "Writes the summary as JSON.", HelpName = "SUMMARY.json" };

    private static readonly Option<bool> WordsOnly = new("--words-only") { Description = "Without the sentence encoder, as on a machine that has none." };

    private static readonly Option<string> Language = new("--language") { Description = "Of the examples, where TRAIN is no flow.", DefaultValueFactory = _ => "en-US" };

    public static Command Create()
    {
        var intents = new Command("intents", "Learn intents from examples as a flow does, and tell how well labelled utterances are understood.") { Train, Test, Predictions, Json, WordsOnly, Language };
        intents.SetAction(RunAsync);
        return intents;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var error = parsed.InvocationConfiguration.Error;
        if (ServeCommand.LoadOrExplain(parsed) is not { } options)
            return ExitCodes.BadConfiguration;
        try
        {
            var problems = new List<string>();
            var learned = Read(parsed, problems);
            var rows = IntentRow.ReadAll(parsed.GetValue(Test)!, problems);
            foreach (var problem in problems)
                await error.WriteLineAsync(problem);
            if (learned is null || learned.Intents.Count == 0 || rows.Count == 0)
            {
                await error.WriteLineAsync(rows.Count == 0 ? $"{parsed.GetValue(Test)} has no rows." : $"{parsed.GetValue(Train)} has no examples.");
                return ExitCodes.Failed;
            }
            using var host = await EncoderHost.StartAsync(options, parsed.GetValue(WordsOnly), error, cancellationToken);
            var ended = await EvaluateAsync(parsed, host.Services, options, learned, rows, cancellationToken);
            await host.StopAsync(CancellationToken.None);
            return ended;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(unreadable.Message);
            return ExitCodes.Failed;
        }
    }

    private static Learned? Read(ParseResult parsed, List<string> problems)
    {
        var path = parsed.GetValue(Train)!;
        if (path.EndsWith(".yaml", StringComparison.Ordinal))
        {
            var file = FlowFile.Read(path);
            problems.AddRange(file.Problems.Select(problem => problem.ToString()));
            return file.Flow is not { } flow ? null : new Learned(flow.Lessons, flow.Language, flow.Confidence);
        }
        // By name, so that the order of a list's rows changes nothing.
        var intents = IntentRow.ReadAll(path, problems).Where(row => row.Intent is not (null or IntentRow.OutOfScope)).GroupBy(row => row.Intent!).OrderBy(group => group.Key, StringComparer.Ordinal);
        return new Learned([.. intents.Select(group => new IntentExamples(group.Key, [.. group.Select(row => row.Text)]))], parsed.GetValue(Language)!, IntentThresholds.Auto);
    }

    private static async Task<int> EvaluateAsync(ParseResult parsed, IServiceProvider services, VoiceAiOptions options, Learned learned, List<IntentRow> rows, CancellationToken cancellationToken)
    {
        var error = parsed.InvocationConfiguration.Error;
        var encoder = services.GetRequiredService<ISentenceEncoder>();
        var trial = new IntentTrial(encoder, options.Flows.VectorsFolder, services.GetRequiredService<TimeProvider>());
        var isTerminal = !Console.IsErrorRedirected;
        var examples = learned.Intents.Sum(intent => intent.Examples.Count);
        await error.WriteLineAsync($"Learning {examples} examples of {learned.Intents.Count} intents");
        var encoding = new ProgressBar(error, IntentTrial.Texts(learned.Intents), isTerminal);
        var name = "evaluate-" + Path.GetFileName(parsed.GetValue(Train)!);
        var intents = await trial.LearnAsync(name, learned.Intents, learned.Language, learned.Thresholds, encoding.Report, cancellationToken);
        await error.WriteLineAsync($"Asking {rows.Count} utterances");
        var outcomes = await AskAsync(trial, intents, rows, new ProgressBar(error, rows.Count, isTerminal), cancellationToken);

        var model = intents.UsesMeaning ? $"words and {encoder.Name}" : "words alone";
        var summary = IntentSummary.Of(outcomes, model, examples, learned.Intents.Count, intents.Training, intents.Encoding, intents.Forecast);
        IntentReport.Print(summary, parsed.InvocationConfiguration.Output);
        if (parsed.GetValue(Predictions) is { } predictions)
            await IntentReport.WritePredictionsAsync(predictions, outcomes, cancellationToken);
        if (parsed.GetValue(Json) is { } json)
            await IntentReport.WriteSummaryAsync(json, summary, cancellationToken);
        return ExitCodes.Ok;
    }

    private static async Task<List<IntentOutcome>> AskAsync(IntentTrial trial, LearnedIntents intents, List<IntentRow> rows, ProgressBar progress, CancellationToken cancellationToken)
    {
        var outcomes = new List<IntentOutcome>(rows.Count);
        foreach (var row in rows)
        {
            var (decision, took) = await trial.AskAsync(intents, row.Text, cancellationToken);
            outcomes.Add(IntentOutcome.Of(row, decision, took));
            progress.Report(outcomes.Count);
        }
        return outcomes;
    }

    private sealed record Learned(IReadOnlyList<IntentExamples> Intents, string Language, IntentThresholds Thresholds);
}

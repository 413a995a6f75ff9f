using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AsteriskVoiceAi.Calls.Slots;
using AsteriskVoiceAi.Service.Evaluation;

namespace AsteriskVoiceAi.Service.CommandLine;

/// <summary><c>voiceai evaluate slots</c>: how well numbers, dates, names and the like are read out of answers.</summary>
internal static class EvaluateSlotsCommand
{
    private static readonly Argument<string> List = new("FILE.jsonl")
    {
        Description = "One answer a line: {\"slot\",\"text\"}, with \"value\" (null = none), \"alt\", \"locale\", \"ref\" and \"now\" (date and time of the call), \"prefer\" (past, future), \"kind\", \"choices\" and \"id\" where there are such.",
    };

    private static readonly Option<string?> Predictions = new("--predictions") { Description = "Writes a row {\"id\",\"value\"} for each row.", HelpName = "OUT.jsonl" };

    private static readonly Option<bool> Wrong = new("--wrong") { Description = "Lists the rows that were read wrongly or not at all." };

    public static Command Create()
    {
        var slots = new Command("slots", "Read values out of answers, and tell how many are right, wrong and missed.") { List, Predictions, Wrong };
        slots.SetAction(RunAsync);
        return slots;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        if (ServeCommand.LoadOrExplain(parsed) is not { } options)
            return ExitCodes.BadConfiguration;
        try
        {
            var problems = new List<string>();
            var rows = SlotRow.ReadAll(parsed.GetValue(List)!, TimeProvider.System.GetLocalNow().DateTime, options.Calls.Language, problems);
            foreach (var problem in problems)
                await error.WriteLineAsync(problem);
            if (rows.Count == 0)
            {
                await error.WriteLineAsync($"{parsed.GetValue(List)} has no rows.");
                return ExitCodes.Failed;
            }
            var outcomes = rows.ConvertAll(Ask);
            Print(outcomes, output);
            if (parsed.GetValue(Wrong))
            {
                foreach (var outcome in outcomes.Where(outcome => outcome.Row.IsScored && !outcome.IsRight))
                    await output.WriteLineAsync($"{outcome.Row.Id}: {outcome.Row.Question.Type} \"{outcome.Row.Text}\" is {outcome.Row.Value ?? "nothing"}, was read as {outcome.Value ?? "nothing"}");
            }
            if (parsed.GetValue(Predictions) is { } predictions)
            {
                await File.WriteAllLinesAsync(
                    predictions, outcomes.Select(outcome => JsonSerializer.Serialize(new Dictionary<string, string?> { ["id"] = outcome.Row.Id, ["value"] = outcome.Value }, JsonLines.Line)), cancellationToken);
            }
            return ExitCodes.Ok;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(unreadable.Message);
            return ExitCodes.Failed;
        }
    }

    private static SlotOutcome Ask(SlotRow row)
    {
        var started = TimeProvider.System.GetTimestamp();
        var value = SlotReader.Read(row.Question, row.Text)?.Value;
        return new SlotOutcome(row, value, TimeProvider.System.GetElapsedTime(started));
    }

    private static void Print(List<SlotOutcome> outcomes, TextWriter output)
    {
        void Line(string name, List<SlotOutcome> scored) => output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-12}{scored.Count,6} rows, right {Percent(scored, o => o.IsRight),5:0.0} %, falsely filled {Percent(scored, o => o.IsFalse),4:0.0} %, missed {Percent(scored, o => o.Value is null && !o.IsRight),4:0.0} %"));
        var known = outcomes.Where(outcome => outcome.Row.IsScored).ToList();
        foreach (var kind in known.GroupBy(outcome => outcome.Row.Question.Type).OrderBy(kind => kind.Key))
            Line(kind.Key.ToString().ToLowerInvariant(), [.. kind]);
        if (known.Count > 0)
            Line("all", known);
        if (LatencySummary.Of(outcomes.Select(outcome => outcome.Took)) is { } latency)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"time an answer p50 {latency.P50 * 1000:0} us, p95 {latency.P95 * 1000:0} us"));
    }

    private static double Percent(List<SlotOutcome> outcomes, Func<SlotOutcome, bool> which) => 100.0 * outcomes.Count(which) / outcomes.Count;
}

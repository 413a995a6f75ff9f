using System.Globalization;
using System.Text.Json;

namespace AsteriskVoiceAi.Service.Evaluation;

/// <summary>Writes what an evaluation of a router found: for people, and as JSON.</summary>
internal static class IntentReport
{
    public static void Print(IntentSummary summary, TextWriter output)
    {
        void Say(string name, FormattableString value) => output.WriteLine($"{name,-26}{value.ToString(CultureInfo.InvariantCulture)}");
        void Percent(string name, double? share, string what = "")
        {
            if (share is { } value)
                Say(name, $"{100 * value:0.0} %{what}");
        }
        Say("learned from", $"{summary.Examples} examples of {summary.Intents} intents, {summary.Model}");
        Say("training", $"{summary.TrainingMilliseconds:0} ms, and {summary.EncodingMilliseconds:0} ms for vectors of examples that were not kept yet");
        Say("levels", $"{summary.Levels}");
        Say("rows", $"{summary.Rows}: {summary.InScope} in scope, {summary.OutOfScope} out of scope");
        Percent("accuracy", summary.Accuracy, " of best guesses, in scope");
        Percent("macro F1", summary.MacroF1);
        if (summary.CalibrationErrorByChance is { } byChance)
            Percent("calibration error", summary.CalibrationError, string.Create(CultureInfo.InvariantCulture, $"; on so few rows exact confidences would show {100 * byChance:0.0} %"));
        if (summary.OutOfScopeAuroc is { } auroc)
            Say("out of scope, AUROC", $"{auroc:0.000}");
        Percent("out of scope, recall", summary.OutOfScopeRecall, " at two points of accuracy");
        Percent("routed at 95 % precision", summary.RoutedAt95, " without a question");
        if (summary.Routed is { } routed)
            Say("at its own levels", $"in scope: {100 * routed:0.0} % acted on, {100 * summary.Misrouted:0.0} % wrongly; {100 * summary.Asked:0.0} % asked, {100 * summary.Refused:0.0} % refused");
        if (summary.OutOfScopeRouted is { } wrongly)
            Say("", $"out of scope: {100 * wrongly:0.0} % acted on, {100 * summary.OutOfScopeRefused:0.0} % refused");
        if (summary.Latency is { } latency)
            Say("time an utterance", $"p50 {latency.P50:0.00} ms, p95 {latency.P95:0.00} ms, p99 {latency.P99:0.00} ms");
    }

    /// <summary>One row each: <c>{"id","intent","confidence","top","latency_ms"}</c>; <c>intent</c> is <c>oos</c> where the router refuses.</summary>
    public static Task WritePredictionsAsync(string path, IEnumerable<IntentOutcome> outcomes, CancellationToken cancellationToken) =>
        File.WriteAllLinesAsync(path, outcomes.Select(Prediction), cancellationToken);

    public static Task WriteSummaryAsync(string path, IntentSummary summary, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(path, JsonSerializer.Serialize(summary, JsonLines.Summary) + "\n", cancellationToken);

    private static string Prediction(IntentOutcome outcome) => JsonSerializer.Serialize(
        new Dictionary<string, object?>
        {
            ["id"] = outcome.Row.Id,
            ["intent"] = outcome.Verdict == IntentVerdict.Reject ? IntentRow.OutOfScope : outcome.Top,
            ["confidence"] = Math.Round(outcome.Confidence, 5),
            ["top"] = outcome.Top,
            ["latency_ms"] = Math.Round(outcome.Took.TotalMilliseconds, 3),
        },
        JsonLines.Line);
}

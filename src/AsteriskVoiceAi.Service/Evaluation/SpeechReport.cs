using System.Globalization;
using System.Text.Json;
using AsteriskVoiceAi.Calls.Evaluation;

namespace AsteriskVoiceAi.Service.Evaluation;

/// <summary>Writes what an evaluation found: for people, and as JSON.</summary>
internal static class SpeechReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private static readonly JsonSerializerOptions Line = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Print(SpeechSummary summary, TextWriter output)
    {
        void Say(string name, FormattableString value) => output.WriteLine($"{name,-26}{value.ToString(CultureInfo.InvariantCulture)}");
        Say("engine", $"{summary.Engine}");
        Say("rows", $"{summary.Rows}, heard {summary.Heard} ({summary.AudioSeconds:0.0} s of sound)");
        if (summary.WordErrorRate is { } rate)
            Say("word error rate", $"{100 * rate:0.00} % ({summary.WordErrorCount} of {summary.Words} words)");
        if (summary.SentencesRight is { } right)
            Say("without any error", $"{100 * right:0.0} %");
        foreach (var kind in summary.Expectations)
            Say($"right: {kind.Kind} ", $"{100 * kind.ShareRight:0.0} % ({kind.Right} of {kind.Rows})");
        Say("empty", $"{summary.Empty}");
        if (summary.ToFinalText is { } latency)
            Say("time to final text", $"p50 {latency.P50:0} ms, p95 {latency.P95:0} ms, p99 {latency.P99:0} ms after the last sound");
        if (summary.Recognition is { } recognition)
            Say("recognition", $"p50 {recognition.P50:0} ms, p95 {recognition.P95:0} ms, p99 {recognition.P99:0} ms, waiting for the engine included");
        if (summary.ReadyAtEndpoint is { } ready)
            Say("ready at the endpoint", $"{100 * ready:0.0} %");
        Say("false cut-offs", $"{summary.FalseCutOffs}");
        Say("missed ends", $"{summary.MissedEnds}");
        Say("real-time factor", $"{summary.RealTimeFactor:0.000} (engine time for each second of sound; {summary.RecognitionsPerRow:0.0} recognitions a row)");
        var machine = summary.Machine;
        Say("machine", $"{machine.WallSeconds:0.0} s, {machine.CpuSeconds:0.0} s of processor time, at most {machine.PeakMegabytes:0} MB, {machine.Concurrency} at once");
    }

    /// <summary>One row each: <c>{"id","text","confidence","ms"}</c>, and <c>"error"</c> where a row could not be heard.</summary>
    public static Task WritePredictionsAsync(string path, IEnumerable<SpeechOutcome> outcomes, CancellationToken cancellationToken) =>
        File.WriteAllLinesAsync(path, outcomes.Select(Prediction), cancellationToken);

    public static Task WriteSummaryAsync(string path, SpeechSummary summary, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(path, JsonSerializer.Serialize(summary, Json) + "\n", cancellationToken);

    private static string Prediction(SpeechOutcome outcome)
    {
        var row = new Dictionary<string, object?>
        {
            ["id"] = outcome.Row.Id,
            ["text"] = outcome.Heard?.Text ?? "",
            ["confidence"] = Math.Round(outcome.Heard?.Confidence ?? 0, 4),
            // From the last sound to the final text; where that never came, how long was waited for it.
            ["ms"] = outcome.Heard is { } heard ? Math.Round((heard.ToFinalText ?? SampleListening.LongestWait).TotalMilliseconds) : null,
        };
        if (outcome.Problem is { } problem)
            row["error"] = problem;
        return JsonSerializer.Serialize(row, Line);
    }
}

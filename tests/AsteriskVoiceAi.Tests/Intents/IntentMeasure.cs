using System.Runtime.CompilerServices;
using System.Text.Json;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Tests.Support;

namespace AsteriskVoiceAi.Tests.Intents;

/// <summary>Labelled utterances and the figures that a router is judged by.</summary>
internal static class IntentMeasure
{
    public sealed record Row(string Text, string Intent);

    public sealed record Figures(double Accuracy, double Calibration, double OutOfScope)
    {
        public override string ToString() => FormattableString.Invariant($"accuracy {Accuracy:0.000}, ECE {Calibration:0.000}, AUROC {OutOfScope:0.000}");
    }

    /// <summary>The folder of labelled sets beside the repository; skips the test where it is not, and fails where CI promised it.</summary>
    public static string Folder([CallerFilePath] string thisFile = "")
    {
        var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../../../shared/data/intents"));
        if (Directory.Exists(folder))
            return folder;
        Needed.Missing("the labelled intent sets", "put them at ../shared/data/intents beside the repository");
        return folder;
    }

    public static IReadOnlyList<Row> Read(string folder, string name) =>
        [.. File.ReadLines(Path.Combine(folder, name + ".jsonl")).Select(Parse)];

    public static IReadOnlyList<IntentExamples> Examples(IEnumerable<Row> rows) =>
        [.. rows.GroupBy(row => row.Intent).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new IntentExamples(group.Key, [.. group.Select(row => row.Text)]))];

    public static Figures Of(IntentRouter router, IReadOnlyList<Row> inScope, IReadOnlyList<Row> outOfScope)
    {
        var inside = inScope.Select(row => (Guess: router.Best(row.Text), row.Intent)).Select(row => (Right: row.Guess.Intent == row.Intent, row.Guess.Confidence)).ToList();
        var outside = outOfScope.Select(row => router.Best(row.Text).Confidence).ToList();
        return new Figures(inside.Average(row => row.Right ? 1.0 : 0), Ece(inside), Auroc([.. inside.Select(row => row.Confidence)], outside));
    }

    /// <summary>Expected calibration error over 15 equal bins.</summary>
    private static double Ece(List<(bool Right, double Confidence)> rows) => rows
        .GroupBy(row => Math.Min(14, (int)(row.Confidence * 15)))
        .Sum(bin => (double)bin.Count() / rows.Count * Math.Abs(bin.Average(row => row.Right ? 1.0 : 0) - bin.Average(row => row.Confidence)));

    /// <summary>How often an utterance in scope is surer than one out of scope.</summary>
    private static double Auroc(List<double> inside, List<double> outside) => outside.Count == 0
        ? double.NaN
        : inside.Average(a => outside.Average(b => a > b ? 1.0 : a == b ? 0.5 : 0));

    private static Row Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        return new Row(json.RootElement.GetProperty("text").GetString()!, json.RootElement.GetProperty("intent").GetString()!);
    }
}

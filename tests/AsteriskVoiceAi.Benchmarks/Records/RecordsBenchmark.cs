using System.Diagnostics;
using System.Globalization;
using AsteriskVoiceAi.Benchmarks.Reporting;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Service.Storage;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Benchmarks.Records;

/// <summary>Is a day's worth of calls looked up in under a second, and how much room does a call take?</summary>
/// <param name="program">An installed or published program; null = this checkout's.</param>
internal sealed class RecordsBenchmark(TextWriter output, int calls, string? server, string? program)
{
    private const int Runs = 5;

    private static readonly string[][] Questions =
    [
        [],
        ["--since", "2026-06-09T12:00", "--until", "2026-06-09T13:00"],
        ["--caller", "555102000"],
        ["--intent", "refund", "--result", "escalate"],
        ["--result", "interrupted"],
        ["--text", "left the warehouse"],
        ["--text", "nobody ever said this"],
        ["--format", "csv", "--limit", "0"],
        ["--format", "jsonl", "--limit", "1000"],
    ];

    public async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("voiceai-records-");
        try
        {
            var options = new RecordsOptions { Database = server ?? Path.Combine(folder.FullName, "calls.db") };
            var config = Path.Combine(folder.FullName, "voiceai.yaml");
            await File.WriteAllTextAsync(config, $"records:\n  database: \"{options.Database}\"\n");
            var example = Fill(options);
            await LookUpAsync(config, example);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>Id of one of the calls.</returns>
    private string Fill(RecordsOptions options)
    {
        var database = new RecordsDatabase(options);
        var store = new RecordStore(database, "benchmark:8090", TimeProvider.System);
        store.Open();
        var changes = new SyntheticCalls(new DateTimeOffset(2026, 6, 9, 0, 0, 0, TimeSpan.Zero), calls).Changes().ToList();
        var began = Stopwatch.GetTimestamp();
        foreach (var batch in changes.Chunk(50))
            store.Write(batch);
        var took = Stopwatch.GetElapsedTime(began);
        output.WriteLine(Text($"{changes.Count} calls with {changes.Average(change => change.Turns.Count):0.0} turns each, written 50 at a time to the {database.Name}: {took.TotalSeconds:0.0} s, {changes.Count / took.TotalSeconds:0} calls a second"));
        if (database.File is { } file)
        {
            database.Forget();
            output.WriteLine(Text($"file: {new FileInfo(file).Length / 1e6:0.0} MB, {new FileInfo(file).Length / (double)changes.Count:0} bytes a call"));
        }
        output.WriteLine();
        return changes[changes.Count / 2].Call.Id;
    }

    private async Task LookUpAsync(string config, string example)
    {
        string[] own = program is null ? [ServiceProcess.Program] : [];
        var table = new MarkdownTable("`voiceai calls …`", "lines", "median", "slowest");
        foreach (var question in Questions.Append(["show", example]))
        {
            var times = new List<TimeSpan>();
            var lines = 0;
            for (var run = 0; run < Runs; run++)
            {
                var began = Stopwatch.GetTimestamp();
                var printed = await ChildProcess.RunAsync("voiceai calls", program ?? "dotnet", [.. own, "calls", "--config", config, .. question]);
                times.Add(Stopwatch.GetElapsedTime(began));
                lines = printed.Split('\n').Length;
            }
            times.Sort();
            table.Add($"`{string.Join(' ', question)}`", Text($"{lines}"), Text($"{times[Runs / 2].TotalMilliseconds:0} ms"), Text($"{times[^1].TotalMilliseconds:0} ms"));
        }
        output.WriteLine(table);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace AsteriskVoiceAi.Benchmarks.Micro;

/// <summary>Runs the files of this folder: one question each, told by ratio to a baseline and by allocation.</summary>
internal static class MicroBenchmarks
{
    private static readonly Type[] Questions =
    [
        typeof(G711Frame), typeof(G722Frame), typeof(JitterBufferFrame), typeof(LossConcealmentFrame), typeof(ResampledFrame),
        typeof(VoiceActivityFrame), typeof(AgiCommandLine), typeof(AgiReplyLine), typeof(RoutedUtterance), typeof(CountedTurn), typeof(MetricsScrape),
    ];

    public static async Task RunAsync(TextWriter output)
    {
        // In this process: the question is a ratio, and building a program for each would take minutes.
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .HideColumns(Column.Error, Column.StdDev, Column.RatioSD, Column.Gen0)
            .AddLogger(NullLogger.Instance)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "BenchmarkDotNet.Artifacts"))
            .WithOptions(ConfigOptions.DisableLogFile);
        foreach (var question in Questions)
        {
            var summary = BenchmarkRunner.Run(question, config);
            if (summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success))
                throw new InvalidOperationException($"{question.Name} did not run: {string.Join("; ", summary.ValidationErrors.Select(error => error.Message))}");
            var log = new AccumulationLogger();
            MarkdownExporter.GitHub.ExportToLog(summary, log);
            await output.WriteLineAsync($"### {question.Name}\n");
            await output.WriteLineAsync(string.Join('\n', log.GetLog().Split('\n').Where(line => line.StartsWith('|'))) + "\n");
        }
    }
}

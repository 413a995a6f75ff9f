using System.Text.RegularExpressions;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Tests.Metrics;

/// <summary>The table of docs/metrics.md.</summary>
internal static class MetricsPage
{
    private const string Head = "| metric | type | labels | what it tells |\n| --- | --- | --- | --- |\n";

    private static string File => Repository.PathOf("docs", "metrics.md");

    /// <summary>As it must be; written into the page where UPDATE_DOCS is 1.</summary>
    public static string Rows(IEnumerable<PrometheusText.Family> families)
    {
        var rows = string.Concat(families.OrderBy(family => family.Name, StringComparer.Ordinal).Select(family =>
            $"| `{family.Name}` | {family.Type} | {string.Join(' ', family.Labels.Order(StringComparer.Ordinal).Select(label => $"`{label}`"))} | {family.Help.Replace("|", "\\|", StringComparison.Ordinal)} |\n"));
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            var page = System.IO.File.ReadAllText(File);
            System.IO.File.WriteAllText(File, page.Replace(Head + Documented(), Head + rows, StringComparison.Ordinal));
        }
        return rows;
    }

    public static string Documented() =>
        Regex.Match(System.IO.File.ReadAllText(File), Regex.Escape(Head) + @"(?<rows>(?:\|.*\n)*)").Groups["rows"].Value;
}

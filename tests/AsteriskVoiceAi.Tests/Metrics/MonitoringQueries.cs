using System.Text.Json;
using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Tests.Metrics;

/// <summary>PromQL of the files that operators take over, as far as names go.</summary>
internal static partial class MonitoringQueries
{
    private static readonly string[] Words = ["and", "or", "unless", "bool", "offset", "by", "without", "on", "ignoring", "group_left", "group_right"];

    /// <summary>Prometheus' own metric: the service could be asked.</summary>
    private const string Up = "up";

    /// <summary>Labels that Prometheus itself gives.</summary>
    private static readonly string[] Given = ["job", "instance", "le"];

    public static IReadOnlyList<string> In(string file) => file.EndsWith(".json", StringComparison.Ordinal)
        ? [.. Expressions(JsonDocument.Parse(File.ReadAllText(file)).RootElement)]
        : [.. YamlExpression().Matches(File.ReadAllText(file)).Select(match => Regex.Replace(match.Groups["expr"].Value, @"\s+", " ").Trim())];

    /// <summary>Names that are not exported.</summary>
    public static IEnumerable<string> Problems(string query, IReadOnlyDictionary<string, PrometheusText.Family> exported)
    {
        var bare = Strings().Replace(query, "");
        bare = Ranges().Replace(bare, "");
        var used = new List<PrometheusText.Family>();
        foreach (var name in Identifiers().Matches(Braces().Replace(Groupings().Replace(bare, ""), "")).Select(match => match.Value).Where(name => !Words.Contains(name) && name != Up))
        {
            var series = exported.GetValueOrDefault(Histogram().Replace(name, "")) is { Type: "histogram" } histogram ? histogram : exported.GetValueOrDefault(name);
            if (series is not null)
                used.Add(series);
            else
                yield return $"{name} is not exported: {query}";
        }
        foreach (Match selector in Selectors().Matches(bare))
        {
            var family = used.FirstOrDefault(family => family.Name == selector.Groups["name"].Value || family.Name == Histogram().Replace(selector.Groups["name"].Value, ""));
            foreach (var label in LabelNames().Matches(selector.Groups["labels"].Value).Select(match => match.Groups["label"].Value))
            {
                if (family is not null && !family.Labels.Contains(label) && !Given.Contains(label))
                    yield return $"{family.Name} has no label {label}: {query}";
            }
        }
        foreach (var label in Groupings().Matches(bare).SelectMany(match => match.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (!Given.Contains(label) && !used.Any(family => family.Labels.Contains(label)))
                yield return $"nothing here has a label {label}: {query}";
        }
    }

    private static IEnumerable<string> Expressions(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => property is { Name: "expr", Value.ValueKind: JsonValueKind.String } ? [property.Value.GetString()!] : Expressions(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Expressions),
        _ => [],
    };

    [GeneratedRegex(@"^ *expr: (?:\|-?\n(?<expr>(?: {10,}.*\n)+)|(?<expr>[^|\n].*))", RegexOptions.Multiline)]
    private static partial Regex YamlExpression();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Strings();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Ranges();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"\b(?:by|without|on|ignoring|group_left|group_right)\s*\((?<labels>[^)]*)\)")]
    private static partial Regex Groupings();

    [GeneratedRegex(@"(?<![\w:$.])[a-zA-Z_:][\w:]*(?!\s*\()(?![\w:])")]
    private static partial Regex Identifiers();

    [GeneratedRegex(@"(?<name>[a-zA-Z_:][\w:]*)\s*\{(?<labels>[^}]*)\}")]
    private static partial Regex Selectors();

    [GeneratedRegex(@"(?<label>\w+)\s*(?:=~|!~|!=|=)")]
    private static partial Regex LabelNames();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Histogram();
}

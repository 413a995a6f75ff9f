using System.Globalization;
using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Tests.Metrics;

/// <summary>Prometheus' text format 0.0.4, read as strictly as its grammar is; anything else fails the test.</summary>
internal sealed partial class PrometheusText
{
    private readonly Dictionary<string, Family> _families = [];

    public IReadOnlyDictionary<string, Family> Families => _families;

    public IEnumerable<Sample> Samples => _families.Values.SelectMany(family => family.Samples);

    /// <summary>Sum of the samples with these labels.</summary>
    public double Value(string name, params (string Name, string Value)[] labels) =>
        Samples.Where(sample => sample.Name == name && labels.All(label => sample.Labels.GetValueOrDefault(label.Name) == label.Value)).Sum(sample => sample.Value);

    public static PrometheusText Parse(string text)
    {
        Assert.That(text, Does.EndWith("\n").And.Not.Contain("\r"), "lines end with \\n, also the last");
        var parsed = new PrometheusText();
        Family? family = null;
        // The exporter ends with OpenMetrics' mark, which is a comment here.
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line != "# EOF"))
        {
            if (Comment().Match(line) is { Success: true } comment)
                family = parsed.Describe(comment.Groups["what"].Value, comment.Groups["name"].Value, comment.Groups["rest"].Value, family);
            else
                (family ?? throw new AssertionException($"A sample without a type: {line}")).Add(line);
        }
        foreach (var each in parsed._families.Values)
            each.Check();
        return parsed;
    }

    private Family Describe(string what, string name, string rest, Family? before)
    {
        if (before?.Name != name)
        {
            Assert.That(_families, Does.Not.ContainKey(name), "lines of one metric stand together");
            _families[name] = before = new Family(name);
        }
        Assert.That(before.Samples, Is.Empty, $"{what} of {name} comes before its samples");
        if (what == "TYPE")
            before.Type = rest;
        else
            before.Help = rest;
        return before;
    }

    [GeneratedRegex(@"^# (?<what>HELP|TYPE) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<rest>.*)$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?<labels>.*)\})? (?<value>[-+]?[0-9.eE+-]+|NaN|[-+]Inf)(?: -?[0-9]+)?$")]
    private static partial Regex SampleLine();

    [GeneratedRegex(@"\G(?<name>[a-zA-Z_][a-zA-Z0-9_]*)=""(?<value>(?:[^""\\\n]|\\[\\""n])*)""(?:,|$)")]
    private static partial Regex Label();

    internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);

    internal sealed class Family(string name)
    {
        private readonly List<Sample> _samples = [];
        private readonly HashSet<string> _seen = [];

        public string Name => name;

        public string Type { get; set; } = "";

        public string Help { get; set; } = "";

        public IReadOnlyList<Sample> Samples => _samples;

        /// <summary>Names of the labels, without the bound of a bucket.</summary>
        public IReadOnlySet<string> Labels => _samples.SelectMany(sample => sample.Labels.Keys).Where(label => label != "le").ToHashSet();

        public void Add(string line)
        {
            var sample = SampleLine().Match(line);
            Assert.That(sample.Success, Is.True, $"no sample: {line}");
            Assert.That(Type, Is.AnyOf("counter", "gauge", "histogram"), name);
            Assert.That(Type == "histogram" ? Regex.Replace(sample.Groups["name"].Value, "_(bucket|sum|count)$", "") : sample.Groups["name"].Value, Is.EqualTo(name), "samples stand below their type");
            var labels = new Dictionary<string, string>();
            var text = sample.Groups["labels"].Value;
            var at = 0;
            foreach (var label in Label().EnumerateMatches(text))
            {
                var match = Label().Match(text, label.Index);
                labels.Add(match.Groups["name"].Value, match.Groups["value"].Value);
                at = label.Index + label.Length;
            }
            Assert.That(at, Is.EqualTo(text.Length), $"broken labels: {line}");
            Assert.That(_seen.Add(sample.Groups["name"].Value + "|" + string.Join(',', labels.OrderBy(label => label.Key, StringComparer.Ordinal))), Is.True, $"twice: {line}");
            var value = sample.Groups["value"].Value switch { "+Inf" => double.PositiveInfinity, "-Inf" => double.NegativeInfinity, "NaN" => double.NaN, var number => double.Parse(number, CultureInfo.InvariantCulture) };
            _samples.Add(new(sample.Groups["name"].Value, labels, value));
        }

        public void Check()
        {
            Assert.That(Help, Is.Not.Empty, $"{name} has no help");
            if (Type == "counter")
                Assert.That(name, Does.EndWith("_total"));
            if (Type != "histogram")
                return;
            foreach (var series in _samples.Where(sample => sample.Name == name + "_bucket").GroupBy(sample => string.Join(',', sample.Labels.Where(label => label.Key != "le").OrderBy(label => label.Key, StringComparer.Ordinal))))
            {
                Assert.That(series.Select(bucket => bucket.Value), Is.Ordered, $"buckets of {name} count up");
                Assert.That(series.Last().Labels["le"], Is.EqualTo("+Inf"), name);
            }
        }
    }
}

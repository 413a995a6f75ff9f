namespace AsteriskVoiceAi.Benchmarks.Reporting;

/// <summary>Rows for a document; the first column is words, the others are numbers.</summary>
internal sealed class MarkdownTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    public override string ToString()
    {
        string[] rule = [.. columns.Select((_, i) => i == 0 ? "---" : "---:")];
        return string.Join('\n', new[] { columns, rule }.Concat(_rows).Select(row => $"| {string.Join(" | ", row)} |"));
    }
}

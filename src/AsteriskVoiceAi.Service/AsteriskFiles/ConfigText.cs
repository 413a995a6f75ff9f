namespace AsteriskVoiceAi.Service.AsteriskFiles;

/// <summary>One of Asterisk's configuration files, line by line as it is, and what is changed of it.</summary>
internal sealed class ConfigText(string path, IEnumerable<string> lines)
{
    private readonly List<string> _lines = [.. lines];
    private readonly List<string> _shown = [];

    public string Path => path;

    public string Name => System.IO.Path.GetFileName(path);

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The changes as an operator reads them; empty = none.</summary>
    public IReadOnlyList<string> Changes => _shown;

    /// <param name="shown">The line without secrets; null = as it is.</param>
    public void Replace(int index, string line, string? shown = null)
    {
        _shown.Add($"line {index + 1}: {_lines[index].Trim()}  →  {shown ?? line}");
        _lines[index] = line;
    }

    public void Insert(int index, string line, string? shown = null)
    {
        _shown.Add($"line {index + 1}: + {shown ?? line}");
        _lines.Insert(index, line);
    }

    public string Text() => string.Join('\n', _lines) + '\n';
}

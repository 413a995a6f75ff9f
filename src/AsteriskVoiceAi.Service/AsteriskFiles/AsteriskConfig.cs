using System.Text;
using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Service.AsteriskFiles;

/// <summary>
/// A configuration file of Asterisk with all that it includes, as Asterisk reads it (main/config.c):
/// <code>
/// ; comment      ;-- comment over lines --;      \; is no comment
/// [section]      [section](!) a template         [section](template,other)      [section](+) more of one before
/// key=value      key => value
/// #include file  #include "file"  #include &lt;file&gt;  #tryinclude file (may be missing, may have * in it)  #exec program
/// </code>
/// </summary>
internal sealed partial class AsteriskConfig
{
    /// <summary>Includes within includes; Asterisk itself stops at ten.</summary>
    private const int Deepest = 10;

    private readonly string _folder;
    private readonly string _main;
    private readonly Dictionary<string, ConfigText> _texts = new(StringComparer.Ordinal);
    private List<ConfigSection> _sections = [];

    private AsteriskConfig(string folder, string main) => (_folder, _main) = (folder, main);

    /// <summary>The file itself; what it includes is changed where it stands.</summary>
    public ConfigText Main => _texts[_main];

    /// <summary>A program makes a part of it, which can't be known here.</summary>
    public bool HasExec { get; private set; }

    /// <summary>A comment over lines is never closed: what is added at the end would be part of it.</summary>
    public bool EndsInComment { get; private set; }

    /// <summary>Files that were named by <c>#include</c> and the like.</summary>
    public IReadOnlyList<string> Includes { get; private set; } = [];

    public IEnumerable<ConfigText> Changed => _texts.Values.Where(text => text.Changes.Count > 0);

    /// <returns>Null = there is no such file.</returns>
    /// <exception cref="IOException">It or an included one can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It or an included one may not be read.</exception>
    public static AsteriskConfig? Load(string folder, string name)
    {
        var main = Path.Combine(folder, name);
        if (!File.Exists(main))
            return null;
        var config = new AsteriskConfig(folder, main);
        config.Parse();
        return config;
    }

    public bool Has(string section) => _sections.Any(found => found.Name == section && !found.IsTemplate);

    /// <summary>The last value of a key, templates first; null = it has none.</summary>
    public string? Value(string section, string key) => Entries(section, 0).LastOrDefault(entry => Same(entry.Key, key))?.Value;

    /// <summary>All values of a key.</summary>
    public IEnumerable<ConfigEntry> Values(string section, string key) => Entries(section, 0).Where(entry => Same(entry.Key, key));

    /// <summary>Whether a value means yes, as Asterisk sees it.</summary>
    public static bool IsTrue(string? value) => value?.ToLowerInvariant() is "yes" or "true" or "y" or "t" or "1" or "on";

    /// <summary>Changes the key where it stands last in the section itself, or adds it to the section, or adds the section.</summary>
    public void Set(string section, string key, string value, string? shown = null)
    {
        var line = $"{key}={value}";
        var show = shown is null ? null : $"{key}={shown}";
        if (_sections.Where(found => found.Name == section).SelectMany(found => found.Entries).LastOrDefault(entry => Same(entry.Key, key)) is { } entry)
            entry.File.Replace(entry.Index, line + Comment(entry.File.Lines[entry.Index]), show);
        else
            Add(section, line, show);
        Parse();
    }

    /// <summary>A line more, behind the last entry of the section.</summary>
    public void Add(string section, string line, string? shown = null)
    {
        if (_sections.LastOrDefault(found => found.Name == section) is { } there)
            there.File.Insert(there.Entries.Where(entry => entry.File == there.File).Select(entry => entry.Index).DefaultIfEmpty(there.Header).Max() + 1, line, shown);
        else
            Append(("", null), ($"[{section}]", null), (line, shown));
        Parse();
    }

    /// <summary>Adds lines to the end of the file.</summary>
    public void Append(params (string Line, string? Shown)[] lines)
    {
        foreach (var (line, shown) in lines)
            Main.Insert(Main.Lines.Count, line, shown);
        Parse();
    }

    private static bool Same(string key, string other) => key.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Sections of one name one after the other; each begins with its templates.</summary>
    private IEnumerable<ConfigEntry> Entries(string section, int depth) => depth > Deepest ? [] : _sections
        .Where(found => found.Name == section)
        .SelectMany(found => found.Templates.SelectMany(template => Entries(template, depth + 1)).Concat(found.Entries));

    private void Parse()
    {
        (_sections, HasExec, EndsInComment) = ([], false, false);
        var includes = new List<string>();
        Parse(_main, includes, 0);
        Includes = includes;
    }

    private void Parse(string path, List<string> includes, int depth)
    {
        if (depth > Deepest || !TryText(path, out var text))
            return;
        var inComment = false;
        for (var i = 0; i < text.Lines.Count; i++)
        {
            var line = Strip(text.Lines[i], ref inComment).Trim();
            if (Directive().Match(line) is { Success: true } directive)
                Follow(directive, includes, depth);
            else if (Header().Match(line) is { Success: true } header)
                _sections.Add(Section(header, text, i));
            else if (_sections.Count > 0 && line.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
                _sections[^1].Entries.Add(new(line[..equals].TrimEnd(), line[(equals + 1)..].TrimStart('>').Trim(), text, i));
        }
        if (path == _main)
            EndsInComment = inComment;
    }

    private bool TryText(string path, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ConfigText? text)
    {
        if (_texts.TryGetValue(path, out text))
            return true;
        if (!File.Exists(path))
            return false;
        // Latin-1 gives every byte back as it was, whatever the file's encoding.
        var all = File.ReadAllText(path, Encoding.Latin1);
        text = new(path, (all.EndsWith('\n') ? all[..^1] : all).Split('\n'));
        _texts[path] = text;
        return true;
    }

    private void Follow(Match directive, List<string> includes, int depth)
    {
        if (directive.Groups["exec"].Success)
        {
            HasExec = true;
            return;
        }
        var name = directive.Groups["file"].Value.Trim().Trim('"', '<', '>');
        includes.Add(name);
        var path = Path.GetFullPath(Path.Combine(_folder, name));
        if (!name.Contains('*', StringComparison.Ordinal))
            Parse(path, includes, depth + 1);
        else if (Path.GetDirectoryName(path) is { } folder && Directory.Exists(folder))
            foreach (var file in Directory.GetFiles(folder, Path.GetFileName(path)).Order(StringComparer.Ordinal))
                Parse(file, includes, depth + 1);
    }

    private static ConfigSection Section(Match header, ConfigText text, int index)
    {
        var options = header.Groups["options"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new(header.Groups["name"].Value, [.. options.Where(option => option is not ("!" or "+"))], options.Contains("!"), text, index);
    }

    /// <summary>A line without comments.</summary>
    private static string Strip(string line, ref bool inComment)
    {
        var kept = new StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            if (inComment)
            {
                if (string.CompareOrdinal(line, i, "--;", 0, 3) != 0)
                    continue;
                inComment = false;
                i += 2;
            }
            else if (line[i] == '\\' && i + 1 < line.Length && line[i + 1] == ';')
                kept.Append(line[++i]);
            else if (line[i] != ';')
                kept.Append(line[i]);
            else if (string.CompareOrdinal(line, i, ";--", 0, 3) == 0 && (i + 3 >= line.Length || line[i + 3] != '-'))
            {
                inComment = true;
                i += 2;
            }
            else
                break;
        }
        return kept.ToString();
    }

    /// <summary>The comment at the end of a line, with the blanks before it.</summary>
    private static string Comment(string line) => TrailingComment().Match(line) is { Success: true } comment ? comment.Value : "";

    [GeneratedRegex(@"^#(?:(?:try)?include\s+(?<file>.+)|(?<exec>exec)\s)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Directive();

    [GeneratedRegex(@"^\[(?<name>[^\]]+)\]\s*(?:\((?<options>[^)]*)\))?", RegexOptions.CultureInvariant)]
    private static partial Regex Header();

    [GeneratedRegex(@"\s*(?<!\\);(?!--[^-]).*$", RegexOptions.CultureInvariant)]
    private static partial Regex TrailingComment();
}

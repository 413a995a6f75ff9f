using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>
/// YAML text to a tree with positions, or problems. Reads the small part of YAML that a flow needs: maps, lists and scalars in one
/// document. Anchors, aliases, merge keys and tags are refused, so a short file can't unfold into a huge one.
/// </summary>
internal sealed class YamlReader
{
    public const int MaxCharacters = 256 * 1024;

    /// <summary>A flow nests seven levels deep; more is a mistake or an attack on the stack.</summary>
    private const int MaxDepth = 16;

    private readonly string _file;
    private readonly Parser _parser;
    private readonly List<FlowProblem> _problems;

    private YamlReader(string text, string file, List<FlowProblem> problems)
    {
        _file = file;
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        _problems = problems;
    }

    /// <returns>The tree, or null when the text is no YAML at all; then problems say why.</returns>
    public static YamlNode? Read(string text, string file, List<FlowProblem> problems)
    {
        if (text.Length > MaxCharacters)
        {
            problems.Add(new FlowProblem(file, 1, 1, $"{text.Length} characters", $"at most {MaxCharacters}"));
            return null;
        }
        if (FindTabs(text, file, problems))
            return null;
        try
        {
            return new YamlReader(text, file, problems).Document();
        }
        catch (RefusedException)
        {
            return null;
        }
        catch (YamlException e)
        {
            problems.Add(new FlowProblem(file, (int)e.Start.Line, (int)e.Start.Column, "broken YAML: " + Reason(e), "valid YAML; texts with ': ', '#', '*' or '{' go in quotes"));
            return null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            // The scanner's own bugs on odd input must not take the service down.
            problems.Add(new FlowProblem(file, 1, 1, $"text that the YAML reader can't take ({e.GetType().Name})", "valid YAML"));
            return null;
        }
    }

    /// <summary>The first line says it; the rest names the library's classes.</summary>
    private static string Reason(YamlException e) => e.Message.Split('\n')[0].TrimEnd('.', '\r');

    /// <summary>YAML forbids tabs as indentation; the library's message for it does not say tab.</summary>
    private static bool FindTabs(string text, string file, List<FlowProblem> problems)
    {
        var found = false;
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var indent = line.Length - line.TrimStart(" \t").Length;
            var tab = line[..indent].IndexOf('\t');
            if (tab < 0 || indent == line.Length)
                continue;
            problems.Add(new FlowProblem(file, number, tab + 1, "a tab", "spaces as indentation"));
            found = true;
        }
        return found;
    }

    private YamlNode? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _problems.Add(new FlowProblem(_file, 1, 1, "an empty file", "a flow"));
            return null;
        }
        _parser.Consume<DocumentStart>();
        var root = Node(0);
        _parser.Consume<DocumentEnd>();
        if (!_parser.Accept<StreamEnd>(out _))
            Problem(_parser.Current!.Start, "a second document", "one flow in a file");
        return root;
    }

    private YamlNode Node(int depth)
    {
        if (!_parser.Accept<ParsingEvent>(out var current))
            throw new YamlException("the file ends early");
        if (depth > MaxDepth)
            throw Refuse(current.Start, "too deep nesting", $"at most {MaxDepth} levels");
        if (current is AnchorAlias)
            throw Refuse(current.Start, "an alias ('*name')", "the value itself; keys and texts that begin with * go in quotes");
        if (current is NodeEvent { Anchor.IsEmpty: false })
            throw Refuse(current.Start, "an anchor ('&name')", "the value itself; texts that begin with & go in quotes");
        if (current is NodeEvent { Tag.IsEmpty: false } tagged && !tagged.Tag.IsNonSpecific)
            throw Refuse(current.Start, "a tag ('!name')", "the value itself; texts that begin with ! go in quotes");
        return current switch
        {
            Scalar => Value(),
            SequenceStart => Sequence(depth),
            MappingStart => Mapping(depth),
            _ => throw Refuse(current.Start, "broken YAML", "a value"),
        };
    }

    private YamlNode.Scalar Value()
    {
        var scalar = _parser.Consume<Scalar>();
        return new YamlNode.Scalar(scalar.Value, scalar.Style == ScalarStyle.Plain, (int)scalar.Start.Line, (int)scalar.Start.Column);
    }

    private YamlNode.Sequence Sequence(int depth)
    {
        var start = _parser.Consume<SequenceStart>().Start;
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(Node(depth + 1));
        return new YamlNode.Sequence(items, (int)start.Line, (int)start.Column);
    }

    private YamlNode.Mapping Mapping(int depth)
    {
        var start = _parser.Consume<MappingStart>().Start;
        var entries = new List<(YamlNode.Scalar, YamlNode)>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = Node(depth + 1);
            var value = Node(depth + 1);
            if (key is not YamlNode.Scalar name)
                Problem(key, key.Kind, "a name as key");
            else if (name is { Text: "<<", IsPlain: true })
                Problem(key, "a merge key ('<<')", "the keys themselves");
            else if (!seen.TryAdd(name.Text, name.Line))
                Problem(key, $"the key {name.Kind} again", $"it once; it is on line {seen[name.Text]} already");
            else
                entries.Add((name, value));
        }
        return new YamlNode.Mapping(entries, (int)start.Line, (int)start.Column);
    }

    private void Problem(YamlNode at, string found, string expected) => _problems.Add(new FlowProblem(_file, at.Line, at.Column, found, expected));

    private void Problem(Mark at, string found, string expected) => _problems.Add(new FlowProblem(_file, (int)at.Line, (int)at.Column, found, expected));

    private RefusedException Refuse(Mark at, string found, string expected)
    {
        Problem(at, found, expected);
        return new RefusedException();
    }

    /// <summary>Leaves the tree at once; the problem is noted already.</summary>
    private sealed class RefusedException : Exception;
}

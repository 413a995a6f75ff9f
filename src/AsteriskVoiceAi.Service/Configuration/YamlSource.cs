using System.Buffers;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace AsteriskVoiceAi.Service.Configuration;

/// <summary>Settings from the file's text.</summary>
internal static class YamlSource
{
    /// <summary>Sections hold sections hold lists: more levels than this are no settings, and would only cost stack.</summary>
    private const int MaxDepth = 32;

    private static readonly SearchValues<char> TextCharacters = SearchValues.Create([.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => c is '\t' or '\n' or '\r' || !char.IsControl(c))]);

    public static void Apply(string yaml, string file, IReadOnlyList<OptionKey> keys, OptionBinding binding)
    {
        var lines = yaml.TrimEnd('\n').Count(c => c == '\n') + 1;
        string Line(long number) => string.Create(CultureInfo.InvariantCulture, $"{file}, line {number}");
        // What is missing at the end is missing on the last line, not after it.
        string At(Mark mark) => Line(Math.Min(mark.Line, lines));

        // YAML is text (section 5.1), and the parser loses its way in anything else.
        var stray = yaml.AsSpan().IndexOfAnyExcept(TextCharacters);
        if (stray >= 0)
        {
            binding.Report(Line(yaml.AsSpan(0, stray).Count('\n') + 1), string.Create(CultureInfo.InvariantCulture, $"The file holds the control character {(int)yaml[stray]}, which is not allowed."));
            return;
        }
        try
        {
            if (!IsPlain(yaml, At, binding))
                return;
            var stream = Load(yaml);
            if (stream.Documents.Count == 0 || IsNothing(stream.Documents[0].RootNode))
                return;
            if (stream.Documents.Count > 1)
                binding.Report(At(stream.Documents[1].RootNode.Start), "A second document begins here, but the file must be one.");
            if (stream.Documents[0].RootNode is YamlMappingNode root)
                Apply(root, "", keys, node => At(node.Start), binding);
            else
                binding.Report(At(stream.Documents[0].RootNode.Start), $"The file holds {Shape(stream.Documents[0].RootNode)}, but must hold sections such as: http: {{ port: 8090 }}");
        }
        catch (YamlException e)
        {
            binding.Report(At(e.Start), $"This is no YAML: {OptionValue.Found(e.Message)}");
        }
    }

    // Looks at the bare events first: anchors and deep nesting, of which settings need none, never get to build a tree.
    private static bool IsPlain(string yaml, Func<Mark, string> at, OptionBinding binding)
    {
        var parser = new Parser(new StringReader(yaml));
        var depth = 0;
        while (Next(parser))
        {
            if (parser.Current is not { } current)
                continue;
            depth += current.NestingIncrease;
            if (current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            {
                binding.Report(at(current.Start), "Anchors and aliases (& and *) are not supported: put text that holds them in quotes.");
                return false;
            }
            if (depth > MaxDepth)
            {
                binding.Report(at(current.Start), $"Nested more than {MaxDepth} levels deep.");
                return false;
            }
        }
        return true;
    }

    // The parser answers some malformed texts, such as "? [a---", with an exception of the wrong type.
    private static bool Next(Parser parser)
    {
        try
        {
            return parser.MoveNext();
        }
        catch (InvalidOperationException e)
        {
            var mark = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(mark, mark, "a bracket, quote or colon is missing or too much.", e);
        }
    }

    // The same goes for the tree: of " :\t|" it says that an event is of an unsupported type.
    private static YamlStream Load(string yaml)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
            return stream;
        }
        catch (ArgumentException e)
        {
            throw new YamlException(Mark.Empty, Mark.Empty, "a key or a value is missing or malformed.", e);
        }
    }

    private static void Apply(YamlMappingNode mapping, string section, IReadOnlyList<OptionKey> keys, Func<YamlNode, string> at, OptionBinding binding)
    {
        foreach (var (nameNode, value) in mapping.Children)
        {
            var name = (nameNode as YamlScalarNode)?.Value ?? "";
            if (keys.FirstOrDefault(key => key.Name == name) is { } key)
                Apply(key, value, at, binding);
            else
                binding.RefuseUnknown(at(nameNode), section, name, keys, nearest => $"\"{nearest.Name}\"");
        }
    }

    private static void Apply(OptionKey key, YamlNode value, Func<YamlNode, string> at, OptionBinding binding)
    {
        switch (value)
        {
            case YamlMappingNode mapping when key.IsSection:
                Apply(mapping, key.Path, key.Children, at, binding);
                break;
            case var _ when IsNothing(value):
                if (MayBeNull(key))
                    binding.Clear(key, at(value));
                else if (!key.IsSection)
                    binding.Refuse(key, at(value), "left empty");
                break;
            case YamlScalarNode scalar when !key.IsSection:
                // One entry needs no brackets.
                binding.Set(key, [scalar.Value ?? ""], at(value));
                break;
            case YamlSequenceNode sequence when key.ElementType is not null && sequence.All(entry => entry is YamlScalarNode && !IsNothing(entry)):
                binding.Set(key, [.. sequence.Cast<YamlScalarNode>().Select(entry => entry.Value ?? "")], at(value));
                break;
            default:
                binding.Refuse(key, at(value), Shape(value));
                break;
        }
    }

    private static bool MayBeNull(OptionKey key) =>
        !key.IsSection && key.ElementType is null && (Nullable.GetUnderlyingType(key.Property.PropertyType) is not null
            || (!key.Type.IsValueType && new System.Reflection.NullabilityInfoContext().Create(key.Property).WriteState == System.Reflection.NullabilityState.Nullable));

    private static bool IsNothing(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private static string Shape(YamlNode node) => node switch
    {
        YamlMappingNode => "a section",
        YamlSequenceNode => "a list",
        _ => "a single value",
    };
}

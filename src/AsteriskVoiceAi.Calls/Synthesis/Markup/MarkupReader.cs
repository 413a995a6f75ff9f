using System.Xml;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Synthesis.Normalization;

namespace AsteriskVoiceAi.Calls.Synthesis.Markup;

/// <summary>
/// Reads one marked-up text:
/// <code>
/// speak   = text with any of these
/// say-as  = interpret-as, format       text only
/// break   = time | strength            empty
/// prosody = rate                       text with any
/// lang    = xml:lang                   text with any
/// sub     = alias                      text only
/// </code>
/// Everything else is a problem: other tags, other attributes, declarations, comments, deep nesting.
/// </summary>
internal sealed class MarkupReader(string markup)
{
    private const string Known = "speak, say-as, break, prosody, lang or sub";

    /// <summary>Deeper is no text for people.</summary>
    private const int MaxDepth = 8;

    private const int MaxCharacters = 20_000;

    /// <summary>Tags and what may stand in them.</summary>
    private static readonly Dictionary<string, string[]> Attributes = new(StringComparer.Ordinal)
    {
        ["speak"] = ["version", "xmlns", "xml:lang"],
        ["say-as"] = ["interpret-as", "format", "detail"],
        ["break"] = ["time", "strength"],
        ["prosody"] = ["rate"],
        ["lang"] = ["xml:lang"],
        ["sub"] = ["alias"],
    };

    private readonly List<MarkupSpan> _spans = [];
    private readonly Stack<(string Tag, string? Language, double Rate)> _open = [];

    public (IReadOnlyList<MarkupSpan> Spans, MarkupProblem? Problem) Read()
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxCharacters, ConformanceLevel = ConformanceLevel.Document };
        try
        {
            using var text = new StringReader(markup);
            using var reader = XmlReader.Create(text, settings);
            while (reader.Read())
            {
                if (Node(reader) is { } problem)
                    return ([], problem);
            }
            return (_spans, null);
        }
        catch (XmlException broken)
        {
            return ([], new MarkupProblem(Reason(broken), "markup in which every tag is closed; a plain < is written &lt; and a plain & is written &amp;"));
        }
    }

    private MarkupProblem? Node(XmlReader reader)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                return Element(reader);
            case XmlNodeType.EndElement:
                _open.Pop();
                return null;
            case XmlNodeType.Whitespace when _open.Count == 0:
                return null;
            case XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                var (_, language, rate) = _open.Peek();
                _spans.Add(new MarkupSpan.Text(reader.Value, language, rate));
                return null;
            default:
                return new($"{reader.NodeType} in markup", $"text and the tags {Known}");
        }
    }

    private MarkupProblem? Element(XmlReader reader)
    {
        var tag = reader.Name;
        if (!Attributes.TryGetValue(tag, out var allowed))
            return new($"the tag <{YamlNode.Short(tag)}>", $"one of {Known}{Nearest.Hint(tag, Attributes.Keys)}; a plain < is written &lt;");
        if ((tag == "speak") != (_open.Count == 0))
            return new(tag == "speak" ? "<speak> inside of markup" : $"<{tag}> as the first tag", "<speak> around everything, once");
        if (_open.Count > MaxDepth)
            return new($"tags more than {MaxDepth} deep", "fewer tags inside of each other");
        if (Unknown(reader, allowed) is { } unknown)
            return new($"the attribute '{YamlNode.Short(unknown)}' of <{tag}>", string.Join(" or ", allowed));
        var (_, language, rate) = _open.Count > 0 ? _open.Peek() : (tag, null, 1);
        return tag switch
        {
            "say-as" => SayAs(reader, language, rate),
            "sub" => Sub(reader, language, rate),
            "break" => Break(reader, language, rate),
            "prosody" => Rate(reader.GetAttribute("rate")) is { } factor ? Open(reader, language, rate * factor) : Value(reader, "rate", "slow, medium, fast, x-slow, x-fast or a percentage such as 80%"),
            "lang" => Language(reader) is { } inside ? Open(reader, inside, rate) : Value(reader, "xml:lang", FlowShape.Language.Expected),
            _ when reader.GetAttribute("xml:lang") is null => Open(reader, language, rate),
            _ => Language(reader) is { } whole ? Open(reader, whole, rate) : Value(reader, "xml:lang", FlowShape.Language.Expected),
        };
    }

    private MarkupProblem? Open(XmlReader reader, string? language, double rate)
    {
        if (!reader.IsEmptyElement)
            _open.Push((reader.Name, language, rate));
        return null;
    }

    private MarkupProblem? SayAs(XmlReader reader, string? language, double rate)
    {
        var kind = reader.GetAttribute("interpret-as") ?? "";
        if (!Normalization.SayAs.Kinds.Contains(kind))
            return Value(reader, "interpret-as", "one of " + string.Join(", ", Normalization.SayAs.Kinds) + Nearest.Hint(kind, Normalization.SayAs.Kinds));
        var format = reader.GetAttribute("format") ?? "";
        if (kind == "date" && format.Length > 0 && !Normalization.SayAs.DateFormats.Contains(format))
            return Value(reader, "format", "one of " + string.Join(", ", Normalization.SayAs.DateFormats));
        if (Content(reader, out var value) is { } problem)
            return problem;
        _spans.Add(new MarkupSpan.SayAs(value, kind, format, language, rate));
        return null;
    }

    private MarkupProblem? Sub(XmlReader reader, string? language, double rate)
    {
        if (reader.GetAttribute("alias") is not { } alias)
            return Value(reader, "alias", "the words to say instead");
        _spans.Add(new MarkupSpan.Text(alias, language, rate));
        return Content(reader, out _);
    }

    private MarkupProblem? Break(XmlReader reader, string? language, double rate)
    {
        if (BreakLength.Of(reader.GetAttribute("time"), reader.GetAttribute("strength")) is not { } length)
            return new($"a <break> of '{YamlNode.Short(reader.GetAttribute("time") ?? reader.GetAttribute("strength") ?? "")}'", BreakLength.Expected);
        _spans.Add(new MarkupSpan.Pause(length));
        return Open(reader, language, rate);
    }

    /// <summary>The text of an element that has no tags inside; leaves the reader at its end.</summary>
    private static MarkupProblem? Content(XmlReader reader, out string text)
    {
        text = "";
        var tag = reader.Name;
        if (reader.IsEmptyElement)
            return null;
        while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType is not (XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace))
                return new($"<{YamlNode.Short(reader.Name)}> inside of <{tag}>", "text only");
            text += reader.Value;
        }
        return null;
    }

    private static string? Language(XmlReader reader) => reader.GetAttribute("xml:lang") is { } tag && tag.Length <= FlowShape.Language.MaxLength && FlowShape.Language.Allows(tag) ? tag : null;

    /// <returns>Null = no rate that can be spoken.</returns>
    private static double? Rate(string? written)
    {
        double? rate = written switch
        {
            "x-slow" => 0.6,
            "slow" => 0.8,
            "medium" or "default" => 1,
            "fast" => 1.25,
            "x-fast" => 1.6,
            _ => null,
        };
        if (rate is not null || written is not { Length: > 1 and <= 6 } || !written.EndsWith('%') || !int.TryParse(written[..^1], System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var percent))
            return rate;
        // With a sign it is a change: +20% is 120%.
        var whole = written[0] is '+' or '-' ? 100 + percent : percent;
        return whole is >= 50 and <= 200 ? whole / 100.0 : null;
    }

    private static MarkupProblem Value(XmlReader reader, string attribute, string expected) =>
        new(reader.GetAttribute(attribute) is { } value ? $"{attribute} '{YamlNode.Short(value)}' of <{reader.Name}>" : $"<{reader.Name}> without {attribute}", expected);

    private static string? Unknown(XmlReader reader, string[] allowed)
    {
        string? unknown = null;
        while (reader.MoveToNextAttribute())
        {
            if (!allowed.Contains(reader.Name))
                unknown ??= reader.Name;
        }
        reader.MoveToElement();
        return unknown;
    }

    private static string Reason(XmlException broken)
    {
        // "… Line 1, position 7." counts in the text, not in the file.
        var at = broken.Message.LastIndexOf(" Line ", StringComparison.Ordinal);
        return $"broken markup ({(at < 0 ? broken.Message : broken.Message[..at])})";
    }
}

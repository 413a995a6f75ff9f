using System.Text;
using AsteriskVoiceAi.Calls.Synthesis.Markup;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>
/// A text to say with places for flow variables: "Hello {customer}." Values are data, so a brace or a tag in one means nothing. A text with
/// tags is markup (<see cref="SpeechMarkup"/>).
/// </summary>
public sealed class FlowText
{
    private const int MaxKey = 40;
    private const int MaxName = 100;

    private readonly IReadOnlyList<(string Text, bool IsVariable)> _parts;

    private readonly bool _isMarkup;

    private FlowText(string source, IReadOnlyList<(string, bool)> parts)
    {
        Source = source;
        _parts = parts;
        _isMarkup = SpeechMarkup.HasTags(source);
    }

    /// <summary>As the file has it.</summary>
    public string Source { get; }

    /// <summary>Whether it is the same for every call, so that its audio can be made beforehand.</summary>
    public bool IsStatic => !_parts.Any(part => part.IsVariable);

    internal IEnumerable<string> Variables => _parts.Where(part => part.IsVariable).Select(part => part.Text);

    /// <summary>What is wrong with its markup; null = nothing.</summary>
    internal MarkupProblem? MarkupProblem =>
        !_isMarkup ? null
        : VariableInTag() is { } variable ? new MarkupProblem($"'{{{variable}}}' inside of a tag", "variables in the text only")
        : SpeechMarkup.Problem(Render(_ => "x"));

    /// <summary>Fills the places in; white space is folded.</summary>
    /// <param name="value">Value of a variable; null counts as empty.</param>
    /// <returns>The text of a prompt: plain, or markup that begins with its root.</returns>
    public string Render(Func<string, string?> value)
    {
        var text = new StringBuilder();
        foreach (var (part, isVariable) in _parts)
            text.Append(!isVariable ? part : _isMarkup ? SpeechMarkup.Escape(value(part) ?? "") : value(part) ?? "");
        var folded = Fold(text.ToString());
        return _isMarkup ? SpeechMarkup.Document(folded) : SpeechMarkup.Plain(folded);
    }

    /// <summary>Fills the places in and changes nothing else: for what is not said.</summary>
    public string Fill(Func<string, string> value) => string.Concat(_parts.Select(part => part.IsVariable ? value(part.Text) : part.Text));

    public override string ToString() => Source;

    /// <summary>The name of a secret without what marks its place as one.</summary>
    public static string SecretName(string place) => FlowNames.SecretName(place);

    /// <summary>A text that is known to have no places.</summary>
    internal static FlowText Literal(string text) => new(text, [(text, false)]);

    /// <summary>Grammar: text = *( any character but braces / "{" name *( "." key ) "}" ).</summary>
    /// <param name="found">What is wrong when the result is null.</param>
    internal static FlowText? Parse(string source, out string found)
    {
        var parts = new List<(string, bool)>();
        found = "";
        for (var at = 0; at < source.Length;)
        {
            var brace = source.AsSpan(at).IndexOfAny('{', '}');
            if (brace != 0)
            {
                var end = brace < 0 ? source.Length : at + brace;
                parts.Add((source[at..end], false));
                at = end;
                continue;
            }
            var close = source[at] == '{' ? source.IndexOf('}', at) : -1;
            if (close < 0)
            {
                found = $"a single '{source[at]}'";
                return null;
            }
            var name = source[(at + 1)..close];
            if (!IsName(name))
            {
                found = $"'{{{YamlNode.Short(name)}}}'";
                return null;
            }
            parts.Add((name, true));
            at = close + 1;
        }
        return new FlowText(source, parts);
    }

    private string? VariableInTag()
    {
        var isInTag = false;
        foreach (var (part, isVariable) in _parts)
        {
            if (isVariable && isInTag)
                return part;
            // A > in the value of an attribute ends the tag too early here; then the markup is broken for the reader as well.
            if (!isVariable && part.AsSpan().LastIndexOfAny('<', '>') is >= 0 and var last)
                isInTag = part[last] == '<';
        }
        return null;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxName && char.IsAsciiLetter(name[0]) && name.Split('.').All(key => key.Length is > 0 and <= MaxKey && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'));

    private static string Fold(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

using System.Text;
using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Calls.Synthesis.Markup;

/// <summary>
/// A small part of SSML in texts to say. A text that begins with <c>&lt;speak</c> is markup; every other text is plain, whatever is in it.
/// Broken markup is said without its tags: a caller hears words in any case.
/// </summary>
internal static partial class SpeechMarkup
{
    private const string Root = "<speak";

    private const string End = "</speak>";

    /// <summary>Whether a prompt's text is markup.</summary>
    public static bool Is(string text) => text.StartsWith(Root, StringComparison.Ordinal) && text.Length > Root.Length && (text[Root.Length] is '>' or '/' || char.IsWhiteSpace(text[Root.Length]));

    /// <summary>Whether a flow's text means to be markup: something in it looks like a tag. "a &lt; b" does not.</summary>
    public static bool HasTags(string text) => TagStart().IsMatch(text);

    /// <summary>Markup of a flow's text that may lack the root.</summary>
    public static string Document(string tagged) => Is(tagged.TrimStart()) ? tagged.Trim() : $"<speak>{tagged}</speak>";

    /// <summary>A plain text as a prompt's: one that would be taken for markup is put into some.</summary>
    public static string Plain(string text) => Is(text) ? Root + ">" + Escape(text) + End : text;

    /// <summary>A value as text inside of markup.</summary>
    public static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            escaped.Append(rune.Value switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '"' => "&quot;",
                // XML has no way to write most of them.
                _ when Rune.IsControl(rune) || rune.Value is 0xFFFE or 0xFFFF => " ",
                _ => rune.ToString(),
            });
        }
        return escaped.ToString();
    }

    /// <summary>What is wrong with markup; null = nothing.</summary>
    public static MarkupProblem? Problem(string markup) => new MarkupReader(markup).Read().Problem;

    /// <summary>A prompt's text in stretches. Never throws.</summary>
    public static IReadOnlyList<MarkupSpan> Spans(string text)
    {
        if (!Is(text))
            return [new MarkupSpan.Text(text, null, 1)];
        var (spans, problem) = new MarkupReader(text).Read();
        return problem is null ? spans : [new MarkupSpan.Text(WithoutTags(text), null, 1)];
    }

    /// <summary>A prompt's text as people read it: without markup.</summary>
    public static string Readable(string text)
    {
        if (!Is(text))
            return text;
        var words = Spans(text).Select(span => span switch
        {
            MarkupSpan.Text plain => plain.Words,
            MarkupSpan.SayAs value => value.Value,
            _ => " ",
        });
        return string.Join(' ', string.Concat(words).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string WithoutTags(string markup) => System.Net.WebUtility.HtmlDecode(Tag().Replace(markup, " "));

    [GeneratedRegex("<[A-Za-z/!?]", RegexOptions.CultureInvariant)]
    private static partial Regex TagStart();

    [GeneratedRegex("<[A-Za-z/!?][^<>]{0,1000}>?", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}

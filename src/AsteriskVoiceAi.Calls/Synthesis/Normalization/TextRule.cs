using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

/// <summary>A kind of thing in a text that is said in other words.</summary>
/// <param name="pattern">What it looks like. Every repetition is bounded, so that no text takes long.</param>
/// <param name="say">Words for what was found in the text; null = it is none, after all.</param>
internal sealed class TextRule(string pattern, Func<string, Match, string?> say)
{
    private readonly Regex _regex = new($@"\G(?:{pattern})", RegexOptions.CultureInvariant);

    /// <returns>Length of what is said otherwise; 0 = nothing here.</returns>
    public int Try(string text, int at, out string words)
    {
        words = "";
        var match = _regex.Match(text, at);
        if (!match.Success || match.Length == 0 || !EndsCleanly(text, at + match.Length) || say(text, match) is not { } said)
            return 0;
        words = said;
        return match.Length;
    }

    /// <summary>Whether what follows does not belong to it: "10.1" in "10.1.2.3" is no number.</summary>
    private static bool EndsCleanly(string text, int end) =>
        end == text.Length || (!char.IsLetterOrDigit(text[end]) && !(text[end] is '.' or ',' or ':' or '/' or '-' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])));
}

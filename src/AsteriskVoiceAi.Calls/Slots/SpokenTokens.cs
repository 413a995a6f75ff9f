using System.Text;
using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Calls.Slots;

/// <summary>A word, a group of figures or a sign of an answer.</summary>
/// <param name="Text">In lower case.</param>
/// <param name="Raw">As the recogniser wrote it.</param>
/// <param name="Glued">Nothing was between it and the one before.</param>
/// <param name="IsAfterStop">A comma or the end of a sentence was between it and the one before.</param>
internal readonly record struct Token(string Text, string Raw, TokenKind Kind, bool Glued, bool IsAfterStop)
{
    public bool IsWord(string word) => Kind == TokenKind.Word && Text == word;

    /// <summary>A single letter on its own.</summary>
    public bool IsLetter => Kind == TokenKind.Word && Text.Length == 1 && char.IsAsciiLetter(Text[0]);
}

internal enum TokenKind
{
    /// <summary>Letters, with an apostrophe inside.</summary>
    Word,

    /// <summary>Digits, with the points and commas of a number: 1,200.50.</summary>
    Figure,

    /// <summary>Letters and digits in one: gu16, 9th, 7pm.</summary>
    Mixed,

    /// <summary>One sign: $ @ - / :.</summary>
    Sign,
}

/// <summary>Takes an answer apart, however a recogniser wrote it.</summary>
internal static partial class SpokenTokens
{
    private const int MaxTokens = 150;

    /// <param name="isTime">"a m" and "p. m." are one word; where letters are spelled they are two.</param>
    public static List<Token> Of(string text, bool isTime = false)
    {
        var tokens = new List<Token>();
        // Curly apostrophes and dashes as typed ones.
        var plain = text.Replace('\u2019', '\'').Replace('\u2018', '\'').Replace('\u2013', '-').Replace('\u2014', '-');
        if (isTime)
            plain = DayHalf().Replace(plain, "$1m");
        var (end, isAfterStop) = (0, false);
        foreach (Match match in Pieces().Matches(plain))
        {
            if (tokens.Count == MaxTokens)
                break;
            var kind = match.Groups["figure"].Success ? TokenKind.Figure : match.Groups["word"].Success ? TokenKind.Word : match.Groups["mixed"].Success ? TokenKind.Mixed : TokenKind.Sign;
            // A sign that ends a sentence says nothing.
            if (kind == TokenKind.Sign && match.Value is "," or "!" or "?" or ";" or "\"" or "(" or ")" or "…")
            {
                isAfterStop = true;
                continue;
            }
            var isFullStop = match.Value == "." && (match.Index + 1 >= plain.Length || char.IsWhiteSpace(plain[match.Index + 1]));
            if (!isFullStop)
                tokens.Add(new Token(Trim(match.Value.ToLowerInvariant(), kind), match.Value, kind, tokens.Count > 0 && match.Index == end, isAfterStop));
            isAfterStop = isFullStop;
            end = match.Index + match.Length;
        }
        return tokens;
    }

    /// <summary>The words of a phrase at a place.</summary>
    public static bool Follows(this IReadOnlyList<Token> tokens, int at, params ReadOnlySpan<string> words)
    {
        if (at < 0 || at + words.Length > tokens.Count)
            return false;
        for (var i = 0; i < words.Length; i++)
        {
            if (tokens[at + i].Text != words[i])
                return false;
        }
        return true;
    }

    public static string WordAt(this IReadOnlyList<Token> tokens, int at) => at >= 0 && at < tokens.Count ? tokens[at].Text : "";

    private static string Trim(string text, TokenKind kind) => kind == TokenKind.Figure ? text.TrimEnd('.', ',') : text;

    [GeneratedRegex(@"(?<figure>\d+(?:[.,]\d+)*)(?![\p{L}\d])|(?<mixed>(?=\p{L}*\d)(?=\d*\p{L})[\p{L}\d]+)|(?<word>\p{L}+(?:'\p{L}+)*)|(?<sign>[^\s\p{L}\d])")]
    private static partial Regex Pieces();

    [GeneratedRegex(@"\b([ap])\.?\s?m\b\.?", RegexOptions.IgnoreCase)]
    private static partial Regex DayHalf();
}

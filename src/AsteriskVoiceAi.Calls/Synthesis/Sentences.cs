using System.Text;

namespace AsteriskVoiceAi.Calls.Synthesis;

/// <summary>Cuts a text into sentences, and long ones into parts, so that the first is heard while the next is made.</summary>
internal static class Sentences
{
    /// <summary>Engines slow down, or take gigabytes, with more at once; and it is 20 s of speech.</summary>
    public const int Longest = 300;

    /// <summary>A first sentence beyond this is cut at a comma: the caller waits for it, half a second with a slow voice.</summary>
    private const int LongestFirst = 120;

    /// <summary>What is cut off must be worth a breath: shorter parts sound hacked.</summary>
    private const int ShortestPart = 40;

    /// <summary>A mark ends a sentence when white space follows it and the word before is no common abbreviation or initial.</summary>
    private static readonly HashSet<string> Abbreviations = new(["mr", "mrs", "ms", "dr", "st", "vs", "etc", "e.g", "i.e", "approx"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The text's sentences, of any length.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var sentences = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsEnd(text, start, i, out var length))
                continue;
            Add(text[start..(i + length)]);
            start = i + length;
            i = start - 1;
        }
        Add(text[start..]);
        return sentences;

        void Add(string sentence)
        {
            var trimmed = sentence.Trim();
            if (trimmed.Length > 0)
                sentences.Add(trimmed);
        }
    }

    /// <summary>Its pieces to make and play one after the other, none longer than <see cref="Longest"/>; those without a word are left out.</summary>
    /// <param name="isFirst">Whether the caller waits for the first of them.</param>
    public static IEnumerable<(string Text, bool IsWhole)> Pieces(string text, bool isFirst)
    {
        foreach (var sentence in Split(text))
        {
            var rest = sentence;
            while (rest.Length > 0)
            {
                var cut = Cut(rest, isFirst);
                var piece = rest[..cut].Trim();
                rest = rest[cut..].TrimStart();
                if (!piece.EnumerateRunes().Any(Rune.IsLetterOrDigit))
                    continue;
                isFirst = false;
                yield return (piece, rest.Length == 0);
            }
        }
    }

    /// <summary>Where the next piece ends.</summary>
    private static int Cut(string text, bool isFirst)
    {
        if (isFirst && text.Length > LongestFirst && FirstClause(text) is > 0 and var first)
            return first;
        if (text.Length <= Longest)
            return text.Length;
        for (var i = Longest - 1; i >= ShortestPart; i--)
        {
            if (IsClauseEnd(text, i))
                return i + 1;
        }
        var blank = text.LastIndexOf(' ', Longest - 1);
        if (blank > 0)
            return blank;
        return char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
    }

    private static int FirstClause(string text)
    {
        for (var i = ShortestPart; i < Math.Min(Longest, text.Length - ShortestPart); i++)
        {
            if (IsClauseEnd(text, i))
                return i + 1;
        }
        return 0;
    }

    private static bool IsClauseEnd(string text, int at) =>
        at + 1 < text.Length && ((text[at] is ',' or ';' or ':' or '–' or '—' && char.IsWhiteSpace(text[at + 1])) || text[at] is '、' or '，' or '；' or '،');

    /// <param name="length">Of the mark and what belongs to it: quotes and brackets that close.</param>
    private static bool IsEnd(string text, int start, int at, out int length)
    {
        length = 1;
        if (text[at] is '。' or '！' or '？' or '।')
            return true;
        if (text[at] is not ('.' or '?' or '!' or '…' or '؟'))
            return false;
        while (at + length < text.Length && text[at + length] is '"' or '\'' or ')' or ']' or '”' or '’' or '»')
            length++;
        return at + length < text.Length && char.IsWhiteSpace(text[at + length]) && (text[at] != '.' || !IsAbbreviation(text, start, at));
    }

    private static bool IsAbbreviation(string text, int start, int mark)
    {
        var word = mark;
        while (word > start && !char.IsWhiteSpace(text[word - 1]))
            word--;
        var before = text[word..mark];
        return (before.Length == 1 && char.IsAsciiLetterUpper(before[0]) && !IsSpelled(text, word)) || Abbreviations.Contains(before);
    }

    /// <summary>Whether a letter is one of several: "A, B, C." or "five P M." end there, "J. Doe" does not.</summary>
    private static bool IsSpelled(string text, int letter) =>
        letter >= 2 && (text[letter - 2] is ',' or ';' || (char.IsAsciiLetterUpper(text[letter - 2]) && (letter == 2 || text[letter - 3] == ' ')));
}

using System.Globalization;
using System.Text;

namespace AsteriskVoiceAi.Engines.SentenceEncoder;

/// <summary>A text as the words that WordPiece cuts up: without control characters and accents, in lower case, punctuation apart.</summary>
internal static class PieceWords
{
    /// <summary>Ideographs, each a word of its own; kana and hangul are not.</summary>
    private static readonly (int First, int Last)[] Ideographs =
    [
        (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
    ];

    public static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in (Ascii.IsValid(text) ? text : WithoutAccents(text)).EnumerateRunes())
        {
            if (IsDropped(rune))
                continue;
            var isApart = IsPunctuation(rune) || IsIdeograph(rune);
            if ((isApart || Rune.IsWhiteSpace(rune)) && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
            if (isApart)
                yield return rune.ToString();
            else if (!Rune.IsWhiteSpace(rune))
                word.Append(Rune.ToLowerInvariant(rune).ToString());
        }
        if (word.Length > 0)
            yield return word.ToString();
    }

    /// <summary>Canonical decomposition only: ligatures and fractions stay. Case comes after it, which makes a Turkish I right.</summary>
    private static string WithoutAccents(string text)
    {
        var kept = new StringBuilder(text.Length);
        // A lone surrogate becomes U+FFFD as a rune, which is dropped.
        foreach (var rune in text.EnumerateRunes().Where(rune => !IsDropped(rune)))
            Accents.AppendBase(rune, kept);
        return kept.ToString();
    }

    private static bool IsDropped(Rune rune) =>
        rune.Value is 0 or 0xFFFD
        || (rune.Value is not ('\t' or '\n' or '\r')
            && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate);

    /// <summary>All ASCII signs, with $, + and ~; of the others what Unicode calls punctuation, so not the pound sign.</summary>
    private static bool IsPunctuation(Rune rune) =>
        rune.IsAscii ? rune.Value > ' ' && !Rune.IsLetterOrDigit(rune) : Rune.IsPunctuation(rune);

    private static bool IsIdeograph(Rune rune) =>
        rune.Value >= 0x3400 && Array.Exists(Ideographs, range => rune.Value >= range.First && rune.Value <= range.Last);
}

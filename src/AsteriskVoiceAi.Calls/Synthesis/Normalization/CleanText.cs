using System.Globalization;
using System.Text;

namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

/// <summary>Takes out of a text what nobody can say: control characters, emoji, marks of direction, halves of characters.</summary>
internal static class CleanText
{
    /// <summary>Signs from here on are arrows, boxes and pictures; those before are ©, ™, ° and their like.</summary>
    private const int FirstPicture = 0x2190;

    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>One line; blanks are folded.</summary>
    public static string Of(string text)
    {
        var clean = new StringBuilder(text.Length);
        var afterLetter = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (IsUnsaid(rune, category, afterLetter))
                continue;
            if (Rune.IsWhiteSpace(rune) || IsPicture(rune, category) || category is UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                    clean.Append(' ');
                afterLetter = false;
                continue;
            }
            clean.Append(rune.ToString());
            afterLetter = Rune.IsLetter(rune) || category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
        }
        return clean.ToString().TrimEnd();
    }

    /// <summary>What only changes how its neighbours look. Joiners inside of words belong to Persian and Indic spelling.</summary>
    private static bool IsUnsaid(Rune rune, UnicodeCategory category, bool afterLetter) =>
        category is UnicodeCategory.EnclosingMark
        || rune.Value is >= 0xFE00 and <= 0xFE0F
        || (category is UnicodeCategory.Format && !(afterLetter && rune.Value is ZeroWidthNonJoiner or ZeroWidthJoiner));

    private static bool IsPicture(Rune rune, UnicodeCategory category) =>
        (category == UnicodeCategory.OtherSymbol && rune.Value >= FirstPicture) || rune.Value is >= 0x1F3FB and <= 0x1F3FF;
}

namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

/// <summary>Digits and characters one by one, with pauses where a listener who writes along needs them.</summary>
internal static class SpokenDigits
{
    /// <summary>Every digit, without a pause.</summary>
    public static string Each(string digits, SpokenLanguage language) => string.Join(' ', digits.Select(digit => language.Digits[digit - '0']));

    /// <summary>In groups of three and four, with a pause between them.</summary>
    public static string Grouped(string digits, SpokenLanguage language)
    {
        List<string> groups = [];
        for (var at = 0; at < digits.Length;)
        {
            var length = GroupLength(digits.Length - at);
            groups.Add(Each(digits.Substring(at, length), language));
            at += length;
        }
        return string.Join(", ", groups);
    }

    /// <summary>A telephone number: in the groups that it is written in, else in our own.</summary>
    public static string Telephone(string written, SpokenLanguage language)
    {
        var plus = written.TrimStart().StartsWith('+') ? language.Symbols.Plus + " " : "";
        var groups = Groups(written);
        return plus + (groups.Count == 1 ? Grouped(groups[0], language) : string.Join(", ", groups.Select(group => group.Length > 5 ? Grouped(group, language) : Each(group, language))));
    }

    /// <summary>
    /// Letter by letter, with a pause after each and a longer one where the text has a blank or a mark. Letters are written as capitals:
    /// that is what every engine takes for the name of a letter.
    /// </summary>
    /// <param name="language">Null = of a language that we have no words for: digits stay figures.</param>
    public static string Characters(string text, SpokenLanguage? language)
    {
        var words = new System.Text.StringBuilder();
        var pause = "";
        foreach (var rune in text.EnumerateRunes())
        {
            if (System.Text.Rune.IsLetterOrDigit(rune))
            {
                words.Append(pause).Append(language is not null && rune.Value is >= '0' and <= '9' ? language.Digits[rune.Value - '0'] : System.Text.Rune.ToUpperInvariant(rune).ToString());
                pause = ", ";
            }
            else if (Name(rune, language?.Symbols) is { } sign)
            {
                words.Append(pause).Append(sign);
                pause = ", ";
            }
            else if (words.Length > 0)
                pause = "; ";
        }
        return words.ToString();
    }

    public static int Count(string text) => text.Count(char.IsAsciiDigit);

    /// <summary>4 = 4, 5 = 2 + 3, 7 = 3 + 4, 8 = 4 + 4, 10 = 3 + 3 + 4, 16 = 4 × 4.</summary>
    private static int GroupLength(int left) => left switch
    {
        <= 4 => left,
        5 => 2,
        _ when left % 4 == 0 => 4,
        _ => 3,
    };

    private static List<string> Groups(string written)
    {
        List<string> groups = [];
        for (var at = 0; at < written.Length; at++)
        {
            var start = at;
            while (at < written.Length && char.IsAsciiDigit(written[at]))
                at++;
            if (at > start)
                groups.Add(written[start..at]);
        }
        return groups;
    }

    private static string? Name(System.Text.Rune rune, SymbolWords? symbols) => (char)rune.Value switch
    {
        '@' => symbols?.At,
        '_' => symbols?.Underscore,
        '+' => symbols?.Plus,
        '#' => symbols?.Hash,
        '*' => symbols?.Star,
        '&' => symbols?.And,
        _ => null,
    };
}

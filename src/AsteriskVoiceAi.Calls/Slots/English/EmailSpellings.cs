using System.Text;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Letters said one by one in an e-mail address, as words; those that only tell how a word before them is written count once.</summary>
internal static class EmailSpellings
{
    /// <summary>Shorter ones are initials.</summary>
    public const int ShortestWord = 3;

    /// <summary>Stands where letters and words contradict each other: no address holds it.</summary>
    public static readonly Token Doubtful = new("?", "?", TokenKind.Sign, false, false);

    /// <summary>So many names of the radio alphabet are letters; fewer may be names: oscar, mike.</summary>
    private const int FewestNato = 3;

    /// <summary>"Zed as in zebra" is a letter, "bell as in church bell" a word.</summary>
    private const int LongestLetterName = 3;

    private static readonly HashSet<string> Links = new("that's spelled spelt spelling which is that so as it's with".Split(' '), StringComparer.Ordinal);

    /// <summary>"Moore m o o r e", "mike, M-I-K-E", "w w double o d".</summary>
    public static List<Token> Joined(IReadOnlyList<Token> tokens)
    {
        var kept = new List<Token>(tokens.Count);
        for (var at = 0; at < tokens.Count;)
        {
            // "Oscar mike at", "charlie delta at": names, words or letters.
            if (!kept.Exists(EmailParts.IsAt) && NatoEnd(tokens, at) == at + 2 && tokens[at].Text != tokens[at + 1].Text)
            {
                kept.Add(Doubtful);
                at += 2;
                continue;
            }
            if (Run(tokens, at) is not var (letters, next))
            {
                kept.Add(tokens[at++]);
                continue;
            }
            Append(kept, letters, tokens[at].IsAfterStop);
            at = letters.Length >= ShortestWord ? AfterAgain(tokens, next, letters) : next;
        }
        return kept;
    }

    /// <summary>Said letter by letter, as <see cref="Joined"/> writes it.</summary>
    public static bool IsSpelled(Token token) => token.Kind == TokenKind.Word && token.Raw.Length > 2 * (ShortestWord - 1) && token.Raw.Contains('-', StringComparison.Ordinal);

    /// <summary>Whether one is likely to be the other, misheard.</summary>
    public static bool AreAlike(string one, string other) =>
        one.Length > 0 && other.Length > 0 && (one[0] == other[0] || Math.Min(one.Length, other.Length) > 5) && EditDistance.Between(one, other) <= Math.Max(1, Math.Max(one.Length, other.Length) * 2 / 5);

    /// <summary>Letters that follow each other, or one that is told by a word; null = none.</summary>
    private static (string Letters, int Next)? Run(IReadOnlyList<Token> tokens, int at)
    {
        if (Nato(tokens, at) is { } nato)
            return nato;
        var letters = new StringBuilder();
        var next = at;
        var isHyphenated = IsHyphenated(tokens, at);
        while (next < tokens.Count)
        {
            var from = isHyphenated && letters.Length > 0 && IsHyphen(tokens, next) ? next + 1 : next;
            if (letters.Length > 0 && tokens[from].Text == "oh" && from + 1 < tokens.Count && tokens[from + 1].IsLetter)
            {
                letters.Append('o');
                next = from + 1;
                continue;
            }
            if (!BeginsLetter(tokens, from) || Letters.At(tokens, from, isName: false) is not var (text, end, _))
                break;
            letters.Append(text.ToLowerInvariant());
            next = end;
        }
        // "Double o" among letters is oo, alone it is 00.
        var isZeros = Words.Repeats.ContainsKey(tokens[at].Text) && tokens.WordAt(at + 1) == "o" && next == at + 2;
        return next > at + 1 && !isZeros ? (letters.ToString(), next) : null;
    }

    private static bool BeginsLetter(IReadOnlyList<Token> tokens, int at) =>
        tokens[at].IsLetter || (at + 1 < tokens.Count && Words.Repeats.ContainsKey(tokens[at].Text) && tokens[at + 1].IsLetter) || (at + 3 < tokens.Count && tokens[at].Text.Length <= LongestLetterName && tokens.Follows(at + 1, "as", "in"));

    /// <summary>"M-i-k-e": three letters and more; the hyphens of "j-d-smith" belong to it.</summary>
    private static bool IsHyphenated(IReadOnlyList<Token> tokens, int at)
    {
        var (next, count) = (at, 0);
        for (; next < tokens.Count && (tokens[next].IsLetter || Words.Repeats.ContainsKey(tokens[next].Text)); count++)
            next += IsHyphen(tokens, next + 1) ? 2 : 1;
        return count >= ShortestWord && !IsHyphen(tokens, next - 1);
    }

    private static bool IsHyphen(IReadOnlyList<Token> tokens, int at) => at < tokens.Count - 1 && tokens[at] is { Text: "-", Glued: true } && tokens[at + 1].Glued;

    private static (string Letters, int Next)? Nato(IReadOnlyList<Token> tokens, int at)
    {
        var next = NatoEnd(tokens, at);
        return next - at >= FewestNato ? (string.Concat(tokens.Skip(at).Take(next - at).Select(token => token.Text[0])), next) : null;
    }

    private static int NatoEnd(IReadOnlyList<Token> tokens, int at)
    {
        while (at < tokens.Count && Letters.IsNato(tokens[at].Text))
            at++;
        return at;
    }

    /// <summary>Letters that spell the words before them take their place.</summary>
    private static void Append(List<Token> kept, string letters, bool isAfterStop)
    {
        var spelled = new Token(letters, string.Join('-', letters.AsEnumerable()), TokenKind.Word, false, isAfterStop);
        var last = kept.Count;
        while (last > 0 && Links.Contains(kept[last - 1].Text))
            last--;
        for (var count = 1; count <= Math.Min(3, last) && kept[last - count].Kind == TokenKind.Word && letters.Length >= ShortestWord; count++)
        {
            var words = string.Concat(kept.Skip(last - count).Take(count).Select(token => token.Text));
            if (words != letters && !(count == 1 && AreAlike(words, letters)))
                continue;
            spelled = spelled with { IsAfterStop = kept[last - count].IsAfterStop };
            kept.RemoveRange(last - count, kept.Count - last + count);
            break;
        }
        // "Katy spelled k a t i e"; a word with another beginning was not meant.
        if (last < kept.Count && last > 0 && kept.Skip(last).Any(token => token.Text is "spelled" or "spelt"))
        {
            spelled = kept[last - 1].Text[0] == letters[0] ? spelled with { IsAfterStop = kept[last - 1].IsAfterStop } : Doubtful;
            kept.RemoveRange(last - 1, kept.Count - last + 1);
        }
        // "T baker, t for tango": told about a letter that was said.
        else if (letters.Length == 1 && kept.Exists(token => token.Text == letters))
        {
            if (isAfterStop)
                return;
            spelled = Doubtful;
        }
        // "Dunn double n".
        if (letters.Length == 2 && letters[0] == letters[1] && kept.Count > 0 && kept[^1].Text.Length >= ShortestWord && kept[^1].Text.Contains(letters, StringComparison.Ordinal))
            return;
        kept.Add(spelled);
    }

    /// <summary>"M o o r e, moore": where what was spelled and is said again ends.</summary>
    private static int AfterAgain(IReadOnlyList<Token> tokens, int at, string letters)
    {
        var from = at;
        while (from < tokens.Count && Links.Contains(tokens[from].Text))
            from++;
        var words = new StringBuilder();
        for (var next = from; next < Math.Min(tokens.Count, from + 3) && tokens[next].Kind == TokenKind.Word && Run(tokens, next) is null; next++)
        {
            words.Append(tokens[next].Text);
            if (words.Equals(letters) || (next == from && words.Length >= ShortestWord && AreAlike(words.ToString(), letters)))
                return next + 1;
        }
        return at;
    }
}

using System.Text;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Names that are spelled: "c l a r k e", "w e double b", "o apostrophe b r i e n".</summary>
internal static class SpellingReader
{
    private static readonly HashSet<string> LeadIns = new("spell spelled spelt spelling surname letters written goes as way full middle maiden family given her his".Split(' '), StringComparer.Ordinal);

    /// <summary>What a letter is heard as is no longer.</summary>
    private const int LongestMisheard = 4;

    /// <summary>No name ends in so many letters twice; nor is it fewer that are words as well: "are you okay".</summary>
    private const int ShortName = 3;

    public static SlotReading? Read(IReadOnlyList<Token> tokens)
    {
        // "A n n no e" takes no letter back, "m a r k no c" takes one.
        if (tokens.Count > 2 && tokens[^2].Text == "no" && tokens[^1] is { IsLetter: true, IsAfterStop: false } && !tokens.SkipLast(1).Any(token => token.Text == tokens[^1].Text))
            return null;
        if (Corrections.Read(LetterCounts.Without(SpellingRemarks.WithoutHints(SpellingRemarks.WithoutCapitals(SpellingRemarks.WithoutAccents(tokens)))), ReadPiece) is not var (name, confidence))
            return null;
        name = name.Trim(' ', '-', '\'');
        // "A h m e d, yep, a h m e d", "a l l a n, double l a n".
        for (var length = name.Length / 2; length >= ShortName; length--)
        {
            if (name.EndsWith(name[^(2 * length)..^length], StringComparison.Ordinal))
                return new SlotReading(name[..^length], SlotReading.Guessed);
        }
        var isSentence = name.Length <= ShortName && confidence < SlotReading.Clear && !tokens.Any(token => (token.IsLetter && !Letters.MayBeWord(token)) || Letters.IsNato(token.Text));
        return name.Length < 2 || isSentence ? null : new SlotReading(name, confidence);
    }

    private static (string Name, double Confidence)? ReadPiece(List<Token> tokens)
    {
        while (tokens.Count > 0 && (tokens[^1].Kind == TokenKind.Sign || tokens[^1].Text is "thanks" or "please" || tokens.Follows(tokens.Count - 2, "thank", "you")))
            tokens = tokens[..^(tokens[^1].Text == "you" ? 2 : 1)];
        var name = new StringBuilder();
        var confidence = SlotReading.Clear;
        for (var at = 0; at < tokens.Count;)
        {
            if (Mark(tokens, at) is var (sign, after) && name.Length > 0)
            {
                name.Append(sign);
                at = after;
                continue;
            }
            var token = tokens[at];
            var isSpelled = name.Length > 0 || Begins(tokens, at);
            // "They double b y" lacks its first letter.
            if (isSpelled && name.Length == 0 && !MayLeadUp(tokens, at))
                return null;
            // "O'B-R-I-E-N".
            if (name.Length == 0 && token is { Kind: TokenKind.Word, Text: [_, '\'', _] and not ['i', ..] })
            {
                name.Append(token.Text.ToUpperInvariant());
                at++;
                continue;
            }
            if (isSpelled && token.Text is "oh" or "o" && !Letters.IsSpelledO(tokens, at))
            {
                name.Append('O');
                at++;
                continue;
            }
            if (isSpelled && !IsFiller(tokens, at) && Letters.At(tokens, at) is var (text, next, sure))
            {
                name.Append(text);
                confidence = Math.Min(confidence, sure);
                at = next;
                continue;
            }
            // "M-C, D-O-N, ALD", "K-ER": letters of a spelling run together.
            if (IsRunTogether(tokens, at, isBegun: name.Length > 0))
            {
                name.Append(token.Raw.ToUpperInvariant());
                confidence = Math.Min(confidence, SlotReading.Likely);
                at++;
                continue;
            }
            // "SMITH": letters said one by one, written as one word in capitals.
            if (name.Length == 0 && token.Kind == TokenKind.Word && token.Raw.Length >= 2 && token.Raw.All(char.IsAsciiLetterUpper) && tokens.Count <= 3 && !Words.Carriers.Contains(token.Text))
            {
                name.Append(token.Raw);
                at++;
                continue;
            }
            at++;
            // "B at a n": a letter before was lost.
            if (name.Length == 0 && token.IsLetter && token.Text is not ("a" or "i"))
                return null;
            if (token.Kind == TokenKind.Sign || name.Length == 0 || Words.Fillers.Contains(token.Text))
                continue;
            // "S m y t h e, smythe with a y": what was spelled, said.
            if (string.Equals(token.Text, name.ToString(), StringComparison.OrdinalIgnoreCase))
                return (name.ToString(), confidence);
            // "…, with a y", "…, that's adams": a remark about what was spelled.
            if (name.Length < 3 || (token.Text != "with" && (Enumerable.Range(at - 1, tokens.Count - at + 1).Any(left => tokens[left].IsLetter || Letters.At(tokens, left) is not null) || !tokens.Exists(said => said.IsLetter))))
                return null;
            return IsMore(tokens, at, name.ToString()) ? null : (name.ToString(), SlotReading.Likely);
        }
        return (name.ToString(), confidence);
    }

    /// <summary>"B j o with a line through it r k": letters after the remark that the name does not have yet.</summary>
    private static bool IsMore(List<Token> tokens, int from, string name)
    {
        for (var at = from; at + 1 < tokens.Count; at++)
        {
            if (tokens[at].IsLetter && tokens[at].Text is not ("a" or "i") && tokens[at + 1].IsLetter && !name.Contains(tokens[at].Text + tokens[at + 1].Text, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private static (char Sign, int Next)? Mark(List<Token> tokens, int at) => tokens[at].Text switch
    {
        "apostrophe" => ('\'', at + 1),
        "hyphen" or "dash" => ('-', at + 1),
        "space" => (' ', at + 1),
        "new" when tokens.WordAt(at + 1) == "word" => (' ', at + 2),
        _ => null,
    };

    /// <summary>"It's clarke, c l a r k e": the spelling begins where letters follow each other.</summary>
    private static bool Begins(List<Token> tokens, int at)
    {
        if (Letters.At(tokens, at) is not var (_, next, _) && !(tokens[at].Text is "oh"))
            return false;
        var after = tokens[at].Text is "oh" ? at + 1 : Letters.At(tokens, at)!.Value.Next;
        while (after < tokens.Count && (tokens[after].Kind == TokenKind.Sign || IsFiller(tokens, after)))
            after++;
        return after >= tokens.Count ? tokens[at].IsLetter || after - at > 1 : Letters.At(tokens, after) is not null || Mark(tokens, after) is not null || tokens[after].Text is "oh" || Words.Repeats.ContainsKey(tokens[after].Text);
    }

    /// <summary>Whether the word before the spelling is no letter misheard: "is", "name", a hesitation, or the name itself.</summary>
    private static bool MayLeadUp(List<Token> tokens, int at)
    {
        var last = at - 1;
        while (last >= 0 && tokens[last].Kind == TokenKind.Sign)
            last--;
        if (last < 0)
            return true;
        var before = tokens[last].Text;
        // "Just how it sounds, b a k e r".
        if (tokens[at].IsAfterStop && before.Length > LongestMisheard && tokens[at].IsLetter)
            return true;
        return before != "the" && (Words.Fillers.Contains(before) || Words.Carriers.Contains(before) || LeadIns.Contains(before) || before[0] == Letters.At(tokens, at)?.Text.ToLowerInvariant()[0]);
    }

    private static bool IsRunTogether(List<Token> tokens, int at, bool isBegun)
    {
        if (tokens[at] is not { Kind: TokenKind.Word, Raw: { Length: 2 or 3 or 4 } raw })
            return false;
        var isUpper = raw.All(char.IsAsciiLetterUpper);
        return isBegun ? isUpper || (tokens[at].Text == "er" && at == tokens.Count - 1) : at > 0 && Letters.IsSize(tokens[at - 1].Text) && (isUpper || tokens[at].Text == "mc");
    }

    private static bool IsFiller(List<Token> tokens, int at) => tokens[at].Text.Length > 1 && Words.Fillers.Contains(tokens[at].Text);
}

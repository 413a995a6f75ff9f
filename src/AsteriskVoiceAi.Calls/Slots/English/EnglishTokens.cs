namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>An answer's words as the readers of a type need them, however a recogniser joined them by hyphens.</summary>
internal static class EnglishTokens
{
    /// <summary>Shorter ones are said three times: "no no no".</summary>
    private const int LongWord = 6;

    public static List<Token> For(SlotType type, List<Token> tokens) => type switch
    {
        SlotType.Date or SlotType.Time or SlotType.DateTime or SlotType.Duration or SlotType.Money or SlotType.Number or SlotType.Percent or SlotType.Ordinal or SlotType.Expiry => AsNumbers(type, WithoutHyphens(tokens)),
        SlotType.Digits or SlotType.Phone or SlotType.Alnum or SlotType.Spelled => WithRepeatsJoined(WithCopulas(tokens)),
        _ => tokens,
    };

    /// <summary>"Pounds ounces ounces ounces": a recogniser that lost its way. "Eleven eleven eleven" and "charlie charlie charlie" are values.</summary>
    public static bool IsStuck(List<Token> tokens)
    {
        for (var at = 2; at < tokens.Count; at++)
        {
            var word = tokens[at];
            if (word.Kind == TokenKind.Word && word.Text.Length >= LongWord && tokens[at - 1].Text == word.Text && tokens[at - 2].Text == word.Text && !DigitsReader.BeginsDigits(word) && !Letters.IsNato(word.Text))
                return true;
        }
        return false;
    }

    private static List<Token> AsNumbers(SlotType type, List<Token> tokens)
    {
        var counted = type is SlotType.Ordinal or SlotType.Number ? WithPronouns(tokens) : tokens;
        return counted.Exists(token => Words.SoundsLikeDigit(token.Text) is not null) ? SoundAlikes.AsNumbers(type, counted) : counted;
    }

    /// <summary>"The second 1": a recogniser's figure for "one".</summary>
    private static List<Token> WithPronouns(List<Token> tokens) =>
        [.. tokens.Select((token, at) => token.Text == "1" && at > 0 && (OrdinalReader.OrdinalAt(tokens, at - 1) is not null || PlaceMentions.IsLast(tokens[at - 1].Text)) ? token with { Text = "one", Raw = "one", Kind = TokenKind.Word } : token)];

    /// <summary>"Half-past", "3-quarters", "twenty-five": without the hyphens between words, as numbers need them.</summary>
    private static List<Token> WithoutHyphens(List<Token> tokens) =>
        [.. tokens.Where((token, i) => !(IsHyphen(tokens, i) && i + 1 < tokens.Count && tokens[i + 1] is { Kind: TokenKind.Word, Glued: true } && tokens[i - 1].Kind is TokenKind.Word or TokenKind.Figure))];

    /// <summary>"My pin's …", "policy number's …": with "is", as they are said otherwise.</summary>
    private static List<Token> WithCopulas(List<Token> tokens) =>
        [.. tokens.SelectMany(token => NamesValue(token) ? [token with { Text = token.Text[..^2], Raw = token.Raw[..^2] }, new Token("is", "is", TokenKind.Word, false, false)] : (Token[])[token])];

    private static bool NamesValue(Token token) =>
        token is { Kind: TokenKind.Word, Text: [_, _, .., '\'', 's'] text } && Words.Carriers.Contains(text[..^2]) && !Words.Fillers.Contains(text) && !Words.Carriers.Contains(text);

    /// <summary>"5-double-2", "m-c-capital-d": the hyphen after a word about the next character means nothing. "X-ray" is one word, "double-barrelled" no letter.</summary>
    private static List<Token> WithRepeatsJoined(List<Token> tokens)
    {
        var joined = new List<Token>(tokens.Count);
        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens.Follows(at, "x", "-", "ray") || tokens.Follows(at, "x", "ray"))
            {
                joined.Add(tokens[at] with { Text = "xray", Raw = "xray" });
                at += tokens[at + 1].Text == "-" ? 2 : 1;
                continue;
            }
            var barrelled = tokens[at].Text == "double" ? (tokens.WordAt(at + 1) == "-" ? at + 2 : at + 1) : tokens.Count;
            if (tokens.WordAt(barrelled) is "barrelled" or "barreled" or "barrel")
                at = barrelled;
            else if (!(IsHyphen(tokens, at) && (Words.Repeats.ContainsKey(tokens[at - 1].Text) || Letters.IsSize(tokens[at - 1].Text))))
                joined.Add(tokens[at]);
        }
        return joined;
    }

    private static bool IsHyphen(List<Token> tokens, int at) => at > 0 && tokens[at] is { Text: "-", Glued: true };
}

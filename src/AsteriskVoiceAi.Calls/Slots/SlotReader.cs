namespace AsteriskVoiceAi.Calls.Slots;

/// <summary>
/// Reads the value out of what a caller answered. A wrong value is worse than none, since a prompt can ask again: words that do not fit
/// make no value. Never throws, whatever the text. Thread-safe.
/// </summary>
public static class SlotReader
{
    /// <summary>More than a caller says in an answer; bounds the work.</summary>
    private const int MaxText = 600;

    /// <returns>Null = the text holds no such value.</returns>
    public static SlotReading? Read(SlotQuestion question, string text)
    {
        var cut = text.Length <= MaxText ? text : text[..MaxText];
        if (question.Type == SlotType.Text)
            return string.IsNullOrWhiteSpace(cut) ? null : new SlotReading(string.Join(' ', cut.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), SlotReading.Clear);
        var tokens = Tokens(question.Type, cut);
        if (tokens.Count == 0 || IsStuck(tokens))
            return null;
        var language = SlotLanguage.For(question.Locale);
        var reading = language.Read(question, tokens, cut);
        return reading is not null && IsEitherOr(language, question, tokens, cut) ? null : reading;
    }

    /// <summary>"Pounds ounces ounces ounces": a recogniser that lost its way.</summary>
    private static bool IsStuck(List<Token> tokens) =>
        Enumerable.Range(2, Math.Max(0, tokens.Count - 2)).Any(at => tokens[at] is { Kind: TokenKind.Word, Text.Length: > 5 } && tokens[at - 1].Text == tokens[at].Text && tokens[at - 2].Text == tokens[at].Text);

    private static List<Token> Tokens(SlotType type, string text)
    {
        var tokens = SpokenTokens.Of(text, isTime: type is SlotType.Time or SlotType.DateTime or SlotType.Date);
        if (IsCounted(type))
            return SpokenTokens.WithoutHyphens(tokens);
        return type is SlotType.Digits or SlotType.Phone or SlotType.Alnum or SlotType.Spelled ? SpokenTokens.WithRepeatsJoined(tokens) : tokens;
    }

    /// <summary>Numbers said as numbers, and not digit by digit.</summary>
    private static bool IsCounted(SlotType type) =>
        type is SlotType.Date or SlotType.Time or SlotType.DateTime or SlotType.Duration or SlotType.Money or SlotType.Number or SlotType.Percent or SlotType.Ordinal or SlotType.Expiry;

    /// <summary>"Saturday or sunday": two values are none.</summary>
    private static bool IsEitherOr(SlotLanguage language, SlotQuestion question, List<Token> tokens, string text)
    {
        if (question.Type is not (SlotType.Date or SlotType.Time or SlotType.DateTime or SlotType.Number or SlotType.Money or SlotType.Duration))
            return false;
        var or = tokens.FindIndex(token => token.IsWord("or"));
        return or > 0 && or + 1 < tokens.Count && language.Read(question, tokens[..or], text) is { } first && language.Read(question, tokens[(or + 1)..], text) is { } second && first.Value != second.Value;
    }
}

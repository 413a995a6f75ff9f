using AsteriskVoiceAi.Calls.Slots.English;

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
        var tokens = SpokenTokens.Of(cut, isTime: question.Type is SlotType.Time or SlotType.DateTime or SlotType.Date);
        if (tokens.Count == 0)
            return null;
        var language = SlotLanguage.For(question.Locale);
        var reading = language.Read(question, tokens, cut);
        return reading is not null && IsEitherOr(language, question, tokens, cut) ? null : reading;
    }

    /// <summary>"Saturday or sunday": two values are none.</summary>
    private static bool IsEitherOr(SlotLanguage language, SlotQuestion question, List<Token> tokens, string text)
    {
        if (question.Type is not (SlotType.Date or SlotType.Time or SlotType.DateTime or SlotType.Number or SlotType.Money or SlotType.Duration))
            return false;
        var or = tokens.FindIndex(token => token.IsWord("or"));
        // "Noon, or, actually, one o'clock" takes the first back.
        if (or > 0 && Corrections.Split(tokens[or..], out _) is [{ Count: 1 }, _, ..])
            return false;
        return or > 0 && or + 1 < tokens.Count && language.Read(question, tokens[..or], text) is { } first && language.Read(question, tokens[(or + 1)..], text) is { } second && first.Value != second.Value;
    }
}

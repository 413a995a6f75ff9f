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
        return SlotLanguage.For(question.Locale).Read(question, tokens, cut);
    }
}

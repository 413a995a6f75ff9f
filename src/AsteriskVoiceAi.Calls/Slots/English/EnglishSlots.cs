namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Every type, as English says it.</summary>
internal sealed class EnglishSlots : SlotLanguage
{
    public override IReadOnlyList<SlotType> Types { get; } = Enum.GetValues<SlotType>();

    public override SlotReading? Read(SlotQuestion question, List<Token> tokens, string text) =>
        ReadAnswer(question, tokens, text) is { } reading && !IsEitherOr(question, tokens, text) ? reading : null;

    private static SlotReading? ReadAnswer(SlotQuestion question, List<Token> tokens, string text) =>
        EnglishTokens.IsStuck(tokens) ? null : ReadWords(question, EnglishTokens.For(question.Type, tokens), text);

    /// <summary>"Saturday or sunday": two values are none.</summary>
    private static bool IsEitherOr(SlotQuestion question, List<Token> tokens, string text)
    {
        if (question.Type is not (SlotType.Date or SlotType.Time or SlotType.DateTime or SlotType.Number or SlotType.Money or SlotType.Duration))
            return false;
        var or = tokens.FindIndex(token => token.IsWord("or"));
        // "Noon, or, actually, one o'clock" takes the first back.
        if (or > 0 && Corrections.Split(tokens[or..], out _) is [{ Count: 1 }, _, ..])
            return false;
        return or > 0 && or + 1 < tokens.Count && ReadAnswer(question, tokens[..or], text) is { } first && ReadAnswer(question, tokens[(or + 1)..], text) is { } second && first.Value != second.Value;
    }

    private static SlotReading? ReadWords(SlotQuestion question, List<Token> tokens, string text)
    {
        var reading = Sentences.Holds(question.Type) ? Sentences.Read(question.Type, tokens, part => ReadType(question, part, text)) : ReadType(question, tokens, text);
        return reading is not null && tokens.Exists(SoundAlikes.IsOne) ? reading with { Confidence = Math.Min(reading.Confidence, SlotReading.Guessed) } : reading;
    }

    private static SlotReading? ReadType(SlotQuestion question, List<Token> tokens, string text) => question.Type switch
    {
        SlotType.Digits => DigitsReader.Read(tokens, question),
        SlotType.Phone => PhoneReader.Read(tokens, question),
        SlotType.Alnum => CodeReader.Read(tokens, question),
        SlotType.Spelled => SpellingReader.Read(tokens),
        SlotType.Name => NameReader.Read(tokens),
        SlotType.Email => EmailReader.Read(tokens),
        SlotType.Date => DateReader.Read(tokens, question),
        SlotType.Time => TimeReader.Read(tokens, question),
        SlotType.DateTime => DateTimeReader.Read(tokens, question),
        SlotType.Duration => DurationReader.Read(tokens),
        SlotType.Money => MoneyReader.Read(tokens),
        SlotType.Number => NumberReader.Read(tokens),
        SlotType.Percent => NumberReader.ReadPercent(tokens),
        SlotType.Ordinal => OrdinalReader.Read(tokens),
        SlotType.YesNo => YesNoAnswer.Read(text, question.Locale),
        SlotType.Expiry => ExpiryReader.Read(tokens, question),
        SlotType.Choice => ChoiceReader.Read(tokens, text, question.Choices),
        _ => throw new ArgumentOutOfRangeException(nameof(question), question.Type, "not a slot type"),
    };
}

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Month and year of a card, or the one of them that was said.</summary>
internal readonly record struct CardDate(int? Month, int? Year)
{
    /// <summary>2028-04; null = no month there is, or a part is missing.</summary>
    public string? Text => Month is >= 1 and <= 12 && Year is >= 2000 and < 2100 ? $"{Year:0000}-{Month:00}" : null;
}

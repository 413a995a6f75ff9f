namespace AsteriskVoiceAi.Calls.Slots;

/// <summary>What is asked for, and all that tells how to read the answer.</summary>
/// <param name="Now">Date and time of the call, where the caller is: "tomorrow" is the day after.</param>
public sealed record SlotQuestion(SlotType Type, DateTime Now)
{
    /// <summary>BCP 47 tag: which language, and which comes first in 5/8, day or month.</summary>
    public string Locale { get; init; } = "en-US";

    /// <summary>Dates without a year lie in the past, as births do.</summary>
    public bool PrefersPast { get; init; }

    /// <summary>For <see cref="SlotType.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What a code is, where that tells more: <c>postcode</c>.</summary>
    public string? Kind { get; init; }

    public SlotRules Rules { get; init; } = SlotRules.None;

    /// <summary>Day before month in dates of figures: everywhere but in the United States.</summary>
    internal bool DayFirst => !Locale.EndsWith("US", StringComparison.OrdinalIgnoreCase) && Locale.Length > 2;
}

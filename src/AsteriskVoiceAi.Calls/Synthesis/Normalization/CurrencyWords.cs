namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

/// <summary>A currency in one language: unit and hundredth, one and many.</summary>
internal sealed record CurrencyWords(string One, string Many, string PartOne, string PartMany)
{
    /// <summary>Whether the unit is feminine ("una libra"); the parts of all known ones are not.</summary>
    public bool IsFeminine { get; init; }
}

namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

/// <summary>A short form and what is said for it.</summary>
internal sealed record Abbreviation(string Written, string Spoken, AbbreviationPlace Place = AbbreviationPlace.Anywhere)
{
    /// <summary>A table in one text: entries between bars, written=spoken.</summary>
    public static IEnumerable<Abbreviation> Table(AbbreviationPlace place, string entries) =>
        entries.Split('|').Select(entry => entry.Split('=')).Select(pair => new Abbreviation(pair[0], pair[1], place));
}

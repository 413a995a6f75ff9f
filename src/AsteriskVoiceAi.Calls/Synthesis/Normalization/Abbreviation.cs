namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

/// <summary>Where an abbreviation stands for its words.</summary>
internal enum AbbreviationPlace
{
    Anywhere,

    /// <summary>Anywhere; its full stop may be the sentence's, too.</summary>
    MayEndSentence,

    /// <summary>Only before a word with a capital: a title.</summary>
    BeforeName,

    BeforeNumber,

    /// <summary>Before a word with a capital and not after one: "at St. Mary's", which is no street.</summary>
    BeforeNameOnly,
}

/// <summary>A short form and what is said for it.</summary>
internal sealed record Abbreviation(string Written, string Spoken, AbbreviationPlace Place = AbbreviationPlace.Anywhere)
{
    /// <summary>A table in one text: entries between bars, written=spoken.</summary>
    public static IEnumerable<Abbreviation> Table(AbbreviationPlace place, string entries) =>
        entries.Split('|').Select(entry => entry.Split('=')).Select(pair => new Abbreviation(pair[0], pair[1], place));
}

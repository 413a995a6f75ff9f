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

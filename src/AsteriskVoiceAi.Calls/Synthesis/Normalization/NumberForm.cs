namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

/// <summary>How a number is said, in languages where what it counts changes it: "uno", "un euro", "una libra".</summary>
internal enum NumberForm
{
    /// <summary>On its own.</summary>
    Alone,

    /// <summary>Before a masculine or neuter noun.</summary>
    Masculine,

    /// <summary>Before a feminine noun.</summary>
    Feminine,
}

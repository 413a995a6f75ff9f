namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>What a gram is made of.</summary>
internal enum GramKind
{
    /// <summary>A word, or two that follow each other.</summary>
    Word,

    /// <summary>Two words that stand near each other, in any order.</summary>
    Pair,

    /// <summary>Letters inside a word.</summary>
    Letters,
}

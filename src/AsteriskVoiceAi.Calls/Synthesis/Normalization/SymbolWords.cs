namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

/// <summary>What signs are called in one language.</summary>
/// <param name="Hash">The key of a telephone, as its users call it.</param>
/// <param name="Range">Between two numbers: "9–5".</param>
internal sealed record SymbolWords(
    string At, string Dot, string Dash, string Underscore, string Slash, string Plus, string And, string Percent, string Point, string Minus, string Hash, string Star, string Range);

using AsteriskVoiceAi.Calls.Slots.English;

namespace AsteriskVoiceAi.Calls.Slots;

/// <summary>Mends a value that was read back by what the caller says is wrong with it: "no, five, not nine".</summary>
internal static class SlotCorrection
{
    /// <returns>The value with the change; null = the words do not say which part is wrong.</returns>
    public static string? Apply(SlotType type, string value, string text)
    {
        if (type is not (SlotType.Digits or SlotType.Phone or SlotType.Alnum or SlotType.Spelled))
            return null;
        var tokens = SpokenTokens.Of(text);
        var not = tokens.FindIndex(token => token.Text == "not");
        if (not <= 0 || not + 1 >= tokens.Count)
            return null;
        var isLetters = type is SlotType.Spelled or SlotType.Alnum;
        var right = Part(tokens[..not], isLetters);
        var wrong = Part(tokens[(not + 1)..], isLetters);
        return Corrections.Exchange(value, wrong, right);
    }

    private static string Part(List<Token> tokens, bool isLetters)
    {
        var kept = tokens.Where(token => token.Text is not ("no" or "it's" or "its" or "a" or "an" or "the" or "that's" or "should" or "be" or "sorry")).ToList();
        if (kept.Count == 0)
            return "";
        var digits = DigitsReader.ReadPiece(kept)?.Digits ?? "";
        return digits.Length > 0 || !isLetters ? digits : string.Concat(kept.Select((_, i) => Letters.At(kept, i)?.Text ?? "").Take(1));
    }
}

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Remarks within numbers and codes: on the part before them, on a zero.</summary>
internal static class CodeRemarks
{
    /// <summary>A longer one is a sentence, and what comes after it another value.</summary>
    private const int LongestRemark = 4;

    /// <summary>Take back what was said before.</summary>
    private static readonly HashSet<string> Denials = new("not wrong old no incorrect mistake sorry".Split(' '), StringComparer.Ordinal);

    /// <summary>"B t nine, that's belfast, five a b": what is left without such remarks may be a value and may be two.</summary>
    public static List<Token> Without(IReadOnlyList<Token> tokens)
    {
        var kept = new List<Token>(tokens.Count);
        for (var at = 0; at < tokens.Count;)
        {
            if (End(tokens, at) is { } end)
                at = end;
            else
                kept.Add(tokens[at++]);
        }
        return kept;
    }

    /// <summary>"Zero the number not the letter" is zero; said after a zero, "that's zero the number not the letter" is none of its own.</summary>
    public static List<Token> WithPlainZeros(IReadOnlyList<Token> tokens)
    {
        var kept = new List<Token>(tokens.Count);
        for (var at = 0; at < tokens.Count;)
        {
            if (kept.Count == 0 || !Words.IsZero(kept[^1].Text) || tokens.WordAt(at + 1) is not ("number" or "digit" or "figure") || !tokens.Follows(at, "the", tokens[at + 1].Text, "not", "the", "letter"))
            {
                kept.Add(tokens[at++]);
                continue;
            }
            at += tokens.WordAt(at + 5) is "o" or "oh" ? 6 : 5;
            kept[^1] = kept[^1] with { Text = "zero", Raw = "zero" };
            if (kept.Count > 1 && kept[^2].Text == "that's" && kept.SkipLast(2).Any(token => Words.IsZero(token.Text) || (token.Kind != TokenKind.Word && token.Text.Contains('0', StringComparison.Ordinal))))
                kept.RemoveRange(kept.Count - 2, 2);
        }
        return kept;
    }

    /// <summary>Where a remark that begins at a place ends, with a part of the value before it and one after it.</summary>
    private static int? End(IReadOnlyList<Token> tokens, int at)
    {
        var from = tokens[at].Text == "that's" ? at + 1 : tokens.Follows(at, "that", "is") || tokens.Follows(at, "which", "is") ? at + 2 : at;
        if (from == at || at == 0 || !IsPart(tokens[at - 1]))
            return null;
        var end = from;
        while (end < tokens.Count && tokens[end].Kind == TokenKind.Word && !IsPart(tokens[end]) && !Denials.Contains(tokens[end].Text))
            end++;
        var isRemark = end - from is > 0 and <= LongestRemark && tokens[end - 1].Text is not ("a" or "i") && tokens.Take(end).Skip(from).Any(token => !Words.Fillers.Contains(token.Text));
        return isRemark && end < tokens.Count && IsPart(tokens[end]) ? end : null;
    }

    /// <summary>A digit, letter or group of them.</summary>
    private static bool IsPart(Token token) =>
        token.Kind == TokenKind.Mixed || DigitsReader.BeginsDigits(token) || (token.IsLetter && token.Text is not ("a" or "i")) || Letters.IsNato(token.Text);
}

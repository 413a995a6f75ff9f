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
            if (End(tokens, at) is { } end && end < tokens.Count)
                at = end;
            else
                kept.Add(tokens[at++]);
        }
        return kept;
    }

    /// <summary>"…, five a b, that's belfast".</summary>
    public static IReadOnlyList<Token> WithoutLast(IReadOnlyList<Token> tokens)
    {
        for (var at = tokens.Count - 2; at >= Math.Max(1, tokens.Count - LongestRemark - 2); at--)
        {
            if (End(tokens, at) == tokens.Count)
                return [.. tokens.Take(at)];
        }
        return tokens;
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
            var hasZero = kept.SkipLast(1).Any(token => Words.IsZero(token.Text) || (token.Kind != TokenKind.Word && token.Text.Contains('0', StringComparison.Ordinal)));
            var isRemark = hasZero && kept[^2].Text == "that's";
            // "K zero, zero the number not the letter": one or two.
            if (hasZero && !isRemark && kept[^1].IsAfterStop)
                return [];
            at += tokens.WordAt(at + 5) is "o" or "oh" ? 6 : 5;
            kept[^1] = kept[^1] with { Text = "zero", Raw = "zero" };
            if (isRemark)
                kept.RemoveRange(kept.Count - 2, 2);
        }
        return kept;
    }

    /// <summary>Where a remark that begins at a place ends: between two parts of the value, or behind it.</summary>
    private static int? End(IReadOnlyList<Token> tokens, int at)
    {
        var from = tokens[at].Text == "that's" ? at + 1 : tokens.Follows(at, "that", "is") || tokens.Follows(at, "which", "is") ? at + 2 : at;
        if (from == at || !IsAfterPart(tokens, at))
            return null;
        var end = from;
        while (end < tokens.Count && tokens[end].Kind == TokenKind.Word && !IsPart(tokens[end]) && !Denials.Contains(tokens[end].Text))
            end++;
        var isRemark = end - from is > 0 and <= LongestRemark && tokens[end - 1].Text is not ("a" or "i") && tokens.Take(end).Skip(from).Any(token => !Words.Fillers.Contains(token.Text));
        return isRemark && (end == tokens.Count || IsPart(tokens[end])) ? end : null;
    }

    /// <summary>Whether a part of a value is right before.</summary>
    public static bool IsAfterPart(IReadOnlyList<Token> tokens, int at)
    {
        var before = at - 1;
        while (before > 0 && (tokens[before].Kind == TokenKind.Sign || Words.Fillers.Contains(tokens[before].Text)))
            before--;
        return before >= 0 && (IsPart(tokens[before]) || tokens[before].IsLetter);
    }

    /// <summary>A digit, letter or group of them.</summary>
    private static bool IsPart(Token token) =>
        token.Kind == TokenKind.Mixed || DigitsReader.BeginsDigits(token) || (token.IsLetter && token.Text is not ("a" or "i")) || Letters.IsNato(token.Text);
}

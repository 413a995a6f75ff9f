namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>What is said about the letters of a name that is spelled.</summary>
internal static class SpellingRemarks
{
    /// <summary>Words for what is set over or under a letter.</summary>
    private static readonly HashSet<string> Accents = new("umlaut umlauts accent acute grave circumflex tilde cedilla diaeresis dots stroke slash ring hat".Split(' '), StringComparer.Ordinal);

    /// <summary>"U with an umlaut", "e acute", "o with two dots": the letter is what counts.</summary>
    public static List<Token> WithoutAccents(IReadOnlyList<Token> tokens)
    {
        var kept = new List<Token>(tokens.Count);
        for (var at = 0; at < tokens.Count; at++)
        {
            var accent = at;
            while (accent < tokens.Count && accent < at + 4 && tokens[accent].Text is "with" or "an" or "a" or "two" or "the")
                accent++;
            var isOfLetter = kept.Count > 0 && kept[^1].IsLetter && Accents.Contains(tokens.WordAt(accent)) && (accent == at || tokens[at].Text == "with");
            if (!isOfLetter)
                kept.Add(tokens[at]);
            else
                at = Accents.Contains(tokens.WordAt(accent + 1)) ? accent + 1 : accent;
        }
        return kept;
    }

    /// <summary>"It's gray with an a, not an e, g r a y": what is told about a name before it is spelled.</summary>
    public static List<Token> WithoutHints(List<Token> tokens)
    {
        var kept = new List<Token>(tokens.Count);
        for (var at = 0; at < tokens.Count; at++)
        {
            var isHint = tokens[at].Text is "with" or "not" or "without" && tokens.WordAt(at + 1) is "a" or "an" && at + 2 < tokens.Count && tokens[at + 2].IsLetter && tokens.Skip(at + 3).Count(token => token.IsLetter) > 2;
            if (isHint)
                at += 2;
            else
                kept.Add(tokens[at]);
        }
        return kept;
    }

    /// <summary>"M c d o n a l d, capital m, capital d": no name ends in capitals, if it has them.</summary>
    public static List<Token> WithoutCapitals(List<Token> tokens)
    {
        var end = tokens.Count;
        while (end > 1 && tokens[end - 1].IsLetter && Letters.IsSize(tokens[end - 2].Text))
            end -= 2;
        var name = tokens[..end];
        var isRemark = end < tokens.Count && tokens[end].IsAfterStop && tokens.Skip(end).All(token => !token.IsLetter || name.Exists(letter => letter.IsLetter && letter.Text == token.Text));
        return isRemark ? name : tokens;
    }
}

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>A name that is only spelled.</summary>
internal static class NameSpelling
{
    /// <summary>Fewer letters are initials.</summary>
    private const int ShortestSpelling = 3;

    /// <summary>"D e s a i", "kilo hotel alpha november": nothing else is said.</summary>
    public static SlotReading? Read(List<Token> piece)
    {
        var isSpelled = piece.Count(IsSpoken) >= ShortestSpelling && piece.TrueForAll(token => IsSpoken(token) || token.Text == "-" || Words.Repeats.ContainsKey(token.Text) || Words.Fillers.Contains(token.Text));
        return isSpelled && SpellingReader.Read(piece) is { } spelled
            ? new SlotReading(NameWords.Capital(new Token(spelled.Value.ToLowerInvariant(), spelled.Value.ToLowerInvariant(), TokenKind.Word, false, false)), SlotReading.Likely)
            : null;
    }

    private static bool IsSpoken(Token token) => token.IsLetter || Letters.IsNato(token.Text);
}

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Remarks that tell which word was said: "fox, like the animal", "smith as in blacksmith".</summary>
internal static class Likeness
{
    /// <summary>
    /// Where such a remark ends, at a stop or with the answer; the same place = there is none, or it tells more. A word of it that is nearly the
    /// one before tells that this one was misheard: "more, as in demi moore".
    /// </summary>
    public static int End(IReadOnlyList<Token> tokens, int at)
    {
        var isLike = tokens[at].Text == "like" && (tokens[at].IsAfterStop || tokens.WordAt(at + 1) is "the" or "a" or "an");
        if (at == 0 || !(isLike || tokens.Follows(at, "as", "in")))
            return at;
        var word = tokens[at - 1].Text;
        var end = at + 1;
        while (end < tokens.Count && !tokens[end].IsAfterStop)
        {
            if (!IsPlain(tokens[end]) || (tokens[end].Text != word && EmailSpellings.AreAlike(tokens[end].Text, word)))
                return at;
            end++;
        }
        return end;
    }

    private static bool IsPlain(Token token) =>
        token.Kind == TokenKind.Word && (token.Text == "a" || !token.IsLetter) && !EmailParts.IsAt(token) && !EmailParts.IsSign(token) && !Words.Repeats.ContainsKey(token.Text)
        && !EmailParts.IsRefusing(token.Text) && token.Text is not ("with" or "without" or "but" or "no");
}

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>What of an e-mail address is said again in passing, or begun again.</summary>
internal static class EmailStammers
{
    /// <summary>"Emma at at example dot dot com", "sail-dash west": one sign.</summary>
    public static List<Token> WithoutSigns(List<Token> tokens) => [.. tokens.Where((token, at) => at == 0 || !IsAgain(tokens[at - 1], token))];

    /// <summary>"Chris, chris dot morgan", "nina underscore, that's the little line, nina underscore shah": where it begins again; the same place = nowhere.</summary>
    public static int Restart(IReadOnlyList<Token> tokens, int from)
    {
        for (var at = tokens.Count - 1; at > from; at--)
        {
            var stop = Enumerable.Range(from + 1, at - from).FirstOrDefault(place => tokens[place].IsAfterStop, at);
            if (IsBegun(tokens, from, stop, at) && (tokens[at].IsAfterStop || (stop == at && IsBesideSign(tokens, at, at - from))))
                return at;
        }
        return from;
    }

    private static bool IsBegun(IReadOnlyList<Token> tokens, int from, int stop, int again) =>
        again + stop - from <= tokens.Count && Enumerable.Range(0, stop - from).All(i => tokens[from + i].Text == tokens[again + i].Text)
        && tokens.Skip(from).Take(stop - from).Any(EmailParts.IsWord) && !tokens.Skip(stop).Take(again - stop).Any(token => token.Text == EmailSpellings.Doubtful.Text || EmailParts.IsRefusing(token.Text));

    /// <summary>"Ben ben dot harris", "tony dot tony dot bell", but "tom tom at".</summary>
    private static bool IsBesideSign(IReadOnlyList<Token> tokens, int at, int length) =>
        EmailParts.IsSign(tokens[at - 1]) || (at + length < tokens.Count && EmailParts.IsSign(tokens[at + length]));

    private static bool IsAgain(Token before, Token token)
    {
        if (EmailParts.IsAt(before) && EmailParts.IsAt(token))
            return true;
        // "Jill underscore underscore b" has two.
        return EmailParts.Sign(token) is { } sign && EmailParts.Sign(before) == sign && (sign == "." || before.Kind != token.Kind);
    }
}

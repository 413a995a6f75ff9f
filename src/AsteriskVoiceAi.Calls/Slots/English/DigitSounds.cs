namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Tells where a word that sounds like a digit is one: "oh won ate ate", "for to ate won".</summary>
internal static class DigitSounds
{
    /// <summary>Fewer that begin with such a word are the rest of a sentence: "to too", "for one".</summary>
    private const int FewestDigits = 3;

    /// <summary>Said between digits and after them.</summary>
    private static readonly HashSet<string> Pauses = new("um uh er erm ah hmm mm please thanks thank cheers dash hyphen space".Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> Doers = new("i you me a an this that have got can name mine yours his hers".Split(' '), StringComparer.Ordinal);

    /// <summary>Words that were digits and not read: "it starts with for to and ends with nine".</summary>
    public static bool AreLost(IReadOnlyList<Token> tokens, int at) =>
        at + 1 < tokens.Count && Is(tokens[at]) && (Is(tokens[at + 1]) || (IsRare(tokens[at].Text) && (DigitsReader.BeginsDigits(tokens[at + 1]) || IsScale(tokens[at + 1]))));

    /// <summary>Seldom said where a number is asked for.</summary>
    public static bool IsRare(string word) => word is "won" or "ate" or "nein";

    /// <summary>Digits before, and digits or the end after, with other such words between; or digits and nothing else.</summary>
    public static bool IsWithin(IReadOnlyList<Token> tokens, int at)
    {
        var (before, after, first) = (at - 1, at + 1, at);
        for (; before >= 0 && (Is(tokens[before]) || IsPause(tokens, before)); before--)
            first = Is(tokens[before]) ? before : first;
        while (after < tokens.Count && (Is(tokens[after]) || IsPause(tokens, after)))
            after++;
        return before >= 0 && (DigitsReader.BeginsDigits(tokens[before]) || IsScale(tokens[before])) ? after == tokens.Count || DigitsReader.BeginsDigits(tokens[after]) : IsFirst(tokens, first);
    }

    /// <summary>
    /// "Pin is for to nine", "won 800 555": nothing but digits from there on. A single "for" or "to" may lead up to them: "it's for nine nine two".
    /// </summary>
    public static bool IsFirst(IReadOnlyList<Token> tokens, int at)
    {
        if (!Is(tokens[at]) || !MayFollow(tokens, at) || (LeadsUp(tokens[at]) && !(at + 1 < tokens.Count && Is(tokens[at + 1]))))
            return false;
        var said = tokens.Skip(at).Where((token, i) => !IsPause(tokens, at + i) && !Words.Fillers.Contains(token.Text)).ToList();
        return said.TrueForAll(token => Is(token) || DigitsReader.BeginsDigits(token) || IsScale(token)) && !said.TrueForAll(LeadsUp) && said.Sum(token => token.Kind == TokenKind.Figure ? token.Text.Length : 1) >= FewestDigits;
    }

    private static bool Is(Token token) => token.Kind == TokenKind.Word && Words.SoundsLikeDigit(token.Text) is not null;

    private static bool IsScale(Token token) => token.Text is "hundred" or "thousand";

    private static bool LeadsUp(Token token) => token.Text is "for" or "to";

    private static bool IsPause(IReadOnlyList<Token> tokens, int at) => tokens[at].Kind == TokenKind.Sign || Pauses.Contains(tokens[at].Text) || tokens.Follows(at - 1, "thank", "you");

    /// <summary>"It ends in", "my pin"; what "I" or "we" won or ate are no digits.</summary>
    private static bool MayFollow(IReadOnlyList<Token> tokens, int at) =>
        at == 0 || tokens[at].IsAfterStop || tokens[at - 1].Kind == TokenKind.Sign || Words.Fillers.Contains(tokens[at - 1].Text) || tokens[at - 1].Text == "are" || (Words.Carriers.Contains(tokens[at - 1].Text) && !Doers.Contains(tokens[at - 1].Text));
}

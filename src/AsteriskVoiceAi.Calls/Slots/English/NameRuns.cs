namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Words in a row that may be a name.</summary>
/// <param name="From">Place of the first one among the tokens.</param>
/// <param name="To">Place behind the last one.</param>
internal sealed record NameRun(int From, int To, IReadOnlyList<Token> Words, NameLink Link)
{
    /// <summary>Whether this is the other one or a part of it, said again: "Tyler" and "Tyler Jacobsen".</summary>
    public bool IsIn(NameRun other) => IsShortOf(other) || Words.All(word => other.Words.Any(there => there.Text == word.Text));

    /// <summary>"Ben, Benjamin Foster".</summary>
    private bool IsShortOf(NameRun other) => To == other.From && other.Words.Count > 1 && Words is [var only] && NameWords.IsShort(only, other.Words[0]);
}

/// <summary>Finds them: "The booking's under Okonkwo, I think" has one.</summary>
internal static class NameRuns
{
    public const int MostWords = 4;

    private const int MostInitials = 2;

    public static List<NameRun> Of(List<Token> tokens)
    {
        var isWritten = tokens.Exists(token => NameWords.IsCapital(token) && token.Raw is not ("I" or "I'm" or "I'd" or "I've" or "I'll"));
        // "My TV".
        if (tokens.Exists(token => token.Raw.Any(char.IsLower)))
            tokens = tokens.ConvertAll(token => token.Raw.Length is 2 or 3 && token.Raw.All(char.IsUpper) ? token with { Kind = TokenKind.Mixed } : token);
        var spellings = Spellings(tokens);
        var runs = new List<NameRun>();
        for (var at = 0; at < tokens.Count;)
        {
            var to = End(tokens, at, isWritten);
            if (to == at)
            {
                at++;
                continue;
            }
            var words = Again(tokens[at..to].Where(token => !NameWords.IsHesitation(token)).Select(token => spellings.GetValueOrDefault(token.Text, token)).ToList());
            var isCapital = NameWords.IsCapital(tokens[at]);
            var link = NameWords.LinkOf(tokens, at - 1, isCapital);
            // Where a recogniser writes capitals, names have one.
            var isName = link != NameLink.Denied && !NameWords.IsOfOther(tokens, to - 1) && (!isWritten || isCapital || link == NameLink.Sure) && !(words.Count == 1 && IsWord(tokens, at, link));
            if (isName && words.Count(word => word.Kind == TokenKind.Word) is > 0 and <= MostWords)
                runs.Add(new NameRun(at, to, words, link));
            at = to;
        }
        return runs;
    }

    /// <summary>Without those that are said again as a part of another, which is announced if one of them was.</summary>
    public static List<NameRun> Distinct(List<NameRun> runs) =>
    [
        .. runs.Where((run, i) => !runs.Where((other, j) => i != j && run.IsIn(other) && (!other.IsIn(run) || j > i)).Any())
            .Select(run => run with { Link = runs.Where(part => part.IsIn(run)).Max(part => part.Link) }),
    ];

    /// <summary>Letters that spell the word before them: "Alice Cooper, c o o p e r". They were heard better than the word.</summary>
    public static Dictionary<string, Token> Spellings(List<Token> tokens)
    {
        var found = new Dictionary<string, Token>(StringComparer.Ordinal);
        for (var at = 1; at < tokens.Count; at++)
        {
            if (!IsSpelling(tokens, at) || (IsSpelling(tokens, at - 1) && !tokens[at].IsAfterStop))
                continue;
            var end = at;
            while (end < tokens.Count && IsSpelling(tokens, end) && !(end > at && tokens[end].IsAfterStop))
                end++;
            var word = at - 1;
            while (word > 0 && !NameWords.IsName(tokens[word]))
                word--;
            if (end - at >= 3 && tokens[at - 1].Text != "not" && NameWords.IsName(tokens[word]) && SpellingReader.Read(tokens[at..end]) is { } spelled && spelled.Value[0] == char.ToUpperInvariant(tokens[word].Text[0]))
                found[tokens[word].Text] = tokens[word] with { Text = spelled.Value.ToLowerInvariant(), Raw = spelled.Value.ToLowerInvariant() };
            at = end - 1;
        }
        return found;
    }

    public static bool IsSpelling(List<Token> tokens, int at) =>
        at >= 0 && at < tokens.Count
        && (tokens[at].IsLetter ? !IsInitial(tokens, at) : at + 1 < tokens.Count && tokens[at + 1].IsLetter && (tokens[at].Text == "-" || Words.Repeats.ContainsKey(tokens[at].Text)));

    /// <summary>"John F. Kennedy".</summary>
    private static bool IsInitial(List<Token> tokens, int at) =>
        at > 0 && at + 1 < tokens.Count && tokens[at].IsLetter && NameWords.IsName(tokens[at - 1]) && NameWords.IsName(tokens[at + 1]) && tokens[at].Text is not ("a" or "i") && !tokens[at].IsAfterStop;

    /// <summary>"L. J. Bennett": more letters are a spelling; "a", "i" and "o" are words.</summary>
    private static bool IsLeadingInitial(List<Token> tokens, int at)
    {
        var (from, to) = (at, at);
        while (from > 0 && tokens[from - 1].IsLetter)
            from--;
        while (to < tokens.Count && tokens[to].IsLetter)
            to++;
        return to - from is 1 or MostInitials && to < tokens.Count && NameWords.IsName(tokens[to]) && tokens[at].Text is not ("a" or "i" or "o")
            && (!tokens[to].IsAfterStop || NameWords.IsCapital(tokens[at]));
    }

    private static int End(List<Token> tokens, int from, bool isWritten)
    {
        var to = from;
        for (var at = from; at < tokens.Count; at++)
        {
            var token = tokens[at];
            if (at > from && token.IsAfterStop && !NameWords.IsHesitation(tokens[at - 1]) && !IsInitial(tokens, at - 1) && !IsLeadingInitial(tokens, at - 1))
                break;
            if (IsPart(tokens, at, from, to, isWritten) || (to == at && IsLeadingInitial(tokens, at)))
            {
                to = at + 1;
                continue;
            }
            // "Forsyth-Grant", "John F. Kennedy", "Emma, um, Stone"; a hesitation at the end is none of it.
            var isInside = to > from && ((token.Text == "-" && at + 1 < tokens.Count && NameWords.IsName(tokens[at + 1])) || IsInitial(tokens, at) || NameWords.IsHesitation(token));
            if (!isInside)
                break;
        }
        return to;
    }

    private static bool IsPart(List<Token> tokens, int at, int from, int to, bool isWritten)
    {
        var token = tokens[at];
        // "Hope Price": a word with a capital that another follows.
        var isFirst = at == from && isWritten && NameWords.IsDoubtful(token) && at + 1 < tokens.Count && !tokens[at + 1].IsAfterStop;
        if (isFirst && NameWords.IsCapital(token) && NameWords.IsCapital(tokens[at + 1]) && NameWords.IsName(tokens[at + 1]))
            return true;
        if (NameWords.IsName(token))
            return !isWritten || at == from || NameWords.IsCapital(token) || NameWords.Particles.Contains(token.Text) || tokens[at - 1].Text == "-";
        // "Mark Day": with a capital behind a name also a word is one.
        return to > from && NameWords.IsCapital(token) && token.Raw.Length > 1 && !token.IsAfterStop && !Words.IsContraction(token.Text) && !NameWords.Titles.Contains(token.Text);
    }

    /// <summary>"Tyler Tyler Jacobsen", "McDonald, Craig McDonald": what is said again, whole.</summary>
    private static List<Token> Again(List<Token> words)
    {
        // "Ben Benjamin Foster".
        if (words.Count > 2 && (words[0].Text == words[^1].Text || NameWords.IsShort(words[0], words[1])))
            return words[1..];
        for (var first = 1; first <= words.Count / 2; first++)
        {
            if (Enumerable.Range(0, first).All(i => words[i].Text == words[first + i].Text))
                return words[first..];
        }
        // "Wei chen chen".
        return [.. words.Where((word, at) => at == 0 || word.Text != words[at - 1].Text)];
    }

    /// <summary>"Will", "may" and "mark" alone are words unless they are announced.</summary>
    private static bool IsWord(List<Token> tokens, int at, NameLink link) => NameWords.IsDoubtful(tokens[at]) && link < NameLink.Hint && !(NameWords.IsCapital(tokens[at]) && at > 0) && tokens.Count > 1;
}

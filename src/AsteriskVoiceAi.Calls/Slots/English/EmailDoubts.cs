namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Whether the words before the "at" of an address may be other ones: misheard, a remark that was not understood, a sentence.</summary>
internal static class EmailDoubts
{
    /// <summary>A word that was broken off has few letters; with more it may be a name before another: "john johnson".</summary>
    private const int LongestFragment = 3;

    private static readonly HashSet<string> Remarks = Set("with not separated between middle called number numbers apostrophe like as spelled spelt spelling slash backslash hash hashtag ampersand asterisk comma colon both names together");

    /// <summary>What letters are written as.</summary>
    private static readonly HashSet<string> Letterlike = Set("bee see cee dee gee pee tee zee zed eff ess em en el are why you");

    public static bool IsDoubtful(IReadOnlyList<Token> local) =>
        local.Any(token => EmailParts.IsAt(token) || Remarks.Contains(token.Text)) || IsSentence(local) || IsMisheard(local)
        || Enumerable.Range(0, local.Count).Any(at => IsInitialToo(local, at) || IsNumberToo(local, at) || IsFragment(local, at) || IsDigitsAgain(local, at));

    private static bool IsSentence(IReadOnlyList<Token> local) => local switch
    {
        // "My dad's at gmail dot com".
        [{ Text: "my" or "our" }, .., { Text: [.., '\'', 's'] }] => true,
        // "I ordered at", "we met at"; "i jones at" is an initial.
        [{ Text: "i" or "we" or "he" or "she" or "they" or "it" }, var verb, ..] => verb.Text.Length > 1 && !EmailParts.IsSign(verb) && !NameWords.IsName(verb),
        // "Meet me at", "for emily at", "look at".
        [_, .., { Text: "me" }] or [{ Text: "to" or "for" }, ..] or [{ Text: "look" or "looking" }] => true,
        _ => false,
    };

    /// <summary>"And the at", "lucy hyphenann at", "kelly see at".</summary>
    private static bool IsMisheard(IReadOnlyList<Token> local) =>
        local is [{ Text: "and" or "the" or "on" or "of" }] || (local.Count > 1 && Letterlike.Contains(local[^1].Text) && EmailParts.IsWord(local[^2]))
        || local.Any(token => !EmailParts.IsSign(token) && (token.Text.StartsWith("hyphen", StringComparison.Ordinal) || token.Text.StartsWith("underscore", StringComparison.Ordinal)));

    /// <summary>"Capital r, robert": how the word begins, or one letter more.</summary>
    private static bool IsInitialToo(IReadOnlyList<Token> local, int at) =>
        local[at].Text == "capital" && local.WordAt(at + 1) is [var letter] && local.WordAt(at + 2) is [var first, _, _, ..] && first == letter;

    /// <summary>"King for at", "kim to two at".</summary>
    private static bool IsNumberToo(IReadOnlyList<Token> local, int at) =>
        local[at].Text is "to" or "too" or "for" && (at + 1 == local.Count || DigitsReader.BeginsDigits(local[at + 1]));

    /// <summary>"Em emily", "dot sto stone".</summary>
    private static bool IsFragment(IReadOnlyList<Token> local, int at) =>
        EmailParts.IsWord(local[at]) && local[at].Text is { Length: <= LongestFragment } text and not "the" && local.WordAt(at + 1) is var next && next.Length > text.Length && next.StartsWith(text, StringComparison.Ordinal);

    /// <summary>"One two three, one two three".</summary>
    private static bool IsDigitsAgain(IReadOnlyList<Token> local, int at)
    {
        var count = local.Skip(at).TakeWhile(DigitsReader.BeginsDigits).Count();
        return count > 0 && local[at].IsAfterStop && at >= count && Enumerable.Range(0, count).All(i => local[at + i].Text == local[at - count + i].Text);
    }

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);
}

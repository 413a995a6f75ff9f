namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>An answer with an e-mail address as its readers need it: one word for each sign, and no remarks on how it is written.</summary>
internal static class EmailWords
{
    /// <summary>What stands for what; nothing after the sign = it says nothing about the address.</summary>
    private static readonly (string[] Said, string[] Meant)[] Phrases = [.. Table(
        "e - mail=email|e mail=email|e - mail's=email's|e mail's=email's|full stop=dot|dotcom=dot com|dotnet=dot net|dotorg=dot org|at the rate of=at|at the rate=at|the at sign=at|the at symbol=at|dot co uk=dot co dot uk|"
        + "under score=underscore|underline=underscore|under line=underscore|low dash=underscore|lower dash=underscore|plus the number=|plus the numbers=|plus the year=|no problem=|no worries=|no bother=|of course=|um=|uh=|er=|erm=|hm=|hmm=|mm=|followed by=|and then=")];

    private static readonly string[] Signs = ["at", "@", "dot", "point", "underscore", "dash", "hyphen", "minus", "plus", "+"];

    /// <summary>How a word is written: "all one word", "in lower case", "spelled out".</summary>
    private static readonly string[][] Manners = [.. Ordered("one word|single word|lower case|lowercase|small letters|spelled out|spelt out|written out|together|joined up|joined together|run together|no capitals|capitals|capital letters|block capitals|upper case|uppercase")];

    private static readonly string[] BeforeManner = ["all", "in", "as", "a", "just", "and", "is", "are", "that's", "it's", "which", "that", "both"];

    private static readonly HashSet<string> Missing = new("space spaces gap gaps dot dots dash dashes hyphen hyphens underscore underscores capitals caps punctuation numbers apostrophe apostrophes".Split(' '), StringComparer.Ordinal);

    private static readonly string[][] AfterMissing = [.. Ordered("or anything|or anything else|or spaces|or dots|in between|in the middle|between them|at all")];

    /// <summary>Longest name that is told to be one word by saying it again.</summary>
    private const int LongestAgain = 4;

    public static List<Token> Of(IReadOnlyList<Token> tokens)
    {
        var kept = new List<Token>(tokens.Count);
        var isAfterStop = false;
        for (var at = 0; at < tokens.Count;)
        {
            isAfterStop |= tokens[at].IsAfterStop;
            // "It's... tom": dots in a row are a pause.
            if (tokens[at] is { Kind: TokenKind.Sign, Text: "." } && at + 1 < tokens.Count && (tokens[at + 1].IsAfterStop || tokens[at + 1] is { Kind: TokenKind.Sign, Text: "." }))
            {
                (isAfterStop, at) = (true, at + 1);
                continue;
            }
            // "At example. com": a recogniser's full stop.
            if (tokens[at] is { Text: "com", IsAfterStop: true } && kept.Count > 1 && EmailParts.IsAt(kept[^2]))
            {
                kept.Add(new Token("dot", "dot", TokenKind.Word, false, false));
                isAfterStop = false;
            }
            var (length, meant) = IsOrdinal(tokens, at) ? (2, [EmailSpellings.Doubtful.Text]) : Phrase(tokens, at);
            if (length == 0)
                (length, meant) = MannerLength(tokens, at) is var manner and > 0 ? Dropped(tokens, at, manner, kept) : RemarkLength(tokens, at) is var remark and > 0 ? (remark, []) : (1, [tokens[at].Text]);
            if (length > 1 && meant.Length == 0)
                length += AgainLength(tokens, at + length, kept);
            for (var i = 0; i < meant.Length; i++)
                kept.Add(meant[i] == tokens[at].Text && i == 0 ? tokens[at] with { IsAfterStop = isAfterStop } : new Token(meant[i], meant[i], TokenKind.Word, false, isAfterStop && i == 0));
            isAfterStop &= meant.Length == 0;
            at += length;
        }
        return kept;
    }

    /// <summary>"Twenty first": in words or figures.</summary>
    private static bool IsOrdinal(IReadOnlyList<Token> tokens, int at) => Words.Tens.ContainsKey(tokens[at].Text) && Words.Ordinals.TryGetValue(tokens.WordAt(at + 1), out var unit) && unit < 10;

    private static (int Length, string[] Meant) Phrase(IReadOnlyList<Token> tokens, int at)
    {
        foreach (var (said, meant) in Phrases)
        {
            if (tokens.Follows(at, said))
                return (said.Length, meant);
        }
        return (0, []);
    }

    /// <summary>"No spaces", which takes nothing back, the sign after "plus sign", "the number" before "four".</summary>
    private static int RemarkLength(IReadOnlyList<Token> tokens, int at)
    {
        if (tokens[at].Text is "no" or "without" && MissingLength(tokens, at + 1) is var missing and > 0)
            return missing;
        if (tokens[at].Text == "with" && tokens.WordAt(at + 1) is "no" && MissingLength(tokens, at + 2) is var lacked and > 0)
            return lacked + 1;
        if (tokens[at].IsAfterStop && tokens.WordAt(at - 1).Length >= EmailSpellings.ShortestWord && Likeness.End(tokens, at) is var end && end > at)
            return end - at;
        if (CapitalLength(tokens, at) is var capital and > 0)
            return capital;
        // "Tom, then a dot".
        if (tokens.Follows(at, "then", "a") && at + 2 < tokens.Count && EmailParts.IsSign(tokens[at + 2]))
            return 2;
        // "Tom, then eighty five".
        if (tokens[at].Text == "then" && tokens.WordAt(at + 1) is not ("at" or "@" or ""))
            return 1;
        if (tokens[at].Text is "sign" or "symbol" && Signs.Contains(tokens.WordAt(at - 1)))
            return 1;
        var named = tokens[at].Text == "the" ? at + 1 : at;
        if (named + 1 >= tokens.Count)
            return 0;
        var next = tokens[named + 1];
        var isNumber = tokens.WordAt(named) is "number" or "numbers" or "digit" or "digits" or "numeral" or "figure" or "year" && DigitsReader.BeginsDigits(next) && !Words.Repeats.ContainsKey(next.Text);
        return isNumber || (tokens.WordAt(named) is "letter" or "letters" && next.IsLetter) || (named > at && tokens.WordAt(named) is "word") ? named + 1 - at : 0;
    }

    /// <summary>"Robert with a capital r": a letter that the word before begins with.</summary>
    private static int CapitalLength(IReadOnlyList<Token> tokens, int at)
    {
        var from = tokens.Follows(at, "with", "a") ? at + 2 : at;
        var isRemark = tokens.WordAt(from) == "capital" && from + 1 < tokens.Count && tokens[from + 1].IsLetter
            && tokens.WordAt(at - 1).Length >= EmailSpellings.ShortestWord && tokens[at - 1].Text[0] == tokens[from + 1].Text[0];
        return isRemark ? from + 2 - at : 0;
    }

    /// <summary>"No spaces", "no dot at gmail"; "no, dot co dot uk" takes something back.</summary>
    private static int MissingLength(IReadOnlyList<Token> tokens, int at)
    {
        if (tokens.Follows(at, "any", "spaces"))
            return 3;
        var isOver = at + 1 >= tokens.Count || tokens[at + 1].IsAfterStop || tokens[at + 1].Text is "at" or "@" or "or" or "and" or "in" or "between";
        // "Dash, no, underscore".
        if (!Missing.Contains(tokens.WordAt(at)) || (Signs.Contains(tokens.WordAt(at)) && Signs.Contains(tokens.WordAt(at - 2))))
            return 0;
        var tail = Array.Find(AfterMissing, words => tokens.Follows(at + 1, words))?.Length ?? 0;
        return tail > 0 || isOver || !Signs.Contains(tokens[at].Text) ? 2 + tail : 0;
    }

    private static int MannerLength(IReadOnlyList<Token> tokens, int at)
    {
        var from = at;
        while (from < at + 4 && BeforeManner.Contains(tokens.WordAt(from)))
            from++;
        return Array.Find(Manners, words => tokens.Follows(from, words)) is { } manner && !(manner is ["together"] && from == at) ? from + manner.Length - at : 0;
    }

    /// <summary>"Blue kettle, blue kettle is one word": what the remark is about was said already.</summary>
    private static (int Length, string[] Meant) Dropped(IReadOnlyList<Token> tokens, int at, int length, List<Token> kept)
    {
        for (var count = LongestAgain; count > 0 && tokens[at].Text is "is" or "are"; count--)
        {
            if (kept.Count >= 2 * count && Enumerable.Range(1, count).All(i => kept[^i].Text == kept[^(i + count)].Text))
            {
                kept.RemoveRange(kept.Count - count, count);
                break;
            }
        }
        // "Three rivers, all spelled out": a number that is a word.
        var isSpelled = Enumerable.Range(at, length).Any(said => tokens[said].Text is "spelled" or "spelt" or "written");
        return (length, isSpelled && kept.Exists(DigitsReader.BeginsDigits) ? [EmailSpellings.Doubtful.Text] : []);
    }

    /// <summary>"The blue kettle, that's one word the blue kettle": what is said again after the remark.</summary>
    private static int AgainLength(IReadOnlyList<Token> tokens, int at, List<Token> kept)
    {
        var count = Math.Min(LongestAgain, Math.Min(kept.Count, tokens.Count - at));
        while (count > 0 && !Enumerable.Range(0, count).All(i => tokens[at + i].Text == kept[kept.Count - count + i].Text))
            count--;
        return count;
    }

    private static IEnumerable<(string[] Said, string[] Meant)> Table(string pairs) =>
        pairs.Split('|').Select(pair => pair.Split('=')).Select(pair => (pair[0].Split(' '), pair[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))).OrderByDescending(pair => pair.Item1.Length);

    private static IEnumerable<string[]> Ordered(string phrases) => phrases.Split('|').Select(phrase => phrase.Split(' ')).OrderByDescending(words => words.Length);
}

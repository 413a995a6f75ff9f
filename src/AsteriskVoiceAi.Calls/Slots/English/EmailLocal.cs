namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>What of the words before the "at" is the address's own.</summary>
internal static class EmailLocal
{
    private static readonly string[][] Carriers =
    [
        .. "my email address is|my address is|the address is|the email address is|the email is|my email is|my email's|email's|email address is|email is|it's|its|it is|my full name|my whole name|my first and last name|that's|that is|that would be|like|still|probably|maybe|yes|yeah|sure|okay|so|well|just|and"
            .Split('|').Select(phrase => phrase.Split(' ')).OrderByDescending(words => words.Length),
    ];

    /// <summary>An address begins after these, wherever they stand.</summary>
    private static readonly HashSet<string> Announcing = Set("is was it's that's email's address's mine's one's be use try under put");

    private static readonly HashSet<string> Kinds = Set("work home personal private business best main other old new usual only");

    /// <summary>Words of sentences, hardly of addresses.</summary>
    private static readonly HashSet<string> Prose = Set("have has had using give think would could should because don't you your if or send write believe guess probably actually let myself either same ending ends begins starts starting delete remove attention email address name surname initial initials what's who's where's let's");

    /// <summary>Said before a sentence.</summary>
    private static readonly HashSet<string> Answers = Set("certainly absolutely definitely perfect great good cool fine lovely oh ah there you go cheers brilliant ready");

    /// <summary>The words before the "at" that are the address's own; null = others are among them that nobody can tell apart.</summary>
    public static List<Token>? Of(IReadOnlyList<Token> said)
    {
        var tokens = Restarted(said);
        var (from, isNot) = (0, false);
        for (var at = 0; at < tokens.Count; at++)
        {
            if (Begins(tokens, at))
                (from, isNot) = (at + 1, EmailParts.IsRefusing(tokens.WordAt(at - 1)));
        }
        from = AfterCarriers(tokens, from);
        if (Pause(tokens, from) is var pause and > 0 && IsTold(tokens, from, pause))
            from = AfterCarriers(tokens, pause);
        // "I only have the one, tom at …".
        var prose = Enumerable.Range(from, tokens.Count - from).LastOrDefault(at => Prose.Contains(tokens[at].Text) || Words.IsContraction(tokens[at].Text), -1);
        if (prose >= 0)
        {
            from = Enumerable.Range(prose + 1, tokens.Count - prose - 1).FirstOrDefault(at => tokens[at].IsAfterStop, -1);
            if (from < 0)
                return null;
            from = AfterCarriers(tokens, from);
        }
        // "I don't use tom at …"; "ready, carol at …", where the word before the comma may belong to it.
        if (isNot || Pause(tokens, from) > 0)
            return null;
        // "Tom dot moore, that's …": a part of the address would be lost.
        var isCut = tokens.Take(from).Any(token => token.Kind == TokenKind.Word && EmailParts.IsSign(token));
        // "Sam twenty one, that's two one".
        isCut |= from > 1 && tokens[from - 1].Text == "that's" && DigitsReader.BeginsDigits(tokens[from - 2]);
        List<Token> local = [.. tokens.Skip(from)];
        return isCut || EmailDoubts.IsDoubtful(local) ? null : local;
    }

    /// <summary>Without what was begun before it was said whole.</summary>
    private static IReadOnlyList<Token> Restarted(IReadOnlyList<Token> tokens)
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            if (at > 0 && !Begins(tokens, at - 1))
                continue;
            var from = AfterCarriers(tokens, at);
            if (EmailStammers.Restart(tokens, from) is var again && again > from)
                return [.. tokens.Skip(again)];
        }
        return tokens;
    }

    /// <summary>Whether the address begins after the word: "it's", "send it to", "reach me at", "my work one".</summary>
    private static bool Begins(IReadOnlyList<Token> tokens, int at) => tokens[at].Text switch
    {
        "to" => tokens.WordAt(at - 1) is "it" or "that" or "them" or "this" or "send" or "email" or "mail" or "write" or "forward",
        "at" => tokens.WordAt(at - 1) is "me" or "us" or "him" or "her" or "them" or "reach" or "contact" or "email" or "i'm" or "am" or "we're" or "it" or "is",
        "down" => tokens.WordAt(at - 1) is "put" or "note" or "write" or "me" or "it",
        "on" => tokens.WordAt(at - 1) is "me" or "us" or "him" or "her" or "it",
        "email" or "address" => at + 1 < tokens.Count,
        "with" or "for" => tokens.WordAt(at - 1) is "go" or "stick",
        "one" => Kinds.Contains(tokens.WordAt(at - 1)) || tokens.WordAt(at - 1).EndsWith("'s", StringComparison.Ordinal),
        var word => Announcing.Contains(word),
    };

    /// <summary>Where a comma parts two words, as it parts a remark from an address; beside signs, digits and letters it is only a pause. 0 = nowhere.</summary>
    private static int Pause(IReadOnlyList<Token> tokens, int from)
    {
        for (var at = from + 1; at < tokens.Count; at++)
        {
            if (tokens[at].IsAfterStop && EmailParts.IsWord(tokens[at - 1]) && EmailParts.IsWord(tokens[at]))
                return at;
        }
        return 0;
    }

    /// <summary>"My hotmail, carol at …", "carol here, carol at …", "what is it again, carol at …": told before the address.</summary>
    private static bool IsTold(IReadOnlyList<Token> tokens, int from, int pause) => tokens[from].Text is "my" or "our" || (pause > from + 1 && tokens[pause - 1].Text is "here" or "speaking" or "again");

    private static int AfterCarriers(IReadOnlyList<Token> tokens, int from)
    {
        while (Array.Find(Carriers, words => tokens.Follows(from, words)) is { } carrier)
            from += carrier.Length;
        // "Hello, tom at …": said before the sentence with the address.
        var stop = Enumerable.Range(from, tokens.Count - from).Skip(1).FirstOrDefault(at => tokens[at].IsAfterStop, -1);
        return stop > from && tokens.Skip(from).Take(stop - from).All(token => Words.Fillers.Contains(token.Text) || Answers.Contains(token.Text)) ? AfterCarriers(tokens, stop) : from;
    }

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);
}

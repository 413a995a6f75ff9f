using System.Text;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>A person's name without the words around it.</summary>
internal static class NameReader
{
    private const int MaxWords = 4;

    private static readonly string[][] Carriers =
    [
        .. ("my full name is|my first name is|my first name's|my last name's|first name's|last name's|first name|last name|surname|my last name is|my surname is|my name's|my name is|my names|the name is|the name's|the names|name is|name's|full name is|first name is|last name is|surname is|you can call me|please call me|call me|"
            + "it's under the name of|it's under the name|under the name of|under the name|it's under|it is under|it should be under|that's under|booked under|under|i'm called|i am called|they call me|this is|it is|it's|its|that's|that is|that would be|that'll be|"
            + "i'm|i am|im|it'll be|it would be|make it|put it under|put down|for|yeah|yes|yep|sure|okay|ok|hi|hello|hey|um|uh|er|erm|well|so|oh|please|mister|mr|mrs|miss|ms|the")
            .Split('|').Select(phrase => phrase.Split(' ')).OrderByDescending(words => words.Length),
    ];

    private static readonly HashSet<string> Endings = new(["please", "speaking", "here", "thanks", "thank", "you", "um", "uh", "calling"], StringComparer.Ordinal);

    /// <summary>Words that no name has: then it was a sentence.</summary>
    private static readonly HashSet<string> NoNames = new(
        ("what why who how when where which i you he she it we they me my your don't dont do does did can can't cannot could would will won't not no nope is are was were am have has had the a an and or but of to in on at with about "
            + "want need know say said tell think sorry pardon repeat again help moment second minute hold wait already that this there here yes yeah okay ok operator agent person human someone anybody nobody never mind rather "
            + "customer service services representative support desk department tomorrow today tonight next week weeks month year cancel cancelled closed open new old wrong reservation booking appointment account order delivery "
            + "prefer give name phone number email address question please maybe sure skip none nothing something one two three four five six seven eight nine zero").Split(' '),
        StringComparer.Ordinal);

    /// <summary>What a name stands behind: "the booking's under", "put it down as", "the name on the account is".</summary>
    private static readonly HashSet<string> Links = new(["is", "was", "be", "under", "as", "by", "called", "named", "for", "to", "it's", "that's"], StringComparer.Ordinal);

    /// <summary>Behind these a name follows, also a single word in lower case.</summary>
    private static readonly HashSet<string> SureLinks = new(["under", "as", "by", "called", "named"], StringComparer.Ordinal);

    /// <summary>One of these was said before it.</summary>
    private static readonly HashSet<string> Announcing = new(
        "name name's names surname account account's booking booking's booked reservation reservation's order appointment put down registered listed under called named go goes known file policy ticket tickets membership deposit made".Split(' '),
        StringComparer.Ordinal);

    /// <summary>Words behind a whole name that do not belong to it: "party of four", "with a y", "is my name".</summary>
    private static readonly HashSet<string> Remarks = new("party with from but if that that's it's you i i'm now is was for spelled spelt like in on at as room table only just".Split(' '), StringComparer.Ordinal);

    /// <summary>Parts of names that are written small.</summary>
    private static readonly HashSet<string> Particles = new("de van von der den la le da di del bin al el st y".Split(' '), StringComparer.Ordinal);

    public static SlotReading? Read(IReadOnlyList<Token> tokens)
    {
        var pieces = Corrections.Split(tokens, out _);
        // "Joan, no, Jane Miller": the last name that is one.
        for (var i = pieces.Count - 1; i >= 0; i--)
        {
            var piece = i > 0 ? WithoutDenied(pieces[i], pieces[i - 1]) : pieces[i];
            if ((ReadPiece(piece) ?? ReadAnnounced(piece)) is { } name)
                return pieces.Count > 1 ? name with { Confidence = SlotReading.Guessed } : name;
            // What took its place was not understood; what was taken back is not the answer.
            if (piece.Exists(token => token.Kind == TokenKind.Word && !NoNames.Contains(token.Text) && !Endings.Contains(token.Text) && !Words.Fillers.Contains(token.Text) && !Words.IsContraction(token.Text)))
                return null;
        }
        return null;
    }

    /// <summary>"Donna, no, not Donna, Dana Whitfield".</summary>
    private static List<Token> WithoutDenied(List<Token> piece, List<Token> before)
    {
        if (piece.Count == 0 || piece[0].Text != "not")
            return piece;
        var next = 1;
        while (next < piece.Count && before.Exists(token => token.Text == piece[next].Text))
            next++;
        return next > 1 ? piece[next..] : piece;
    }

    /// <summary>"The name on the account is Denise Okafor": a name at the end of a sentence about names.</summary>
    private static SlotReading? ReadAnnounced(List<Token> tokens)
    {
        var isWritten = tokens.Skip(1).Any(IsCapital);
        for (var at = tokens.Count - 2; at >= 0; at--)
        {
            var link = tokens[at].Text;
            if (!(Links.Contains(link) || link.EndsWith("'s", StringComparison.Ordinal)) || !tokens.Take(at + 1).Any(token => Announcing.Contains(token.Text)))
                continue;
            if (ReadPiece(tokens[(at + 1)..]) is not { } name)
                continue;
            var words = name.Value.Split(' ');
            // As a recogniser writes them names have capitals; where it writes none, one word may be anything.
            var isName = isWritten ? tokens.Skip(at + 1).Count(IsCapital) >= words.Count(word => !Particles.Contains(word.ToLowerInvariant())) : words.Length > 1 || SureLinks.Contains(link) || tokens[..at].Exists(token => token.Text is "name" or "name's" or "surname");
            if (isName)
                return name with { Confidence = Math.Min(name.Confidence, SlotReading.Likely) };
        }
        return null;
    }

    private static bool IsCapital(Token token) => token.Kind == TokenKind.Word && char.IsUpper(token.Raw[0]) && token.Raw is not ("I" or "I'm" or "I'd" or "I'll" or "I've");

    private static SlotReading? ReadPiece(List<Token> tokens)
    {
        var from = Introduction(tokens);
        for (var stripped = true; stripped && from < tokens.Count;)
        {
            var carrier = Carriers.FirstOrDefault(words => tokens.Follows(from, words));
            stripped = carrier is not null;
            from += carrier?.Length ?? 0;
        }
        var to = tokens.Count;
        while (to > from && (Endings.Contains(tokens[to - 1].Text) || (tokens[to - 1].Kind == TokenKind.Sign && to < tokens.Count)))
            to--;
        var words = tokens[from..to];
        words.RemoveAll(token => token.Kind == TokenKind.Sign && token.Text != "-");
        // "First name Emma, last name Stone".
        for (var at = words.Count - 2; at >= 0; at--)
        {
            if (words.Follows(at, "first", "name") || words.Follows(at, "last", "name") || words.Follows(at, "family", "name"))
                words.RemoveRange(at, 2);
        }
        if (words.Count > 0 && SpelledLast(words) is { } spelled)
            words = spelled;
        words = Once(words);
        if (words.FindIndex(token => Remarks.Contains(token.Text)) is var remark and >= 2)
            words = words[..remark];
        if (words.Count is 0 or > MaxWords || words.Where((token, i) => !IsWill(words, i)).Any(token => token.Kind is TokenKind.Figure or TokenKind.Mixed || NoNames.Contains(token.Text) || Words.IsContraction(token.Text)) || words.TrueForAll(token => token.IsLetter))
            return null;
        var name = new StringBuilder();
        foreach (var token in words)
        {
            if (name.Length > 0 && token.Text != "-" && name[^1] != '-')
                name.Append(' ');
            name.Append(Capital(token.Text));
        }
        return new SlotReading(name.ToString().Trim(' ', '-'), words.Count >= 2 ? SlotReading.Clear : SlotReading.Likely);
    }

    /// <summary>"Good morning, my name is", "in my wife's name": where the name begins.</summary>
    private static int Introduction(List<Token> tokens)
    {
        for (var at = tokens.Count - 2; at > 0; at--)
        {
            if ((tokens.Follows(at, "name", "is") || tokens.Follows(at, "this", "is") || tokens.Follows(at, "is", "under") || tokens.Follows(at, "speaking", "with") || tokens.Follows(at, "talking", "to")) && at + 2 < tokens.Count)
                return at + 2;
            if (tokens[at].Text == "name" && tokens[at - 1].Text.EndsWith("'s", StringComparison.Ordinal) && tokens[at - 1].Text is not ("it's" or "that's"))
                return at + 1;
        }
        return 0;
    }

    /// <summary>"Tyler. Tyler Jacobsen": the name that is said again, and whole.</summary>
    private static List<Token> Once(List<Token> words)
    {
        for (var first = 1; first <= words.Count / 2; first++)
        {
            if (Enumerable.Range(0, first).All(i => words[i].Text == words[first + i].Text))
                return words[first..];
        }
        return words;
    }

    /// <summary>"Will Grant", with capitals.</summary>
    private static bool IsWill(List<Token> words, int at) => at == 0 && words.Count == 2 && words[0].Text == "will" && char.IsUpper(words[1].Raw[0]);

    /// <summary>"Alice Cooper, c o o p e r": the letters are the last word again, and heard better.</summary>
    private static List<Token>? SpelledLast(List<Token> words)
    {
        var letters = words.FindIndex(token => token.IsLetter);
        if (letters < 1 || SpellingReader.Read(words[letters..]) is not { } spelled || spelled.Value[0] != char.ToUpperInvariant(words[letters - 1].Text[0]))
            return null;
        return [.. words[..(letters - 1)], words[letters - 1] with { Text = spelled.Value.ToLowerInvariant() }];
    }

    private static string Capital(string word)
    {
        var text = new StringBuilder(word);
        var isStart = true;
        for (var i = 0; i < text.Length; i++)
        {
            if (isStart && char.IsLetter(text[i]))
                text[i] = char.ToUpperInvariant(text[i]);
            // O'Brien, but not Smith's.
            isStart = text[i] == '-' || (text[i] == '\'' && i == 1) || (i == 1 && word.StartsWith("mc", StringComparison.Ordinal) && word.Length > 4);
        }
        return text.ToString();
    }
}

using System.Text;
using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>What is before and after the "at" of an address.</summary>
internal static partial class EmailParts
{
    private static readonly HashSet<string> Dropped = Set("um uh er all lowercase capital space please okay ok erm so");

    private static readonly string[][] Carriers =
    [
        .. "my email address is|my address is|the address is|the email address is|the email is|my email is|my email's|email's|email address is|email is|it's|its|it is|my full name|my whole name|my first and last name|that's|that is|that would be|yes|yeah|sure|okay|so|well|just|and"
            .Split('|').Select(phrase => phrase.Split(' ')).OrderByDescending(words => words.Length),
    ];

    /// <summary>An address begins after these, wherever they stand.</summary>
    private static readonly HashSet<string> Announcing = Set("is was it's that's email's address's mine's one's be use try under");

    private static readonly HashSet<string> Kinds = Set("work home personal private business best main other old new usual only");

    /// <summary>Words of sentences, hardly of addresses.</summary>
    private static readonly HashSet<string> Prose = Set("have has had using give think would could should because don't you your if or send write believe guess probably actually let myself email address name surname initial initials what's who's where's let's");

    /// <summary>Words about an address that were not understood, where they are still among its own.</summary>
    private static readonly HashSet<string> Doubtful = Set("with not separated between middle called number numbers apostrophe");

    /// <summary>Said before a sentence.</summary>
    private static readonly HashSet<string> Answers = Set("certainly absolutely definitely perfect great good cool fine lovely oh ah there you go cheers brilliant ready");

    /// <summary>Domains end with these where no dot follows; others where the sentence does.</summary>
    private static readonly HashSet<string> Endings = Set(
        "com net org edu gov mil int info biz io co me tv app dev ai us uk eu de fr es it nl be ch ie pt pl se dk fi ca au nz za jp cn br mx ru cz gr hu ro tr il cat online shop store site tech cloud email london scot wales xyz ac nhs ltd plc name pro mobi");

    /// <summary>After an ending that is not known.</summary>
    private static readonly HashSet<string> AfterEnding = Set("is that's and but if i please thanks thank bye");

    private static readonly HashSet<string> NotOfDomain = Set("www website email address what is was");

    /// <summary>"At my company dot com": which one nobody knows.</summary>
    private static readonly HashSet<string> Companies = Set("company work business firm school office job employer name");

    public static bool IsAt(Token token) => token.Text is "at" or "@";

    /// <summary>"Don't", "isn't", "never": an address near it is not to be used.</summary>
    public static bool IsRefusing(string word) => word is "not" or "never" or "cannot" or "anymore" || word.EndsWith("n't", StringComparison.Ordinal);

    public static bool IsSign(Token token) => Sign(token) is not null;

    /// <summary>Whether it is a whole address.</summary>
    public static bool IsAddress(string text) => Address().IsMatch(text);

    /// <returns>A domain with its ending and where it ends; null = none begins there.</returns>
    public static (string Domain, int Next)? DomainAt(IReadOnlyList<Token> tokens, int from)
    {
        if (DomainEnd(tokens, from) is not { } end)
            return null;
        var words = tokens.Skip(from).Take(end - from).ToList();
        if (words.Exists(token => NotOfDomain.Contains(token.Text) || Words.IsContraction(token.Text)) || (words[0].Text is "my" or "our" && Companies.Contains(words[1].Text)))
            return null;
        var domain = Text(words).Replace("gmale", "gmail", StringComparison.Ordinal).Replace("geemail", "gmail", StringComparison.Ordinal);
        domain = domain.EndsWith(".con", StringComparison.Ordinal) ? domain[..^1] + "m" : domain;
        return IsAddress("a@" + domain) ? (domain, end) : null;
    }

    /// <summary>After the first known ending that no dot follows, or after the last dot's word where the sentence ends there.</summary>
    private static int? DomainEnd(IReadOnlyList<Token> tokens, int from)
    {
        bool Ends(int at) => tokens[at].IsAfterStop || AfterEnding.Contains(tokens[at].Text);
        var end = -1;
        for (var at = from + 1; at < tokens.Count && !IsAt(tokens[at]) && !(end >= 0 && Ends(at)); at++)
        {
            if (Sign(tokens[at - 1]) != "." || tokens[at].Kind == TokenKind.Sign)
                continue;
            end = at + 1;
            if (Endings.Contains(tokens[at].Text) && !(end < tokens.Count && Sign(tokens[end]) == "."))
                return end;
        }
        return end >= 0 && (end >= tokens.Count || Ends(end)) ? end : null;
    }

    /// <summary>The words before the "at" that are the address's own; null = others are among them that nobody can tell apart.</summary>
    public static List<Token>? Local(IReadOnlyList<Token> tokens)
    {
        var (from, isNot) = (0, false);
        for (var at = 0; at < tokens.Count; at++)
        {
            if (Begins(tokens, at))
                (from, isNot) = (at + 1, IsRefusing(tokens.WordAt(at - 1)));
        }
        from = AfterCarriers(tokens, from);
        // "My hotmail, carol at …": told before the address.
        if (Pause(tokens, from) is var pause and > 0 && tokens[from].Text is "my" or "our")
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
        var isCut = tokens.Take(from).Any(token => token.Kind == TokenKind.Word && IsSign(token));
        List<Token> local = [.. tokens.Skip(from)];
        return isCut || IsDoubtful(local) ? null : local;
    }

    private static bool IsDoubtful(List<Token> local)
    {
        if (local.Exists(token => IsAt(token) || Doubtful.Contains(token.Text)))
            return true;
        // "My dad's at gmail dot com".
        if (local is [{ Text: "my" or "our" }, .., { Text: [.., '\'', 's'] }])
            return true;
        // "And for at", "lucy hyphenann at": misheard.
        return local is [{ Text: "for" or "and" or "the" or "to" or "on" or "of" }]
            || local.Exists(token => !IsSign(token) && (token.Text.StartsWith("hyphen", StringComparison.Ordinal) || token.Text.StartsWith("underscore", StringComparison.Ordinal)));
    }

    public static string Text(IReadOnlyList<Token> tokens)
    {
        var text = new StringBuilder();
        for (var at = 0; at < tokens.Count;)
        {
            var digits = new StringBuilder();
            if (Sign(tokens[at]) is { } sign)
                text.Append(sign);
            else if (!(tokens[at].Text is "oh" or "o" && !IsZero(tokens, at)) && DigitsReader.Step(tokens, at, digits) is var (next, _) && next > at)
            {
                text.Append(digits);
                at = next;
                continue;
            }
            else if (!Dropped.Contains(tokens[at].Text))
                text.Append(tokens[at].Text.Replace("'", "", StringComparison.Ordinal));
            at++;
        }
        return text.ToString();
    }

    /// <summary>Whether the address begins after the word: "it's", "send it to", "reach me at", "my work one".</summary>
    private static bool Begins(IReadOnlyList<Token> tokens, int at) => tokens[at].Text switch
    {
        "to" => tokens.WordAt(at - 1) is "it" or "that" or "them" or "this" or "send" or "email" or "mail" or "write" or "forward",
        "at" => tokens.WordAt(at - 1) is "me" or "us" or "him" or "her" or "them" or "reach" or "contact" or "email" or "i'm" or "am" or "we're" or "it" or "is",
        "down" => tokens.WordAt(at - 1) is "put" or "note" or "write" or "me" or "it",
        "on" => tokens.WordAt(at - 1) is "me" or "us" or "him" or "her" or "it",
        "email" or "address" => at + 1 < tokens.Count,
        "one" => Kinds.Contains(tokens.WordAt(at - 1)),
        var word => Announcing.Contains(word),
    };

    /// <summary>Where a comma parts two words, as it parts a remark from an address; beside signs, digits and letters it is only a pause. 0 = nowhere.</summary>
    private static int Pause(IReadOnlyList<Token> tokens, int from)
    {
        bool IsWord(Token token) => token.Text.Length > 1 && !IsSign(token) && !EmailSpellings.IsSpelled(token) && !DigitsReader.BeginsDigits(token);
        for (var at = from + 1; at < tokens.Count; at++)
        {
            if (tokens[at].IsAfterStop && IsWord(tokens[at - 1]) && IsWord(tokens[at]))
                return at;
        }
        return 0;
    }

    private static int AfterCarriers(IReadOnlyList<Token> tokens, int from)
    {
        while (Array.Find(Carriers, words => tokens.Follows(from, words)) is { } carrier)
            from += carrier.Length;
        // "Hello, tom at …": said before the sentence with the address.
        var stop = Enumerable.Range(from, tokens.Count - from).Skip(1).FirstOrDefault(at => tokens[at].IsAfterStop, -1);
        return stop > from && tokens.Skip(from).Take(stop - from).All(token => Words.Fillers.Contains(token.Text) || Answers.Contains(token.Text)) ? AfterCarriers(tokens, stop) : from;
    }

    /// <summary>"Zoe oh seven", "nineteen o five": beside digits it is one.</summary>
    private static bool IsZero(IReadOnlyList<Token> tokens, int at) =>
        (at + 1 < tokens.Count && DigitsReader.BeginsDigits(tokens[at + 1]) && !Words.Repeats.ContainsKey(tokens[at + 1].Text)) || (at > 0 && DigitsReader.BeginsDigits(tokens[at - 1]) && tokens[at - 1].Text is not ("o" or "oh"));

    private static string? Sign(Token token) => EmailSpellings.IsSpelled(token) ? null : token.Text switch
    {
        "dot" or "point" or "period" or "." => ".",
        "underscore" or "_" => "_",
        "dash" or "hyphen" or "minus" or "-" => "-",
        "plus" or "+" => "+",
        _ => null,
    };

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);

    [GeneratedRegex(@"^[a-z0-9]+([._+-]+[a-z0-9]+)*@[a-z0-9]+([.-][a-z0-9]+)*\.[a-z]{2,10}$")]
    private static partial Regex Address();
}

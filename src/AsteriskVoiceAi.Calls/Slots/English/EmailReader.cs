using System.Text;
using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>E-mail addresses: "tom dot baker at example dot com".</summary>
internal static partial class EmailReader
{
    private static readonly HashSet<string> Dropped = new(["um", "uh", "er", "all", "lowercase", "capital", "space", "please", "okay", "ok", "erm", "so"], StringComparer.Ordinal);

    private static readonly string[][] Carriers =
    [
        .. "my email address is|my address is|the address is|my e mail address is|my e-mail address is|the email address is|the email is|my email is|my email's|email's|the email's|my e mail is|my e-mail is|email address is|email is|email it to|send it to|you can reach me at|it's|its|it is|my full name|my whole name|my first and last name|that's|that is|that would be|yes|yeah|sure|okay|so|um|uh|well"
            .Split('|').Select(phrase => phrase.Split(' ')).OrderByDescending(words => words.Length),
    ];

    public static SlotReading? Read(IReadOnlyList<Token> tokens)
    {
        var pieces = Corrections.Split(WithoutRemarks(tokens), out _);
        for (var i = pieces.Count - 1; i >= 0; i--)
        {
            if (ReadPiece(pieces[i]) is { } address)
                return pieces.Count > 1 ? address with { Confidence = SlotReading.Guessed } : address;
            // What took its place was not understood; what was taken back is not the answer.
            if (pieces[i].Exists(token => token.Text is "at" or "@" or "dot"))
                return null;
        }
        return null;
    }

    /// <summary>"No spaces", which takes nothing back, and "plus sign".</summary>
    private static List<Token> WithoutRemarks(IReadOnlyList<Token> tokens)
    {
        var kept = new List<Token>(tokens.Count);
        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens[at].Text is "no" or "without" && tokens.WordAt(at + 1) is "space" or "spaces" or "gap" or "gaps" or "dot" or "dots" or "dash" or "dashes" or "hyphen" or "hyphens" or "underscore" or "underscores" or "capitals" or "caps" or "punctuation")
                at++;
            else if (!(tokens[at].Text is "sign" or "symbol" && Sign(tokens.WordAt(at - 1)) is not null))
                kept.Add(tokens[at]);
        }
        return kept;
    }

    private static SlotReading? ReadPiece(List<Token> tokens)
    {
        var from = 0;
        while (Carriers.FirstOrDefault(words => tokens.Follows(from, words)) is { } carrier)
            from += carrier.Length;
        // "At" may be in a name; the one before the domain is the last.
        var at = tokens.FindLastIndex(token => token.Text is "at" or "@");
        if (at <= from)
            return null;
        from = Math.Max(from, tokens.FindLastIndex(at - 1, token => token.Text is "is" or "was" or "it's" or "that's") + 1);
        // "You can email me at".
        if (tokens.FindLastIndex(at - 1, token => token.Text is "me" or "us") is var me and >= 0 && me + 1 < at && tokens[me + 1].Text == "at")
            from = Math.Max(from, me + 2);
        if (at <= from || tokens[from..at].Exists(token => Words.IsContraction(token.Text)))
            return null;
        var local = Part(tokens[from..at]);
        // "… dot com is the best one".
        var to = tokens.FindIndex(at, token => token.Text is "is" or "that's" or "and" or "but" or "if" or "i");
        if (to < 0)
            to = tokens.Count;
        while (to > at && (tokens[to - 1].Text is "please" or "thanks" or "thank" or "bye" || tokens.Follows(to - 2, "thank", "you")))
            to--;
        var domain = Part(tokens[(at + 1)..to]).Replace("gmale", "gmail", StringComparison.Ordinal).Replace("geemail", "gmail", StringComparison.Ordinal);
        // "Sail-dash west", "m-a-r-k", "dot con".
        local = SpelledLetters().Replace(local.Replace("--", "-", StringComparison.Ordinal), match => match.Value.Replace("-", "", StringComparison.Ordinal));
        domain = domain.EndsWith(".con", StringComparison.Ordinal) ? domain[..^1] + "m" : domain;
        var address = $"{local}@{domain}";
        return Address().IsMatch(address) ? new SlotReading(address, SlotReading.Likely) : null;
    }

    private static string Part(List<Token> tokens)
    {
        var text = new StringBuilder();
        for (var i = 0; i < tokens.Count;)
        {
            var token = tokens[i];
            if (tokens.Follows(i, "all", "one", "word") || tokens.Follows(i, "in", "lower", "case") || tokens.Follows(i, "lower", "case") || tokens.Follows(i, "one", "word"))
            {
                i += tokens.Follows(i, "all", "one", "word") || tokens[i].Text == "in" ? 3 : 2;
                continue;
            }
            var sign = Sign(token.Text);
            var digits = new StringBuilder();
            if (sign is not null)
                text.Append(sign);
            else if (token.Text is not ("oh" or "o") && DigitsReader.Step(tokens, i, digits) is var (next, _) && next > i && token.Text is not "double" and not "triple")
            {
                text.Append(digits);
                i = next;
                continue;
            }
            else if (Words.Repeats.ContainsKey(token.Text) && i + 1 < tokens.Count && Repeated(tokens, i) is var (repeated, after))
            {
                text.Append(repeated);
                i = after;
                continue;
            }
            else if ((token.IsLetter || tokens.Follows(i + 1, "as", "in")) && Letters.At(tokens, i, isName: false) is var (letter, end, _))
            {
                text.Append(letter.ToLowerInvariant());
                i = end;
                continue;
            }
            else if (!Dropped.Contains(token.Text))
                text.Append(token.Text.Replace("'", "", StringComparison.Ordinal));
            i++;
        }
        return text.ToString();
    }

    private static (string Text, int Next)? Repeated(List<Token> tokens, int at)
    {
        var digits = new StringBuilder();
        if (DigitsReader.Step(tokens, at, digits) is var (next, _) && next > at)
            return (digits.ToString(), next);
        return Letters.At(tokens, at) is var (letters, end, _) ? (letters.ToLowerInvariant(), end) : null;
    }

    private static string? Sign(string word) => word switch
    {
        "dot" or "point" or "period" or "." => ".",
        "underscore" or "_" => "_",
        "dash" or "hyphen" or "minus" or "-" => "-",
        "plus" or "+" => "+",
        _ => null,
    };

    [GeneratedRegex(@"(?<![a-z0-9])[a-z](-[a-z]){2,}(?![a-z0-9])")]
    private static partial Regex SpelledLetters();

    [GeneratedRegex(@"^[a-z0-9]+([._+-]+[a-z0-9]+)*@[a-z0-9]+([.-][a-z0-9]+)*\.[a-z]{2,10}$")]
    private static partial Regex Address();
}

using System.Text;
using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>The signs, words and domains of e-mail addresses.</summary>
internal static partial class EmailParts
{
    private static readonly HashSet<string> Dropped = Set("um uh er all lowercase capital space please okay ok erm so");

    /// <summary>Domains end with these where no dot follows; others where the sentence does.</summary>
    private static readonly HashSet<string> Endings = Set(
        "com net org edu gov mil int info biz io co me tv app dev ai us uk eu de fr es it nl be ch ie pt pl se dk fi ca au nz za jp cn br mx ru cz gr hu ro tr il cat online shop store site tech cloud email london scot wales xyz ac nhs ltd plc name pro mobi");

    /// <summary>After an ending that is not known.</summary>
    private static readonly HashSet<string> AfterEnding = Set("is that's and but if i please thanks thank bye");

    private static readonly HashSet<string> NotOfDomain = Set("www website email address what is was not with without spelled spelt what's called");

    /// <summary>"At my company dot com": which one nobody knows.</summary>
    private static readonly HashSet<string> Companies = Set("company work business firm school office job employer name");

    /// <summary>"A t" is spelled and no sign.</summary>
    public static bool IsAt(Token token) => token.Text == "@" || (token.Text == "at" && token.Raw.Length == 2);

    /// <summary>"Don't", "isn't", "never": an address near it is not to be used.</summary>
    public static bool IsRefusing(string word) => word is "not" or "never" or "cannot" or "anymore" || word.EndsWith("n't", StringComparison.Ordinal);

    public static bool IsSign(Token token) => Sign(token) is not null;

    /// <summary>A word of several letters, said as one.</summary>
    public static bool IsWord(Token token) => token.Text.Length > 1 && !IsSign(token) && !EmailSpellings.IsSpelled(token) && !DigitsReader.BeginsDigits(token);

    /// <summary>Whether it is a whole address.</summary>
    public static bool IsAddress(string text) => Address().IsMatch(text);

    /// <returns>A domain with its ending and where it ends; null = none begins there.</returns>
    public static (string Domain, int Next)? DomainAt(IReadOnlyList<Token> tokens, int from)
    {
        if (DomainEnd(tokens, from) is not { } end)
            return null;
        var words = tokens.Skip(from).Take(end - from).ToList();
        if (words.Exists(token => NotOfDomain.Contains(token.Text) || Words.IsContraction(token.Text)) || (words[0].Text is "my" or "our" or "the" && Companies.Contains(words[1].Text)))
            return null;
        // "Khan motors, khan with a k, dot com".
        if (words.Where((token, at) => at > 0 && token.IsAfterStop && IsWord(token) && words.FindIndex(other => other.Text == token.Text) < at).Any())
            return null;
        var domain = Text(words).Replace("gmale", "gmail", StringComparison.Ordinal).Replace("geemail", "gmail", StringComparison.Ordinal).Replace("ggmail", "gmail", StringComparison.Ordinal);
        domain = domain.EndsWith(".con", StringComparison.Ordinal) ? domain[..^1] + "m" : domain;
        return !IsStuck(domain.Split('.')) && IsAddress("a@" + domain) ? (domain, end) : null;
    }

    /// <summary>"At yahoo dot yahoo dot com", "at gmail dot c dot com", "dot com dot uk", which there is not.</summary>
    private static bool IsStuck(string[] labels) =>
        labels.Zip(labels.Skip(1)).Any(pair => pair.First == pair.Second || pair is ("com", "uk")) || labels.Skip(1).Any(label => label.Length == 1);

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

    /// <summary>"Zoe oh seven", "nineteen o five": beside digits it is one.</summary>
    private static bool IsZero(IReadOnlyList<Token> tokens, int at) =>
        (at + 1 < tokens.Count && DigitsReader.BeginsDigits(tokens[at + 1]) && !Words.Repeats.ContainsKey(tokens[at + 1].Text)) || (at > 0 && DigitsReader.BeginsDigits(tokens[at - 1]) && tokens[at - 1].Text is not ("o" or "oh"));

    public static string? Sign(Token token) => EmailSpellings.IsSpelled(token) ? null : token.Text switch
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

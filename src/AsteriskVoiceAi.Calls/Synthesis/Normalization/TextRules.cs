using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

/// <summary>
/// Finds what a text of one language has in figures and short forms, and says it in words. What looks like nothing that it knows stays as
/// it is. Reads once from left to right; what was replaced is not looked at again. Thread-safe.
/// </summary>
internal sealed class TextRules
{
    private const string Currency = @"US\$|\$|€|£|¥|USD|EUR|GBP|CHF|JPY";

    private readonly SpokenLanguage _language;
    private readonly TextRule[] _rules;
    private readonly HashSet<string> _beforeYear;

    public TextRules(SpokenLanguage language)
    {
        _language = language;
        _beforeYear = [.. language.WordsBeforeYear.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. language.Months.Select(month => month.ToLowerInvariant())];
        var number = WrittenNumber.Pattern(language);
        // Amounts are written with either mark, whatever the language: $12.50 in a German text.
        var groups = language.GroupMarks.Contains(' ', StringComparison.Ordinal) ? ".,'’ " : ".,'’";
        var amount = $"[0-9]{{1,3}}(?:[{groups}][0-9]{{3}}){{1,3}}(?:[.,][0-9]{{2}})?|[0-9]{{1,9}}(?:[.,][0-9]{{2}})?";
        _rules =
        [
            new(@"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}", (_, match) => SpokenAddress.Say(match.Value, language)),
            new(@"(?:https?://|www\.)[A-Za-z0-9._/-]{0,200}[A-Za-z0-9]", (_, match) => SpokenAddress.Say(match.Value[(match.Value.IndexOf("//", StringComparison.Ordinal) is >= 0 and var at ? at + 2 : 0)..], language)),
            new("(?<y>[0-9]{4})-(?<mo>[0-9]{2})-(?<d>[0-9]{2})", Date),
            new($"(?<a>[0-9]{{1,2}})(?<mark>[{language.DateMarks}])(?<b>[0-9]{{1,2}})\\k<mark>(?<y>[0-9]{{4}}|[0-9]{{2}})", FigureDate),
            new(language.NamedDate, NamedDate),
            new(language.Time, Time),
            new($"(?<currency>{Currency}) ?(?<amount>{amount})(?: (?<scale>million|billion))?|(?<amount>{amount}) ?(?<currency>{Currency})", Money),
            new($"(?<n>{number}) ?%", (_, match) => $"{WrittenNumber.Read(match.Groups["n"].Value, language).Say(language)} {language.Symbols.Percent}"),
            new(language.OrdinalFigure, Ordinal),
            new($@"\+[0-9]{{1,3}}(?:[ ()./-]{{1,3}}[0-9]{{1,12}}){{1,6}}\b|\+[0-9]{{7,15}}|{language.Telephone}", Telephone),
            new("(?<a>[0-9]{1,4}) ?– ?(?<b>[0-9]{1,4})", (_, match) => $"{Cardinal(match.Groups["a"].Value)} {language.Symbols.Range} {Cardinal(match.Groups["b"].Value)}"),
            new($"(?<minus>[-−])?(?<n>{number})", Number),
        ];
    }

    public string Say(string text)
    {
        var said = new StringBuilder(text.Length * 2);
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '&')
            {
                Space(said).Append(_language.Symbols.And).Append(' ');
                at++;
                while (at < text.Length && text[at] == ' ')
                    at++;
                continue;
            }
            if (StartsCleanly(text, at) && Replacement(text, at) is { Length: > 0 } found)
            {
                said.Append(found.Words);
                at += found.Length;
                continue;
            }
            said.Append(text[at++]);
        }
        return said.ToString();
    }

    private (int Length, string Words) Replacement(string text, int at)
    {
        foreach (var rule in _rules)
        {
            if (rule.Try(text, at, out var words) is > 0 and var length)
                return (length, words);
        }
        foreach (var abbreviation in _language.Abbreviations)
        {
            var end = at + abbreviation.Written.Length;
            if (Fits(text, at, abbreviation))
                return (abbreviation.Written.Length, abbreviation.Spoken + (abbreviation.Place == AbbreviationPlace.MayEndSentence ? FullStop(text, end) : end < text.Length && char.IsLetterOrDigit(text[end]) ? " " : ""));
        }
        var isAlone = at + 1 == text.Length || !char.IsLetterOrDigit(text[at + 1]);
        return text[at] switch
        {
            '#' when isAlone => (1, _language.Symbols.Hash),
            '*' when isAlone => (1, _language.Symbols.Star),
            _ => default,
        };
    }

    /// <summary>Whether something can begin here: not in the middle of a word or of a longer number.</summary>
    private static bool StartsCleanly(string text, int at) =>
        at == 0 || (!char.IsLetterOrDigit(text[at - 1]) && text[at - 1] != '_' && !(text[at - 1] is '.' or ',' or ':' or '/' or '-' && at > 1 && char.IsAsciiDigit(text[at - 2])));

    private static bool Fits(string text, int at, Abbreviation abbreviation)
    {
        var end = at + abbreviation.Written.Length;
        if (string.CompareOrdinal(text, at, abbreviation.Written, 0, abbreviation.Written.Length) != 0)
            return false;
        if (char.IsLetterOrDigit(abbreviation.Written[^1]) && end < text.Length && char.IsLetterOrDigit(text[end]))
            return false;
        var next = end;
        while (next < text.Length && text[next] == ' ')
            next++;
        return abbreviation.Place switch
        {
            AbbreviationPlace.BeforeName => next < text.Length && char.IsUpper(text[next]),
            AbbreviationPlace.BeforeNameOnly => next < text.Length && char.IsUpper(text[next]) && WordBefore(text, at) is not [>= 'A' and <= 'Z', ..],
            AbbreviationPlace.BeforeNumber => next < text.Length && char.IsAsciiDigit(text[next]),
            _ => true,
        };
    }

    private string? Date(string text, Match match) => Say(text, match, new(Int(match.Groups["d"]), Int(match.Groups["mo"]), Int(match.Groups["y"])));

    private string? FigureDate(string text, Match match)
    {
        var (a, b) = (Int(match.Groups["a"]), Int(match.Groups["b"]));
        var year = CalendarDate.FullYear(Int(match.Groups["y"])!.Value, match.Groups["y"].Length);
        return Say(text, match, _language.IsMonthFirst ? new(b, a, year) : new(a, b, year));
    }

    private string? NamedDate(string text, Match match)
    {
        var name = match.Groups["m"].Value;
        var month = _language.Months.Select((word, i) => (word, Number: i + 1)).FirstOrDefault(month => name.StartsWith(month.word[..Math.Min(3, month.word.Length)], StringComparison.Ordinal) && (name.Length <= 5 || month.word == name)).Number;
        // A month alone is a word as any other; "May" is not even always a month.
        return month == 0 || (!match.Groups["d"].Success && !match.Groups["y"].Success) ? null : Say(text, match, new(Int(match.Groups["d"]), month, Int(match.Groups["y"])));
    }

    private string? Say(string text, Match match, CalendarDate date) => date.IsValid ? _language.SayDate(date, WordBefore(text, match.Index).ToLowerInvariant()) : null;

    private string? Time(string text, Match match)
    {
        var half = match.Groups["half"];
        var time = new ClockTime(Int(match.Groups["h"])!.Value, Int(match.Groups["mi"]) ?? 0, half.Success ? char.ToLowerInvariant(half.Value[0]) : null);
        return time.IsValid ? _language.SayTime(time) + (match.Value.EndsWith('.') ? FullStop(text, match.Index + match.Length) : "") : null;
    }

    private string? Money(string text, Match match) => SpokenMoney.Say(match.Groups["amount"].Value, match.Groups["currency"].Value, match.Groups["scale"].Value, _language);

    private string? Ordinal(string text, Match match) =>
        match.Groups["n"].Length <= 6 ? (match.Groups["f"].Value == "ª" ? _language.Ordinal(Int(match.Groups["n"])!.Value)[..^1] + "a" : _language.Ordinal(Int(match.Groups["n"])!.Value)) : null;

    private string? Telephone(string text, Match match) => SpokenDigits.Count(match.Value) >= 7 ? SpokenDigits.Telephone(match.Value, _language) : null;

    private string? Number(string text, Match match)
    {
        var number = WrittenNumber.Read(match.Groups["n"].Value, _language);
        var minus = match.Groups["minus"].Success ? _language.Symbols.Minus + " " : "";
        if (number is { IsGrouped: false, Fraction: "", Digits.Length: 4, Value: >= 1100 and <= 2099 } && _beforeYear.Contains(WordBefore(text, match.Index).ToLowerInvariant()))
            return _language.Year((int)number.Value);
        return minus + number.Say(_language, _language.FormBefore(WordAfter(text, match.Index + match.Length)));
    }

    private string Cardinal(string digits) => new WrittenNumber(digits, "", false).Say(_language);

    private static int? Int(Group group) =>
        group.Success ? int.Parse(new string([.. group.Value.Where(char.IsAsciiDigit)]), NumberStyles.None, CultureInfo.InvariantCulture) : null;

    /// <summary>A full stop that was swallowed, where it was the sentence's as well.</summary>
    private static string FullStop(string text, int at) =>
        at == text.Length || (text[at] == ' ' && at + 1 < text.Length && (char.IsUpper(text[at + 1]) || text[at + 1] is '¿' or '¡')) ? "." : "";

    private static string WordBefore(string text, int at)
    {
        var end = at;
        while (end > 0 && text[end - 1] == ' ')
            end--;
        var start = end;
        while (start > 0 && char.IsLetter(text[start - 1]))
            start--;
        return text[start..end];
    }

    private static string WordAfter(string text, int at)
    {
        var start = at;
        while (start < text.Length && text[start] == ' ')
            start++;
        var end = start;
        while (end < text.Length && char.IsLetter(text[end]))
            end++;
        return start == at ? "" : text[start..end];
    }

    private static StringBuilder Space(StringBuilder said) => said.Length > 0 && said[^1] != ' ' ? said.Append(' ') : said;
}

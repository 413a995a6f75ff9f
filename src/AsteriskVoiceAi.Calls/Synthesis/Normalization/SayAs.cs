using System.Globalization;
using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

/// <summary>Reads a value the way a text asks for: SSML's <c>say-as</c>.</summary>
internal static partial class SayAs
{
    /// <summary>What may stand in <c>interpret-as</c>.</summary>
    public static readonly IReadOnlyList<string> Kinds =
        ["characters", "spell-out", "digits", "cardinal", "number", "ordinal", "currency", "date", "time", "telephone", "email"];

    /// <summary>What may stand in <c>format</c> of a date.</summary>
    public static readonly IReadOnlyList<string> DateFormats = ["mdy", "dmy", "ymd", "md", "dm", "ym", "my", "y"];

    /// <summary>Words for the value. One that is not what it is said to be is read as any text.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="format">Of a date: the order of its parts; of an amount: its currency; else empty.</param>
    /// <param name="language">BCP 47 tag.</param>
    public static string Words(string value, string kind, string format, string language)
    {
        var clean = CleanText.Of(value);
        var words = SpokenLanguage.For(language);
        if (kind is "characters" or "spell-out" || (kind is "digits" && words is null))
            return SpokenDigits.Characters(clean, words);
        return (words is null ? null : Say(clean, kind, format, words)) ?? SpokenForm.Of(clean, language);
    }

    private static string? Say(string value, string kind, string format, SpokenLanguage language) => kind switch
    {
        "digits" => Digits(value, language),
        "cardinal" or "number" => Number(value, language)?.Say(language),
        "ordinal" => Number(value.TrimEnd('.', 'º', 'ª'), language) is { Fraction: "", IsQuantity: true } number ? language.Ordinal(number.Value) : null,
        "currency" => Currency(value, format, language),
        "date" => Date(value, format, language) is { IsValid: true } date ? language.SayDate(date, "") : null,
        "time" => Time(value) is { IsValid: true } time ? language.SayTime(time) : null,
        "telephone" => value.All(c => char.IsAsciiDigit(c) || " +()./-".Contains(c, StringComparison.Ordinal)) && SpokenDigits.Count(value) > 0 ? SpokenDigits.Telephone(value, language) : null,
        "email" => SpokenAddress.Say(value, language),
        _ => null,
    };

    /// <summary>Groups as they are written; what is no digit is read as a character.</summary>
    private static string Digits(string value, SpokenLanguage language) =>
        value.All(c => char.IsAsciiDigit(c) || c is ' ' or '-') && SpokenDigits.Count(value) > 0 ? SpokenDigits.Telephone(value, language) : SpokenDigits.Characters(value, language);

    private static WrittenNumber? Number(string value, SpokenLanguage language) =>
        Regex.IsMatch(value, $@"\A(?:{WrittenNumber.Pattern(language)})\z", RegexOptions.CultureInvariant) ? WrittenNumber.Read(value, language) with { IsGrouped = true } : null;

    private static string? Currency(string value, string format, SpokenLanguage language)
    {
        var match = Amount().Match(value);
        if (!match.Success)
            return null;
        var (before, after) = (match.Groups["before"].Value, match.Groups["after"].Value);
        var currency = before.Length > 0 ? before : after.Length > 0 ? after : format;
        return SpokenMoney.Say(match.Groups["amount"].Value, currency, "", language);
    }

    private static ClockTime? Time(string value)
    {
        var match = Clock().Match(value);
        if (!match.Success)
            return null;
        var half = match.Groups["half"];
        return new(
            int.Parse(match.Groups["h"].Value, CultureInfo.InvariantCulture),
            match.Groups["m"].Success ? int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture) : 0,
            half.Success ? char.ToLowerInvariant(half.Value[0]) : null);
    }

    private static CalendarDate? Date(string value, string format, SpokenLanguage language)
    {
        var parts = Figures().Matches(value).Select(match => match.Value).ToArray();
        if (format.Length == 0)
            format = parts is [{ Length: 4 }, ..] ? "ymd"[..Math.Min(3, parts.Length)] : (language.IsMonthFirst ? "mdy" : "dmy")[..Math.Min(3, parts.Length)];
        // "20261125" has its parts by their lengths.
        if (parts.Length == 1 && format.Length == 3 && parts[0].Length == 8)
            parts = format[0] == 'y' ? [parts[0][..4], parts[0][4..6], parts[0][6..]] : [parts[0][..2], parts[0][2..4], parts[0][4..]];
        if (parts.Length != format.Length || parts.Any(part => part.Length > 4) || !Separated().IsMatch(value))
            return null;
        int? Part(char name) => format.IndexOf(name, StringComparison.Ordinal) is >= 0 and var at ? int.Parse(parts[at], CultureInfo.InvariantCulture) : null;
        var year = Part('y') is { } y ? CalendarDate.FullYear(y, parts[format.IndexOf('y', StringComparison.Ordinal)].Length) : (int?)null;
        return new(Part('d'), Part('m'), year);
    }

    [GeneratedRegex(@"\A(?<before>US\$|[$€£¥]|[A-Za-z]{3})? ?(?<amount>[0-9]{1,3}(?:[.,' ][0-9]{3}){0,3}(?:[.,][0-9]{2})?|[0-9]{1,12}(?:[.,][0-9]{2})?) ?(?<after>[$€£¥]|[A-Za-z]{3})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Amount();

    [GeneratedRegex(@"\A(?<h>[0-9]{1,2})(?:[:.h](?<m>[0-9]{2})(?:[:.][0-9]{2})?)? ?(?<half>[AaPp]\.? ?[Mm]\.?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex("[0-9]{1,8}", RegexOptions.CultureInvariant)]
    private static partial Regex Figures();

    [GeneratedRegex(@"\A[0-9]{1,8}(?:[./ -][0-9]{1,4}){0,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Separated();
}

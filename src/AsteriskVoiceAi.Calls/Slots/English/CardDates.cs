using System.Globalization;
using System.Text;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>The forms in which the date of a card is said.</summary>
internal static class CardDates
{
    /// <returns>The one date that is said, once or again; null = none is, or two that differ.</returns>
    public static CardDate? Find(IReadOnlyList<Token> tokens, SlotQuestion question)
    {
        var (dates, rest) = (new HashSet<CardDate>(), new List<Token>());
        for (var at = 0; at < tokens.Count;)
        {
            if ((Relative(tokens, at, question.Now) ?? Named(tokens, at) ?? Slashed(tokens, at, question) ?? Counted(tokens, at)) is var (date, next))
            {
                if (date.Text is null)
                    return null;
                dates.Add(date);
                at = next;
                continue;
            }
            // "March or april twenty nine".
            if (IsMonth(tokens, at))
                return null;
            rest.Add(tokens[at++]);
        }
        if (Figures(rest) is { } figures)
            dates.Add(figures);
        return dates.Count == 1 ? dates.First() : null;
    }

    /// <summary>"No, twenty eight", "no, march": the month or the year alone.</summary>
    public static CardDate? Part(IReadOnlyList<Token> tokens, DateTime now)
    {
        var said = tokens.Where(token => token.Kind != TokenKind.Sign && !Words.Fillers.Contains(token.Text) && token.Text is not ("month" or "year" or "of" or "in")).ToList();
        if (said.Count == 1 && Months.Find(said[0].Text) is { } named)
            return new CardDate(named, null);
        if (said.Count > 0 && Years.At(said, 0, twoDigits: true) is var (year, end) && end == said.Count && year % 100 > 12)
            return new CardDate(null, year);
        var digits = Digits(said, out var isAll);
        var number = isAll && string.Concat(digits) is { Length: 1 or 2 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        // "No, oh six": no card that is still asked about ended in 2006.
        return number is >= 1 and <= 12 && 2000 + number < now.Year - 1 ? new CardDate(number, null) : null;
    }

    public static bool IsOfDate(Token token) => Months.Find(token.Text) is not null || DigitsReader.BeginsDigits(token);

    /// <summary>"It may be" is no month.</summary>
    private static bool IsMonth(IReadOnlyList<Token> tokens, int at) =>
        Months.Find(tokens[at].Text) is not null && !(tokens[at].Text == "may" && (tokens.WordAt(at + 1) is "be" or "have" or "not" or "i" or "need" || tokens.WordAt(at - 1) is "i" or "you"));

    /// <summary>"January of next year", "this december", "next month".</summary>
    private static (CardDate Date, int Next)? Relative(IReadOnlyList<Token> tokens, int at, DateTime now)
    {
        (CardDate, int) In(int month, int years, int next) => (new CardDate(month, now.Year + years), next);
        if (Months.Find(tokens[at].Text) is { } month)
        {
            var year = tokens.WordAt(at + 1) is "of" or "in" ? at + 2 : at + 1;
            return tokens.Follows(year, "next", "year") ? In(month, 1, year + 2)
                : tokens.Follows(year, "this", "year") ? In(month, 0, year + 2)
                : tokens.Follows(year, "the", "year", "after", "next") ? In(month, 2, year + 4)
                : null;
        }
        if (tokens[at].Text is not ("this" or "next" or "last" or "coming"))
            return null;
        var named = tokens.Follows(at, "this", "coming") ? at + 2 : at + 1;
        if (tokens.WordAt(named) == "month")
        {
            var moved = now.AddMonths(tokens[at].Text switch { "this" => 0, "last" => -1, _ => 1 });
            return tokens.Follows(named + 1, "next", "year") ? (new CardDate(moved.Month, moved.Year + 1), named + 3) : (new CardDate(moved.Month, moved.Year), named + 1);
        }
        if (Months.Find(tokens.WordAt(named)) is not { } coming)
            return null;
        // "This march" in may, and "next december" in october, may be in either of two years.
        var isComing = named == at + 2 || tokens[at].Text == "coming";
        if (isComing || (tokens[at].Text == "this" && coming >= now.Month) || (tokens[at].Text == "next" && coming <= now.Month))
            return In(coming, coming < now.Month || tokens[at].Text == "next" ? 1 : 0, named + 1);
        return null;
    }

    /// <summary>"April twenty twenty seven", "august the 31st, 2029". A number right after it belonged to it and was misheard.</summary>
    private static (CardDate Date, int Next)? Named(IReadOnlyList<Token> tokens, int at)
    {
        if (!IsMonth(tokens, at))
            return null;
        var day = tokens.WordAt(at + 1) == "the" ? at + 2 : at + 1;
        var dated = day < tokens.Count && OrdinalReader.OrdinalAt(tokens, day) is var (_, dayEnd) && Years.At(tokens, dayEnd, twoDigits: true) is { } withDay ? withDay : Years.At(tokens, at + 1, twoDigits: true);
        return dated is var (year, end) ? (new CardDate(IsNumber(tokens, end) && !tokens[end].IsAfterStop ? null : Months.Find(tokens[at].Text), year), end) : null;
    }

    /// <summary>08/31/2029.</summary>
    private static (CardDate Date, int Next)? Slashed(IReadOnlyList<Token> tokens, int at, SlotQuestion question) =>
        tokens.WordAt(at + 1) == "/" && tokens.WordAt(at + 3) == "/" && DateForms.At(tokens, at, question) is ({ Month: { } month, Year: { } year }, var next) ? (new CardDate(month, year), next) : null;

    /// <summary>"The fifth of twenty seven", "seventh month of twenty thirty".</summary>
    private static (CardDate Date, int Next)? Counted(IReadOnlyList<Token> tokens, int at)
    {
        if (OrdinalReader.OrdinalAt(tokens, at) is not var (place, next))
            return null;
        while (tokens.WordAt(next) is "of" or "month")
            next++;
        return Years.At(tokens, next, twoDigits: true) is var (year, end) ? (new CardDate(place, year), end) : null;
    }

    private static bool IsNumber(IReadOnlyList<Token> tokens, int at) => at < tokens.Count && (Cardinal.At(tokens, at) is not null || OrdinalReader.OrdinalAt(tokens, at) is not null);

    private static List<string> Digits(IReadOnlyList<Token> tokens, out bool isAll)
    {
        // "Month eight, twenty eight" comes with other words; the figures alone count.
        var digits = new StringBuilder();
        var parts = new List<string>();
        isAll = true;
        for (var at = 0; at < tokens.Count;)
        {
            digits.Clear();
            var (next, _) = DigitsReader.Step(tokens, at, digits);
            if (next > at)
                parts.Add(digits.ToString());
            isAll &= next > at;
            at = Math.Max(next, at + 1);
        }
        return parts;
    }

    private static CardDate? Figures(IReadOnlyList<Token> tokens)
    {
        var parts = Digits(tokens, out _);
        if (Split(string.Concat(parts), parts) is { } whole)
            return whole;
        // "Twenty eight, oh five twenty eight": what was said again counts where it begins with the same.
        for (var from = 1; from < parts.Count; from++)
        {
            var before = string.Concat(parts.Take(from));
            if (Split(string.Concat(parts.Skip(from)), parts[from..]) is { } again && (Split(before, parts[..from]) == again || before == $"{again.Month}" || before == $"{again.Month:00}" || before == $"{again.Year}" || before == $"{again.Year % 100:00}"))
                return again;
        }
        return null;
    }

    /// <summary>Month and year from 4 (MMYY), 6 (MMYYYY), 3 (MYY) or 5 (MYYYY) digits.</summary>
    private static CardDate? Split(string digits, List<string> parts)
    {
        int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
        CardDate? date = digits.Length switch
        {
            4 => new CardDate(Number(digits[..2]), 2000 + Number(digits[2..])),
            6 when digits[2..4] == "20" => new CardDate(Number(digits[..2]), Number(digits[2..])),
            3 when parts.Count > 0 && parts[0].Length is 1 or 3 => new CardDate(Number(digits[..1]), 2000 + Number(digits[1..])),
            5 when digits[1..3] == "20" => new CardDate(Number(digits[..1]), Number(digits[1..])),
            _ => null,
        };
        return date?.Text is null ? null : date;
    }
}

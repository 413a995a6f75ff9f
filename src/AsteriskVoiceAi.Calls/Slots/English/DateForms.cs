using System.Globalization;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>The forms in which a date is said, one after the other.</summary>
internal static class DateForms
{
    private static readonly (string[] Words, int Month, int Day)[] Feasts =
    [
        (["christmas", "eve"], 12, 24), (["christmas", "day"], 12, 25), (["christmas"], 12, 25), (["boxing", "day"], 12, 26), (["new", "year's", "eve"], 12, 31), (["new", "years", "eve"], 12, 31),
        (["new", "year's", "day"], 1, 1), (["new", "years", "day"], 1, 1), (["valentine's", "day"], 2, 14), (["valentines", "day"], 2, 14), (["halloween"], 10, 31),
    ];

    /// <returns>The date that begins at a place and where it ends; null = none does.</returns>
    public static (SpokenDate Date, int Next)? At(IReadOnlyList<Token> tokens, int at, SlotQuestion question) =>
        Figures(tokens, at, question) ?? YearFirst(tokens, at) ?? Named(tokens, at) ?? RelativeDates.At(tokens, at, DateOnly.FromDateTime(question.Now)) ?? Feast(tokens, at) ?? SpokenFigures(tokens, at, question) ?? DayAlone(tokens, at);

    /// <summary>2026-06-09, 9/6/2026, 9.6.26, 05081988.</summary>
    private static (SpokenDate, int)? Figures(IReadOnlyList<Token> tokens, int at, SlotQuestion question)
    {
        if (tokens[at].Kind != TokenKind.Figure)
            return null;
        var parts = tokens[at].Text.Split('.', ',').ToList();
        var next = at + 1;
        while (parts.Count < 3 && next + 1 < tokens.Count && tokens[next].Text is "/" or "-" && tokens[next + 1].Kind == TokenKind.Figure)
        {
            parts.AddRange(tokens[next + 1].Text.Split('.'));
            next += 2;
        }
        if (parts is [{ Length: 8 } run])
            parts = run.StartsWith("19", StringComparison.Ordinal) || run.StartsWith("20", StringComparison.Ordinal) && int.Parse(run[4..6], CultureInfo.InvariantCulture) <= 12 && int.Parse(run[2..4], CultureInfo.InvariantCulture) > 12
                ? [run[..4], run[4..6], run[6..]]
                : [run[..2], run[2..4], run[4..]];
        if (parts is [{ Length: 6 } six])
            parts = [six[..2], six[2..4], six[4..]];
        if (parts.Count is not (2 or 3) || parts.Any(part => part.Length is 0 or > 4))
            return null;
        var numbers = parts.ConvertAll(part => int.Parse(part, CultureInfo.InvariantCulture));
        if (parts.Count == 3 && parts[0].Length == 4)
            return (new SpokenDate { Year = numbers[0], Month = numbers[1], Day = numbers[2] }, next);
        // Two figures are a date only with a slash: 9.30 is a time, 20-30 a range.
        if (parts.Count == 2)
            return tokens.WordAt(at + 1) == "/" ? Ordered(numbers[0], numbers[1], null, false, question) is { } pair ? (pair, next) : null : null;
        return parts[2].Length is 2 or 4 && Ordered(numbers[0], numbers[1], parts[2].Length == 2 ? 2000 + numbers[2] : numbers[2], parts[2].Length == 2, question) is { } full ? (full, next) : null;
    }

    /// <summary>Day and month by the locale, the other way round where only that is a date.</summary>
    private static SpokenDate? Ordered(int first, int second, int? year, bool isShort, SlotQuestion question)
    {
        var (day, month) = question.DayFirst ? (first, second) : (second, first);
        if (month > 12 && day <= 12)
            (day, month) = (month, day);
        return month is >= 1 and <= 12 && day is >= 1 and <= 31 ? new SpokenDate { Day = day, Month = month, Year = year, IsShortYear = isShort } : null;
    }

    /// <summary>"The ninth of june", "june ninth", "9 june 2026", "june the 9th".</summary>
    private static (SpokenDate, int)? Named(IReadOnlyList<Token> tokens, int at)
    {
        if (Months.Find(tokens[at].Text) is { } month)
        {
            // "Ninth june twenty six": the day is before it already.
            if (at > 0 && OrdinalEndsAt(tokens, at))
                return null;
            var dayAt = tokens.WordAt(at + 1) == "the" ? at + 2 : at + 1;
            if (dayAt >= tokens.Count || DayNumber(tokens, dayAt) is not var (day, next))
                return null;
            return WithYear(tokens, next, day, month);
        }
        var from = tokens[at].Text == "the" ? at + 1 : at;
        if (from >= tokens.Count || DayNumber(tokens, from) is not var (number, after))
            return null;
        if (tokens.WordAt(after) is "day" && tokens.WordAt(after + 1) == "of")
            after++;
        if (MonthNumber(tokens, after) is var (counted, countedEnd))
            return WithYear(tokens, countedEnd, number, counted, dayFirst: true);
        // "To" is what "of" is heard as.
        var monthAt = tokens.WordAt(after) is "of" or "to" ? after + 1 : after;
        return Months.Find(tokens.WordAt(monthAt)) is { } named ? WithYear(tokens, monthAt + 1, number, named, dayFirst: true) : null;
    }

    /// <summary>"The sixth of the seventh": the month by its number.</summary>
    private static (int Month, int Next)? MonthNumber(IReadOnlyList<Token> tokens, int at)
    {
        if (tokens.WordAt(at) != "of")
            return null;
        var hasThe = tokens.WordAt(at + 1) == "the";
        var from = hasThe ? at + 2 : at + 1;
        if (from >= tokens.Count)
            return null;
        if (OrdinalReader.OrdinalAt(tokens, from) is var (ordinal, end))
            return ordinal <= 12 ? (ordinal, end) : null;
        // "Of the six", as "sixth" is heard.
        return hasThe && Words.Units.TryGetValue(tokens[from].Text, out var number) && number is >= 1 and <= 12 ? (number, from + 1) : null;
    }

    /// <summary>"Nineteen ninety, january second".</summary>
    private static (SpokenDate, int)? YearFirst(IReadOnlyList<Token> tokens, int at) =>
        Years.At(tokens, at, twoDigits: false) is var (year, next) && Months.Find(tokens.WordAt(next)) is not null && Named(tokens, next) is ({ Year: null } date, var end) ? (date with { Year = year }, end) : null;

    private static bool OrdinalEndsAt(IReadOnlyList<Token> tokens, int at) =>
        Enumerable.Range(Math.Max(0, at - 3), Math.Min(3, at)).Any(from => OrdinalReader.OrdinalAt(tokens, from) is var (_, end) && (end == at || (end == at - 1 && tokens[end].Text == "of")));

    private static (SpokenDate, int) WithYear(IReadOnlyList<Token> tokens, int at, int day, int month, bool dayFirst = false)
    {
        if (Years.At(tokens, at, twoDigits: false) is var (year, next))
            return (new SpokenDate { Day = day, Month = month, Year = year }, next);
        // "June ninth seventy nine": two digits count only where nothing follows, since it may be a time.
        if (Years.At(tokens, at, twoDigits: true) is var (shortYear, end) && end == tokens.Count && shortYear - 2000 > (dayFirst ? 19 : 31))
            return (new SpokenDate { Day = day, Month = month, Year = shortYear, IsShortYear = true }, end);
        return (new SpokenDate { Day = day, Month = month }, at);
    }

    private static (int Day, int Next)? DayNumber(IReadOnlyList<Token> tokens, int at)
    {
        // "Thirty second" has no day in its middle.
        if (Words.Tens.ContainsKey(tokens.WordAt(at - 1)))
            return null;
        if (OrdinalReader.OrdinalAt(tokens, at) is var (ordinal, next))
            return ordinal is >= 1 and <= 31 ? (ordinal, next) : null;
        if (tokens[at].Kind == TokenKind.Figure && !tokens[at].Text.All(char.IsAsciiDigit))
            return null;
        return tokens[at].Text is not ("a" or "an" or "half") && Cardinal.At(tokens, at) is var (value, end) && value is >= 1 and <= 31 && decimal.IsInteger(value) && end - at <= 3 ? ((int)value, end) : null;
    }

    private static (SpokenDate, int)? Feast(IReadOnlyList<Token> tokens, int at)
    {
        foreach (var (words, month, day) in Feasts)
        {
            if (tokens.Follows(at, words))
                return (new SpokenDate { Month = month, Day = day }, at + words.Length);
        }
        return tokens.Follows(at, "fourth", "of", "july") ? (new SpokenDate { Month = 7, Day = 4 }, at + 3) : null;
    }

    /// <summary>"Oh five oh eight nineteen eighty eight", "four seven twenty twenty six".</summary>
    private static (SpokenDate, int)? SpokenFigures(IReadOnlyList<Token> tokens, int at, SlotQuestion question)
    {
        // "Oh one oh six" has no date after its "oh", and "one six three two ninety" is none.
        if (Padded(tokens, at - 1) is not null || (at > 0 && Cardinal.At(tokens, at - 1) is not null) || Part(tokens, at) is not var (first, second) || Part(tokens, second) is not var (other, third))
            return null;
        if (Years.At(tokens, third, twoDigits: true) is not var (year, end))
            return null;
        var isShort = !(Years.At(tokens, third, twoDigits: false) is var (full, _) && full == year);
        return Ordered(first, other, year, isShort, question) is { } date ? (date, end) : null;
    }

    private static (int Value, int Next)? Part(IReadOnlyList<Token> tokens, int at)
    {
        while (tokens.WordAt(at) is "slash" or "/" or "-" or "dash" or "of")
            at++;
        if (at >= tokens.Count)
            return null;
        if (Padded(tokens, at) is { } padded)
            return padded;
        return tokens[at].Kind is TokenKind.Word or TokenKind.Figure && tokens[at].Text is not ("a" or "an" or "half") && Cardinal.At(tokens, at) is var (value, next) && value is >= 1 and <= 31 && decimal.IsInteger(value) ? ((int)value, next) : null;
    }

    /// <summary>"Oh four", "oh 4", "0 4".</summary>
    private static (int Value, int Next)? Padded(IReadOnlyList<Token> tokens, int at) =>
        (Words.IsZero(tokens.WordAt(at)) || tokens.WordAt(at) == "0") && tokens.WordAt(at + 1) is { Length: > 0 } next && (Words.Digit(next) ?? (next is [>= '0' and <= '9'] ? next[0] - '0' : null)) is { } digit ? (digit, at + 2) : null;

    /// <summary>"The eleventh", "on the 3rd": with "the", or as the whole answer, since "second" and "first" are said of much else.</summary>
    private static (SpokenDate, int)? DayAlone(IReadOnlyList<Token> tokens, int at)
    {
        var hasThe = tokens[at].Text == "the";
        var from = hasThe ? at + 1 : at;
        if (from >= tokens.Count || OrdinalReader.OrdinalAt(tokens, from) is not var (day, next) || day > 31)
            return null;
        if (!hasThe && !(at == 0 && next == tokens.Count) && tokens[from].Kind != TokenKind.Mixed)
            return null;
        if (tokens.WordAt(next) is "one" or "time" or "option" or "thing" or "week" or "day" or "place" or "floor" or "class" or "name" or "street" or "avenue")
            return null;
        return (new SpokenDate { Day = day }, tokens.Follows(next, "of", "this", "month") ? next + 3 : next);
    }
}

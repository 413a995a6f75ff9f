using System.Globalization;

namespace AsteriskVoiceAi.Engines.Moonshine.Grammars;

/// <summary>
/// A day, as people say it:
/// <code>
/// [um, on] ( month ["the"] day [[,] year] | ["the"] day ["of"] month [[,] year] | figures | relative ) [mark]
/// relative = "today" | "tomorrow" | "yesterday" | ["next" | "this" | "last"] weekday
/// </code>
/// </summary>
internal static class DateGrammar
{
    private const string LeadIns = "um uh on it's it_was it_is on_the it's_on";
    private const int FirstYear = 1900;
    private const int LastYear = 2099;

    private static readonly string[] Months = [.. CultureInfo.InvariantCulture.DateTimeFormat.MonthNames.Take(12)];

    private static readonly string[] Ones = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".Split(' ');
    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly string[] Ordinals =
        "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".Split(' ');

    // What tokens mean is written as one letter and a number of fixed length, in the order in which they were said: M03D15Y2024.
    public static TokenGrammar Make(TokenTable tokens)
    {
        var words = new GrammarWords(tokens);
        var (start, date, end) = (new GrammarNode(), new GrammarNode(), new GrammarNode { IsFinal = true });
        var (dated, year) = (new GrammarNode { IsFinal = true }, new GrammarNode());
        words.AnyOf(start, date, LeadIns);
        start.Join(date);
        AddMonthFirst(words, date, dated);
        AddDayFirst(words, date, dated);
        AddFigures(words, date, dated, end);
        AddRelative(words, date, end);
        words.Mark(dated, year, ",");
        words.Phrase(dated, year, "in");
        dated.Join(year);
        AddYears(words, year, end);
        words.Mark(dated, end, ".", "?", "!", ",");
        words.Mark(end, end, ".", "?", "!", ",");
        return new(start, 1, int.MaxValue, Read, null);
    }

    private static void AddMonthFirst(GrammarWords words, GrammarNode from, GrammarNode to)
    {
        var (month, day) = (new GrammarNode(), new GrammarNode());
        AddMonths(words, from, month);
        words.Phrase(month, day, "the");
        month.Join(day);
        AddDays(words, day, to);
    }

    private static void AddDayFirst(GrammarWords words, GrammarNode from, GrammarNode to)
    {
        var (day, said, month) = (new GrammarNode(), new GrammarNode(), new GrammarNode());
        words.Phrase(from, day, "the");
        from.Join(day);
        AddDays(words, day, said);
        words.Phrase(said, month, "of");
        said.Join(month);
        AddMonths(words, month, to);
    }

    private static void AddFigures(GrammarWords words, GrammarNode from, GrammarNode to, GrammarNode end)
    {
        foreach (var mark in new[] { "/", "-", "." })
        {
            var (first, second, third) = (new GrammarNode(), new GrammarNode(), new GrammarNode());
            var (afterFirst, afterSecond) = (new GrammarNode(), new GrammarNode());
            for (var value = 1; value <= 31; value++)
            {
                var means = $"F{value:00}";
                words.Figures(from, first, value.ToString(CultureInfo.InvariantCulture), means);
                words.Figures(afterFirst, second, value.ToString(CultureInfo.InvariantCulture), means);
            }
            words.Mark(first, afterFirst, mark);
            words.Mark(second, afterSecond, mark);
            second.Join(to);
            AddYears(words, afterSecond, end);
        }
    }

    private static void AddRelative(GrammarWords words, GrammarNode from, GrammarNode end)
    {
        var weekday = new GrammarNode();
        words.Phrase(from, end, "today", "R0");
        words.Phrase(from, end, "tomorrow", "R1");
        words.Phrase(from, end, "yesterday", "R2");
        words.Phrase(from, end, "the day after tomorrow", "R3");
        words.Phrase(from, weekday, "next", "N");
        words.Phrase(from, weekday, "this", "T");
        words.Phrase(from, weekday, "last", "L");
        from.Join(weekday);
        for (var day = 0; day < 7; day++)
            words.Phrase(weekday, end, CultureInfo.InvariantCulture.DateTimeFormat.DayNames[day], $"W{day}");
    }

    private static void AddMonths(GrammarWords words, GrammarNode from, GrammarNode to)
    {
        for (var month = 0; month < 12; month++)
            words.Phrase(from, to, Months[month], $"M{month + 1:00}");
    }

    private static void AddDays(GrammarWords words, GrammarNode from, GrammarNode to)
    {
        for (var day = 1; day <= 31; day++)
        {
            var means = $"D{day:00}";
            words.Figures(from, to, day.ToString(CultureInfo.InvariantCulture), means);
            words.Figures(from, to, day.ToString(CultureInfo.InvariantCulture) + Ending(day), means);
            words.Phrase(from, to, Spoken(day), means);
            foreach (var ordinal in SpokenOrdinal(day))
                words.Phrase(from, to, ordinal, means);
        }
    }

    private static void AddYears(GrammarWords words, GrammarNode from, GrammarNode to)
    {
        for (var year = FirstYear; year <= LastYear; year++)
        {
            var means = $"Y{year:0000}";
            words.Figures(from, to, year.ToString(CultureInfo.InvariantCulture), means);
            var (century, rest) = (year / 100, year % 100);
            if (rest >= 10)
                words.Phrase(from, to, $"{Spoken(century)} {Spoken(rest)}", means);
            else if (rest > 0)
                words.Phrase(from, to, $"{Spoken(century)} oh {Spoken(rest)}", means);
            if (century == 20)
            {
                words.Phrase(from, to, rest == 0 ? "two thousand" : $"two thousand {Spoken(rest)}", means);
                words.Phrase(from, to, rest == 0 ? "two thousand" : $"two thousand and {Spoken(rest)}", means);
            }
        }
    }

    private static string Ending(int day) => day is 11 or 12 or 13 ? "th" : (day % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" };

    private static string Spoken(int number) => number < 20 ? Ones[number] : number % 10 == 0 ? Tens[number / 10] : $"{Tens[number / 10]}-{Ones[number % 10]}";

    private static IEnumerable<string> SpokenOrdinal(int day)
    {
        if (day <= 20)
            return [Ordinals[day]];
        if (day == 30)
            return ["thirtieth"];
        return [$"{Tens[day / 10]}-{Ordinals[day % 10]}", $"{Tens[day / 10]} {Ordinals[day % 10]}"];
    }

    /// <summary><c>2024-03-15</c>, <c>03-15</c> where no year was said, or the words of a relative day; null = there is no such day.</summary>
    private static string? Read(string meaning)
    {
        var (month, day, year, figures, relative) = (0, 0, 0, new List<int>(), new List<string>());
        for (var at = 0; at < meaning.Length;)
        {
            var kind = meaning[at++];
            var length = kind switch { 'Y' => 4, 'M' or 'D' or 'F' => 2, 'R' or 'W' => 1, _ => 0 };
            var value = length == 0 ? 0 : int.Parse(meaning.AsSpan(at, length), CultureInfo.InvariantCulture);
            at += length;
            switch (kind)
            {
                case 'M': month = value; break;
                case 'D': day = value; break;
                case 'Y': year = value; break;
                case 'F': figures.Add(value); break;
                default: relative.Add(Relative(kind, value)); break;
            }
        }
        if (relative.Count > 0)
            return string.Join(' ', relative);
        // American order, unless only the other makes a date.
        if (figures.Count == 2)
            (month, day) = figures[0] <= 12 ? (figures[0], figures[1]) : (figures[1], figures[0]);
        var leap = year == 0 ? 2000 : year;
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(leap, month))
            return null;
        return year == 0 ? $"{month:00}-{day:00}" : $"{year:0000}-{month:00}-{day:00}";
    }

    private static string Relative(char kind, int value) => kind switch
    {
        'R' => new[] { "today", "tomorrow", "yesterday", "the day after tomorrow" }[value],
        'N' => "next",
        'T' => "this",
        'L' => "last",
        _ => CultureInfo.InvariantCulture.DateTimeFormat.DayNames[value].ToLowerInvariant(),
    };
}

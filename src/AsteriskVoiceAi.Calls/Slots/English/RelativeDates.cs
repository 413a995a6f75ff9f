namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Days as they are said from today on: "a week tomorrow", "in five days", "next thursday", "friday week".</summary>
internal static class RelativeDates
{
    /// <returns>The date that begins at a place and where it ends; null = none does.</returns>
    public static (SpokenDate Date, int Next)? At(IReadOnlyList<Token> tokens, int at, DateOnly today) => Relative(tokens, at, today) ?? Weekday(tokens, at, today);

    private static (SpokenDate, int)? Relative(IReadOnlyList<Token> tokens, int at, DateOnly today)
    {
        (SpokenDate, int) Day(DateOnly day, int next) => (new SpokenDate { Fixed = day }, next);
        if (Anchor(tokens, at, today) is var (anchor, end))
        {
            // "Tomorrow week", "friday week", "a week tomorrow".
            return tokens.WordAt(end) == "week" && tokens.WordAt(end + 1) is not ("ago" or "before") ? Day(anchor.AddDays(7), end + 1) : tokens.WordAt(end) == "fortnight" ? Day(anchor.AddDays(14), end + 1) : Day(anchor, end);
        }
        if (LastDay(tokens, at, today) is var (lastDay, lastEnd))
            return Day(lastDay, lastEnd);
        if (tokens[at].Text == "in" && Span(tokens, at + 1, today) is var (later, laterEnd))
            return Day(later(1), tokens.WordAt(laterEnd) is "time" or "'" ? laterEnd + 1 : laterEnd);
        if (Span(tokens, at, today) is not var (moved, spanEnd))
            return null;
        if (tokens.WordAt(spanEnd) == "ago")
            return Day(moved(-1), spanEnd + 1);
        if (tokens.WordAt(spanEnd) is "from" or "on" or "after" or "today" or "tomorrow" || Months.Day(tokens.WordAt(spanEnd)) is not null)
        {
            var from = tokens.WordAt(spanEnd) is "from" or "on" or "after" ? spanEnd + 1 : spanEnd;
            if (tokens.WordAt(from) == "now")
                return Day(moved(1), from + 1);
            if (from < tokens.Count && (Anchor(tokens, from, today) ?? NextWeekday(tokens, from, today)) is var (start, startEnd))
                return Day(start.AddDays(moved(1).DayNumber - today.DayNumber), startEnd);
        }
        return null;
    }

    private static (DateOnly Day, int Next)? NextWeekday(IReadOnlyList<Token> tokens, int at, DateOnly today) => Months.Day(tokens[at].Text) is { } day ? (Coming(today, day), at + 1) : null;

    /// <summary>"Last day of this month".</summary>
    private static (DateOnly Day, int Next)? LastDay(IReadOnlyList<Token> tokens, int at, DateOnly today)
    {
        if (!tokens.Follows(at, "last", "day", "of") && !tokens.Follows(at, "last", "day", "in"))
            return null;
        var first = new DateOnly(today.Year, today.Month, 1);
        if (tokens.Follows(at + 3, "this", "month") || tokens.Follows(at + 3, "the", "month"))
            return (first.AddMonths(1).AddDays(-1), at + 5);
        if (tokens.Follows(at + 3, "next", "month"))
            return (first.AddMonths(2).AddDays(-1), at + 5);
        return tokens.Follows(at + 3, "last", "month") ? (first.AddDays(-1), at + 5) : null;
    }

    private static (DateOnly Day, int Next)? Anchor(IReadOnlyList<Token> tokens, int at, DateOnly today)
    {
        if (tokens.Follows(at, "day", "after", "tomorrow"))
            return (today.AddDays(2), at + 3);
        if (tokens.Follows(at, "day", "before", "yesterday"))
            return (today.AddDays(-2), at + 3);
        if (tokens.Follows(at, "this", "morning") || tokens.Follows(at, "this", "afternoon") || tokens.Follows(at, "this", "evening"))
            return (today, at + 2);
        if (tokens.Follows(at, "last", "night"))
            return (today.AddDays(-1), at + 2);
        return tokens[at].Text switch { "today" or "tonight" or "today's" => (today, at + 1), "tomorrow" or "tomorrow's" => (today.AddDays(1), at + 1), "yesterday" => (today.AddDays(-1), at + 1), _ => null };
    }

    /// <summary>"Five days", "a week", "a fortnight", "two weeks'": moves today by it, forth or back.</summary>
    private static (Func<int, DateOnly> Move, int Next)? Span(IReadOnlyList<Token> tokens, int at, DateOnly today)
    {
        if (at >= tokens.Count)
            return null;
        // "The week from wednesday": "a" is heard as "the".
        var isOne = tokens[at].Text is "a" or "an" || (tokens.Follows(at, "the", "week") && tokens.WordAt(at + 2) is "from" or "on" or "after");
        // "Fortnight today", but not "next week friday".
        var isBare = tokens[at].Text is "week" or "fortnight" && (at == 0 || tokens[at].IsAfterStop || Words.Fillers.Contains(tokens[at - 1].Text));
        var (count, next) = isBare ? (1, at) : isOne && tokens.WordAt(at + 1) is not "couple" ? (1, at + 1) : Cardinal.At(tokens, at) is var (value, end) && value is > 0 and < 1000 && decimal.IsInteger(value) ? ((int)value, end) : (0, at);
        if (tokens.WordAt(next) == "of")
            next++;
        if (count == 0)
            return null;
        return tokens.WordAt(next).TrimEnd('\'') switch
        {
            "day" or "days" => (sign => today.AddDays(count * sign), Time(tokens, next + 1)),
            "week" or "weeks" or "week's" => (sign => today.AddDays(7 * count * sign), Time(tokens, next + 1)),
            "fortnight" or "fortnight's" => (sign => today.AddDays(14 * count * sign), Time(tokens, next + 1)),
            "month" or "months" or "month's" => (sign => today.AddMonths(count * sign), Time(tokens, next + 1)),
            "year" or "years" or "year's" => (sign => today.AddYears(count * sign), Time(tokens, next + 1)),
            _ => null,
        };
    }

    /// <summary>"In two weeks' time".</summary>
    private static int Time(IReadOnlyList<Token> tokens, int at) => tokens.WordAt(at) == "'" ? at + 1 : at;

    private static (SpokenDate, int)? Weekday(IReadOnlyList<Token> tokens, int at, DateOnly today)
    {
        var word = tokens[at].Text;
        // "Next week friday", "this week on friday".
        var ofWeek = tokens.WordAt(at + 2) == "on" ? at + 3 : at + 2;
        if (word is "next" or "this" or "last" && tokens.WordAt(at + 1) == "week" && Months.Day(tokens.WordAt(ofWeek)) is { } later)
            return (new SpokenDate { Fixed = InNextWeek(today, later).AddDays(word switch { "next" => 0, "this" => -7, _ => -14 }) }, ofWeek + 1);
        var isSaidOf = word is "next" or "this" or "last" or "on" or "coming" or "following";
        var dayAt = isSaidOf ? at + 1 : at;
        if (tokens.WordAt(dayAt) is "coming" or "past")
            dayAt++;
        if (Months.Day(tokens.WordAt(dayAt)) is not { } day)
            return null;
        var coming = Coming(today, day);
        if (tokens.WordAt(dayAt + 1) == "week")
            return (new SpokenDate { Fixed = coming.AddDays(7) }, dayAt + 2);
        // "Monday after next" or "after next week": the one after "next monday".
        if (tokens.Follows(dayAt + 1, "after", "next"))
            return (new SpokenDate { Fixed = InNextWeek(today, day).AddDays(7), IsVague = true }, tokens.WordAt(dayAt + 3) == "week" ? dayAt + 4 : dayAt + 3);
        // "The monday after that": after what, nobody knows.
        if (tokens.WordAt(dayAt + 1) == "after" && tokens.WordAt(dayAt + 2) is "" or "that" or "this" or "easter" or "my" or "our")
            return null;
        if (tokens.Follows(dayAt + 1, "next", "week"))
            return (new SpokenDate { Fixed = InNextWeek(today, day) }, dayAt + 3);
        return word switch
        {
            "next" => (new SpokenDate { Fixed = InNextWeek(today, day), IsVague = true }, dayAt + 1),
            "last" => (new SpokenDate { Fixed = coming.AddDays(-7) == today ? today.AddDays(-7) : coming.AddDays(-7) }, dayAt + 1),
            _ => (new SpokenDate { Fixed = coming }, dayAt + 1),
        };
    }

    /// <summary>The next such day after today.</summary>
    private static DateOnly Coming(DateOnly today, DayOfWeek day) => today.AddDays((((int)day - (int)today.DayOfWeek + 6) % 7) + 1);

    /// <summary>That day of the week after this one; weeks begin on Monday.</summary>
    private static DateOnly InNextWeek(DateOnly today, DayOfWeek day)
    {
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return monday.AddDays(7 + (((int)day + 6) % 7));
    }
}

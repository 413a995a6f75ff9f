namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>A date as it was said: a day that is fixed already, or the parts that were named.</summary>
internal sealed record SpokenDate
{
    /// <summary>Said relative to today.</summary>
    public DateOnly? Fixed { get; init; }

    public int? Day { get; init; }

    public int? Month { get; init; }

    public int? Year { get; init; }

    /// <summary>The year was said with two digits: which century depends on what is asked.</summary>
    public bool IsShortYear { get; init; }

    /// <summary>Said beside the date; another one makes the date doubtful.</summary>
    public DayOfWeek? Weekday { get; init; }

    /// <summary>Has a second meaning, as "next friday" has.</summary>
    public bool IsVague { get; init; }

    /// <returns>Null = there is no such day.</returns>
    public DateOnly? Resolve(SlotQuestion question)
    {
        var today = DateOnly.FromDateTime(question.Now);
        if (Fixed is not null)
            return Fixed;
        if (Day is not { } day || Of(question, today, day) is not { } found)
            return null;
        return Weekday is null || found.DayOfWeek == Weekday ? found : null;
    }

    private DateOnly? Of(SlotQuestion question, DateOnly today, int day)
    {
        if (Month is not { } month)
            return NearMonth(today, day, question.PrefersPast);
        if (Year is { } year)
        {
            if (IsShortYear && question.PrefersPast && year > today.Year)
                year -= 100;
            return Exists(year, month, day) ? new DateOnly(year, month, day) : null;
        }
        var step = question.PrefersPast ? -1 : 1;
        if (!Exists(today.Year, month, day))
            return null;
        var here = new DateOnly(today.Year, month, day);
        var isRightSide = question.PrefersPast ? here <= today : here >= today;
        return isRightSide ? here : Exists(today.Year + step, month, day) ? new DateOnly(today.Year + step, month, day) : null;
    }

    /// <summary>"The eleventh": the next one, or the last, that its month has.</summary>
    private static DateOnly? NearMonth(DateOnly today, int day, bool past)
    {
        for (var months = 0; months < 3; months++)
        {
            var month = today.AddMonths(past ? -months : months);
            if (!Exists(month.Year, month.Month, day))
                continue;
            var found = new DateOnly(month.Year, month.Month, day);
            if (past ? found <= today : found >= today)
                return found;
        }
        return null;
    }

    private static bool Exists(int year, int month, int day) => year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
}

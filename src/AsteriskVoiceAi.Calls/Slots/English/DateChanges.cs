namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>What a correction makes of the date before it: "nineteen fifty, no, fifty one", "the ninth of june, no, july", "tomorrow, no wait, the day after".</summary>
internal static class DateChanges
{
    private const int LastDay = 31;

    /// <summary>"The ninth of june, no, the tenth": the month stays.</summary>
    public static SpokenDate Over(SpokenDate? before, SpokenDate date) =>
        before is { Month: not null } && date is { Month: null, Fixed: null, Day: not null } ? before with { Day = date.Day, Weekday = date.Weekday, IsVague = date.IsVague } : date;

    /// <returns>The date that words without a date of their own make of the one before; null = none.</returns>
    public static SpokenDate? Of(IReadOnlyList<Token> words, SpokenDate before, SlotQuestion question)
    {
        if (Beside(words) is var (days, next))
            return EndsThere(words, next) && before.Resolve(question) is { } day ? new SpokenDate { Fixed = day.AddDays(days) } : null;
        var said = words.Where(token => token.Kind != TokenKind.Sign && !Words.Fillers.Contains(token.Text) && token.Text is not ("of" or "in")).ToList();
        if (said.Count == 0 || before is not { Month: not null, Day: not null })
            return null;
        if (said is [var only] && Months.Find(only.Text) is { } month)
            return before with { Month = month };
        return Year(said, before, question) is var (year, isShort) ? before with { Year = year, IsShortYear = isShort } : null;
    }

    /// <summary>"The day after": of which day it is, the words themselves may not tell.</summary>
    public static (int Days, int Next)? Beside(IReadOnlyList<Token> words)
    {
        for (var at = 0; at < words.Count; at++)
        {
            var days = words.Follows(at, "day", "after") ? 1 : words.Follows(at, "day", "before") ? -1 : words.Follows(at, "week", "after") ? 7 : 0;
            if (days != 0)
                return (days, at + 2);
        }
        return null;
    }

    /// <summary>"The day after at noon"; "the day after my birthday" is another's.</summary>
    private static bool EndsThere(IReadOnlyList<Token> words, int next) =>
        next == words.Count || words[next].IsAfterStop || Words.Fillers.Contains(words[next].Text) || words[next].Text is "at" or "around" or "about" or "instead" or "if";

    /// <summary>A year that is all that was said. Of "fifty one" the one before has the century; "fifteen" may be a day.</summary>
    private static (int Year, bool IsShort)? Year(List<Token> said, SpokenDate before, SlotQuestion question)
    {
        if (Years.At(said, 0, twoDigits: true) is not var (year, end) || end != said.Count)
            return null;
        if (Years.At(said, 0, twoDigits: false) is var (full, fullEnd) && fullEnd == end)
            // "Nineteen thirty" may be a time.
            return before.Year is not null || question.PrefersPast || full >= question.Now.Year ? (full, false) : null;
        if (year % 100 <= LastDay)
            return null;
        return before is { Year: { } known, IsShortYear: false } ? (known - (known % 100) + (year % 100), false) : before.Year is not null || question.PrefersPast ? (year, true) : null;
    }
}

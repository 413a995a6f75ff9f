namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>A day and a time in one answer: "tomorrow at eleven a m", "in two hours".</summary>
internal static class DateTimeReader
{
    /// <summary>So many other words may stand beside a time without a day.</summary>
    private const int MostOthers = 1;

    private static readonly HashSet<string> AroundTimes = new(
        "half quarter past o'clock hundred am pm morning afternoon evening noon midnight night about around after before by could we do make how would works work good fine great what i'd i'll come".Split(' '), StringComparer.Ordinal);

    public static SlotReading? Read(IReadOnlyList<Token> tokens, SlotQuestion question)
    {
        if (InAWhile(tokens, question.Now) is { } moment)
            return Of(moment, SlotReading.Likely);
        var pieces = Corrections.Split(RuledOut.Remove(tokens, at => End(tokens, at, question), out var last), out _);
        var ruledOut = last is { } denied ? DateForms.At(tokens, denied, question)?.Date : null;
        SpokenDate? date = null;
        (TimeOnly Time, bool IsOffice)? time = null;
        foreach (var piece in pieces)
        {
            var rest = piece;
            // "Thursday, no wait, thursday I've got the dentist, friday": which of the days nobody knows.
            if (piece.Select(token => Months.Day(token.Text)).OfType<DayOfWeek>().Distinct().Count() > 1)
                return null;
            if (DateReader.Find(piece, question) is var (found, from, to))
            {
                date = DateChanges.Over(date ?? ruledOut, found);
                rest = [.. piece[..from], .. piece[to..]];
                // "Tomorrow morning at nine", "tonight at eight": the half of the day is said with the day.
                rest.AddRange(piece[from..to].Where(token => token.Text is "morning" or "afternoon" or "evening" or "tonight"));
            }
            else if ((date ?? ruledOut) is { } before && DateChanges.Beside(piece) is not null)
            {
                if (DateChanges.Of(piece, before, question) is not { } changed)
                    return null;
                date = changed;
            }
            if (TimeReader.Find(rest, bareHour: true, question.Now) is var (clock, _, _, isOffice))
                time = (clock, isOffice);
        }
        if (time is not var (hour, office) || (date is null && ruledOut is not null))
            return null;
        // A time among many other words, which may have been the day.
        if (date is null && tokens.Count(token => token.Kind == TokenKind.Word && !IsExpected(token.Text)) > MostOthers)
            return null;
        var day = date is null ? DayFor(hour, question.Now) : date.Resolve(question);
        if (day is not { } known)
            return null;
        var confidence = pieces.Count > 1 || date is null || last is not null ? SlotReading.Guessed : office || date.IsVague ? SlotReading.Likely : SlotReading.Clear;
        return Of(known.ToDateTime(hour), confidence);
    }

    /// <summary>Where a day, a time or both of them end: "monday at four", "at four on monday".</summary>
    private static int? End(IReadOnlyList<Token> tokens, int at, SlotQuestion question)
    {
        int? Day(int from) => from < tokens.Count ? DateReader.End(tokens, from, question) : null;
        int? Time(int from) => from < tokens.Count ? ClockForms.At(tokens, from, bareHour: true)?.Next : null;
        int After(int end) => tokens.WordAt(end) is "at" or "on" or "around" or "about" or "by" ? end + 1 : end;
        if (Day(at) is { } day)
            return Time(After(day)) ?? day;
        return Time(at) is { } time ? Day(After(time)) ?? time : null;
    }

    private static bool IsExpected(string word) =>
        AroundTimes.Contains(word) || Words.Fillers.Contains(word) || Words.Carriers.Contains(word) || Words.Units.ContainsKey(word) || Words.Tens.ContainsKey(word);

    private static SlotReading Of(DateTime moment, double confidence) =>
        new($"{DateReader.Text(DateOnly.FromDateTime(moment))}T{TimeReader.Text(TimeOnly.FromDateTime(moment))}", confidence);

    /// <summary>A time without a day is the next one that comes.</summary>
    private static DateOnly? DayFor(TimeOnly time, DateTime now) => DateOnly.FromDateTime(time > TimeOnly.FromDateTime(now) ? now : now.AddDays(1));

    /// <summary>"In two hours", "in half an hour", "an hour from now".</summary>
    public static DateTime? InAWhile(IReadOnlyList<Token> tokens, DateTime now)
    {
        // "In the morning" is another "in".
        var isLater = tokens.Where((token, i) => token.Text is "in" && tokens.WordAt(i + 1) is not ("" or "the")).Any() || tokens.Where((token, i) => tokens.Follows(i, "from", "now")).Any();
        if (!isLater || !tokens.Any(token => token.Text is "hour" or "hours" or "minutes" or "minute") || DurationReader.Read(tokens) is not { } duration || !duration.Value.StartsWith("PT", StringComparison.Ordinal))
            return null;
        return now + System.Xml.XmlConvert.ToTimeSpan(duration.Value);
    }
}

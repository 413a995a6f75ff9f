using System.Globalization;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Days: "the ninth of june", "next thursday", "a week tomorrow", "oh five oh eight nineteen eighty eight". A day that can't exist is none.</summary>
internal static class DateReader
{
    public static SlotReading? Read(IReadOnlyList<Token> tokens, SlotQuestion question)
    {
        var pieces = Corrections.Split(RuledOut.Remove(tokens, at => End(tokens, at, question), out var last), out _);
        var ruledOut = last is { } denied ? DateForms.At(tokens, denied, question)?.Date : null;
        SpokenDate? found = null;
        foreach (var piece in pieces)
        {
            if (Find(piece, question) is not var (date, from, to))
            {
                if ((found ?? ruledOut) is not { } before)
                    continue;
                found = DateChanges.Of(piece, before, question) ?? found;
                // What took its place was not understood.
                if (ReferenceEquals(found, before) && (DateChanges.Beside(piece) is not null || IsCutShort(piece, new SpokenDate(), 0)))
                    return null;
                continue;
            }
            if ((piece.WordAt(from - 1) == "not" && piece.WordAt(from - 2) != "why") || IsCutShort(piece, date, to) || IsAnotherToo(piece, question, date, from, to))
                return null;
            found = DateChanges.Over(found ?? ruledOut, date);
        }
        if (found is null && Words.AsksForTime(tokens))
            return null;
        return found?.Resolve(question) is { } day && day != ruledOut?.Resolve(question)
            ? new SlotReading(Text(day), pieces.Count > 1 || ruledOut is not null ? SlotReading.Guessed : found.IsVague ? SlotReading.Likely : SlotReading.Clear)
            : null;
    }

    /// <summary>Where the date that begins at a place ends; "friday the ninth" is one.</summary>
    public static int? End(IReadOnlyList<Token> tokens, int at, SlotQuestion question)
    {
        if (DateForms.At(tokens, at, question) is not var (_, next))
            return null;
        var hasDay = next < tokens.Count && !tokens[next].IsAfterStop && Months.Day(tokens[next - 1].Text) is not null;
        return hasDay && DateForms.At(tokens, next, question) is ({ Day: not null }, var end) ? end : next;
    }

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The date in an answer that tells most, and where it stands.</summary>
    public static (SpokenDate Date, int From, int To)? Find(IReadOnlyList<Token> tokens, SlotQuestion question)
    {
        (SpokenDate Date, int From, int To)? best = null;
        for (var at = 0; at < tokens.Count; at++)
        {
            if (DateForms.At(tokens, at, question) is var (date, next) && (best is not { } known || next - at > known.To - known.From))
                best = (date, at, next);
        }
        // "Friday the ninth of june": the date counts, and the weekday has to be its own.
        if (best is var (longest, from, to) && longest.Day is not null && tokens.Select(token => Months.Day(token.Text)).OfType<DayOfWeek>().Distinct().ToList() is [var weekday])
            return (longest with { Weekday = weekday }, WeekdayStart(tokens, from), to);
        return best;
    }

    /// <summary>"The eighth of november nineteen nineteenth": a number behind a date belonged to it and was misheard, unless it is a time.</summary>
    private static bool IsCutShort(List<Token> tokens, SpokenDate date, int to)
    {
        var at = to;
        while (at < tokens.Count && !IsNumber(tokens, at) && (date.Year is null || tokens[at].Kind == TokenKind.Sign))
            at++;
        return at < tokens.Count && IsNumber(tokens, at)
            && tokens.WordAt(at - 1) is not ("at" or "around" or "about" or "for" or "by" or "after" or "before" or "between" or "am" or "pm" or "i'm") && tokens.WordAt(at + 1) is not ("am" or "pm" or "o'clock");
    }

    private static bool IsNumber(List<Token> tokens, int at) =>
        tokens[at].Kind == TokenKind.Figure || (tokens[at].Kind == TokenKind.Mixed && char.IsAsciiDigit(tokens[at].Text[0]) && tokens[at].Text[^1] != 'm')
        || (tokens[at].Text is not ("one" or "a" or "an") && (Cardinal.At(tokens, at) is not null || OrdinalReader.OrdinalAt(tokens, at) is not null));

    /// <summary>"Monday and tuesday", "tomorrow or the day after": of two days nobody knows which one was meant.</summary>
    private static bool IsAnotherToo(List<Token> tokens, SlotQuestion question, SpokenDate date, int from, int to)
    {
        if (DateChanges.Beside([.. tokens[..from], .. tokens[to..]]) is not null)
            return true;
        for (var at = 0; at < tokens.Count; at++)
        {
            if ((at >= from && at < to) || DateForms.At(tokens, at, question) is not var (other, end) || (at < from && end > from))
                continue;
            var isItsWeekday = other.Fixed is { } day && day.DayOfWeek == date.Weekday;
            if (!isItsWeekday && other.Resolve(question) != date.Resolve(question))
                return true;
        }
        return false;
    }

    private static int WeekdayStart(IReadOnlyList<Token> tokens, int from)
    {
        var at = Enumerable.Range(0, tokens.Count).First(i => Months.Day(tokens[i].Text) is not null);
        return at < from ? at : from;
    }
}

using System.Globalization;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>The forms in which a time of day is said.</summary>
internal static class ClockForms
{
    public static (Clock Clock, int Next)? At(IReadOnlyList<Token> tokens, int at, bool bareHour)
    {
        if (tokens.Follows(at, "twelve", "noon") || tokens.Follows(at, "twelve", "midnight"))
            return (new Clock(tokens[at + 1].Text == "noon" ? 12 : 0, 0, true), at + 2);
        if (tokens[at].Text is "noon" or "midday" or "noontime" or "noon's" or "midday's")
            return (new Clock(12, 0, true), at + 1);
        if (tokens[at].Text == "midnight")
            return (new Clock(0, 0, true), at + 1);
        return Around(tokens, at) ?? Figures(tokens, at) ?? HourAndMinute(tokens, at, bareHour);
    }

    /// <summary>"Quarter to eight", "half past two", "half six", "twenty past nine", "five minutes to four".</summary>
    private static (Clock, int)? Around(IReadOnlyList<Token> tokens, int at)
    {
        var from = tokens[at].Text == "a" ? at + 1 : at;
        if (tokens.WordAt(from) == "half")
        {
            var hourAt = tokens.WordAt(from + 1) is "past" or "after" ? from + 2 : from + 1;
            return Hour(tokens, hourAt) is var (hour, end) ? (new Clock(hour, 30, false), OClock(tokens, end)) : null;
        }
        var (minutes, next) = tokens.WordAt(from) == "quarter" ? (15, from + 1) : from < tokens.Count && Cardinal.At(tokens, from) is var (value, after) && value is >= 1 and < 60 && decimal.IsInteger(value) ? ((int)value, after) : (0, from);
        if (minutes == 0)
            return null;
        var isCounted = tokens.WordAt(next) is "minutes" or "minute";
        if (isCounted)
            next++;
        var isPast = tokens.WordAt(next) is "past" or "after";
        // "Two of four" is no time; "ten to two" is.
        var isTo = tokens.WordAt(next) is "to" or "till" or "til" or "before" || (tokens.WordAt(next) == "of" && minutes is 15 or 10 or 5 or 20);
        // "Two to four" are hours, and two of them.
        if (isTo && !isCounted && minutes % 5 != 0)
            return null;
        if ((!isPast && !isTo) || (Hour(tokens, next + 1) ?? OrdinalHour(tokens, next + 1)) is not var (target, targetEnd))
            return null;
        return isPast ? (new Clock(target, minutes, false), OClock(tokens, targetEnd)) : (new Clock(target == 1 ? 12 : target == 0 ? 23 : target - 1, 60 - minutes, false), OClock(tokens, targetEnd));
    }

    /// <summary>10:30, 10.30, 7pm, 1030.</summary>
    private static (Clock, int)? Figures(IReadOnlyList<Token> tokens, int at)
    {
        var token = tokens[at];
        if (token.Kind == TokenKind.Mixed && token.Text.Length is 3 or 4 && token.Text[^2..] is "am" or "pm" && int.TryParse(token.Text[..^2], NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour is >= 1 and <= 12)
            return (new Clock((hour % 12) + (token.Text[^2] == 'p' ? 12 : 0), 0, true), at + 1);
        // "745pm".
        if (token.Kind == TokenKind.Mixed && token.Text.Length is 5 or 6 && token.Text[^2..] is "am" or "pm" && token.Text[..^2].All(char.IsAsciiDigit) && At24(token.Text[..^4], token.Text[^4..^2]) is { Hour: >= 1 and <= 12 } run12)
            return (new Clock((run12.Hour % 12) + (token.Text[^2] == 'p' ? 12 : 0), run12.Minute, true), at + 1);
        // "815th", as "eight fifteen" is heard.
        var isOrdinal = token.Kind == TokenKind.Mixed && token.Text.Length is 5 or 6 && token.Text.EndsWith("th", StringComparison.Ordinal) && token.Text[..^2].All(char.IsAsciiDigit);
        if (token.Kind != TokenKind.Figure && !isOrdinal)
            return null;
        var (text, next) = (isOrdinal ? token.Text[..^2] : token.Text, at + 1);
        if (tokens.WordAt(next) is ":" or "h" && next + 1 < tokens.Count)
        {
            if (tokens[next + 1] is { Kind: TokenKind.Figure, Text.Length: 2 })
                (text, next) = (text + "." + tokens[next + 1].Text, next + 2);
            else if (tokens[next + 1] is { Kind: TokenKind.Mixed } half && half.Text.Length == 4 && half.Text[2..] is "am" or "pm" && At24(text, half.Text[..2]) is { } joined)
                return (new Clock((joined.Hour % 12) + (half.Text[2] == 'p' ? 12 : 0), joined.Minute, true), next + 2);
        }
        if (text.Length == 4 && text.All(char.IsAsciiDigit) && At24(text[..2], text[2..]) is { } run)
            return (run, tokens.WordAt(next) == "hours" ? next + 1 : next);
        // "930"; but 130 minutes are something else.
        if (text.Length == 3 && text[0] != '0' && text.All(char.IsAsciiDigit) && At24(text[..1], text[1..]) is { } early && !Counts(tokens.WordAt(next)))
            return (early, next);
        var parts = text.Split('.', ',');
        return parts.Length == 2 && parts[1].Length == 2 && At24(parts[0], parts[1]) is { } pair ? (pair, next) : null;
    }

    private static bool Counts(string word) => DurationReader.IsUnits(word) || word is "people" or "dollars" or "pounds" or "times" or "miles" or "percent" or "%" or "degrees";

    private static Clock? At24(string hours, string minutes) =>
        int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var minute) && hour < 24 && minute < 60
            ? new Clock(hour, minute, hour is 0 or > 12 || hours.StartsWith('0'))
            : null;

    /// <summary>"Ten thirty", "nine oh five", "eighteen hundred", "four o'clock", "oh nine thirty"; on its own "four".</summary>
    private static (Clock, int)? HourAndMinute(IReadOnlyList<Token> tokens, int at, bool bareHour)
    {
        // "Twenty five o'clock" and "25:00" have no hour in their middle.
        if (at > 0 && (Words.Tens.ContainsKey(tokens[at - 1].Text) || tokens[at - 1].Text == ":"))
            return null;
        // "Order past nine", a quarter or ten: its minutes were lost.
        if (tokens.WordAt(at - 1) is "past" or "pass" or "passed")
            return null;
        // "Ten past" lacks its hour.
        if (at + 1 == tokens.Count - 1 && tokens[at + 1].Text is "past" or "to")
            return null;
        var isPadded = Words.IsZero(tokens[at].Text) && Words.Digit(tokens.WordAt(at + 1)) is not null;
        if ((isPadded ? (Words.Digit(tokens[at + 1].Text), at + 2) : Hour(tokens, at) is var (plain, end) ? ((int?)plain, end) : (null, at)) is not ({ } hour, var next))
            return null;
        var isSure = isPadded || hour is > 12 or 0;
        if (tokens.WordAt(next) == "hundred")
            return (new Clock(hour, 0, true), tokens.WordAt(next + 1) == "hours" ? next + 2 : next + 1);
        if (OClock(tokens, next) > next)
            return (new Clock(hour, 0, isSure), OClock(tokens, next));
        if (Words.IsZero(tokens.WordAt(next)) && Words.Digit(tokens.WordAt(next + 1)) is { } minute)
            return (new Clock(hour, minute, isSure), next + 2);
        if (next < tokens.Count && tokens[next].Kind is TokenKind.Word or TokenKind.Figure && tokens[next].Text is not ("a" or "an" or "half") && Cardinal.At(tokens, next) is var (minutes, minutesEnd) && minutes is >= 10 and < 60 && decimal.IsInteger(minutes))
            return (new Clock(hour, (int)minutes, isSure), minutesEnd);
        var isSaid = tokens.WordAt(next) is "am" or "pm" || tokens.WordAt(at - 1) is "at" or "around" or "about" or "by" or "before" or "after" || tokens.Follows(next, "in", "the") || tokens.Follows(next, "at", "night");
        // "One of them", "four hours".
        if (tokens.WordAt(next) == "of" || (Counts(tokens.WordAt(next)) && tokens.WordAt(at - 1) != "at"))
            return null;
        return bareHour || isSaid || isSure ? (new Clock(hour, 0, isSure), next) : null;
    }

    private static (int Hour, int Next)? Hour(IReadOnlyList<Token> tokens, int at)
    {
        if (at >= tokens.Count || tokens[at].Text is "a" or "an" or "half" || tokens[at].Kind is not (TokenKind.Word or TokenKind.Figure))
            return null;
        if (tokens[at].Text is "noon" or "midday")
            return (12, at + 1);
        if (tokens[at].Text == "midnight")
            return (0, at + 1);
        // Not the whole number: "eighteen twenty" are an hour and its minutes.
        if (Words.Units.TryGetValue(tokens[at].Text, out var unit))
            return (unit, at + 1);
        if (tokens[at].Text == "twenty" && Words.Units.TryGetValue(tokens.WordAt(at + 1), out var after) && after is >= 1 and <= 3)
            return (20 + after, at + 2);
        if (tokens[at].Text == "twenty" && Words.Digit(tokens.WordAt(at + 1)) is null)
            return (20, at + 1);
        return int.TryParse(tokens[at].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var figure) && figure < 24 && tokens[at].Text.Length <= 2 ? (figure, at + 1) : null;
    }

    /// <summary>"Quarter past tenths", as "ten" is heard.</summary>
    private static (int Hour, int Next)? OrdinalHour(IReadOnlyList<Token> tokens, int at) =>
        at < tokens.Count && OrdinalReader.OrdinalAt(tokens, at) is var (hour, next) && hour <= 12 ? (hour, next) : null;

    /// <returns>The place behind it; the same one = it is not said there.</returns>
    public static int OClock(IReadOnlyList<Token> tokens, int at) =>
        tokens.WordAt(at) is "o'clock" or "oclock" ? at + 1 : tokens.Follows(at, "o", "clock") ? at + 2 : tokens.Follows(at, "o", "'", "clock") ? at + 3 : at;
}

using System.Globalization;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Times of day: "quarter to eight a m", "half six", "eighteen twenty". Without morning or afternoon it is the office hour.</summary>
internal static class TimeReader
{
    /// <summary>In a longer sentence a number on its own is no hour: "two of my parcels are missing".</summary>
    private const int FewStrangers = 4;

    public static SlotReading? Read(IReadOnlyList<Token> tokens, SlotQuestion question)
    {
        if (DateTimeReader.InAWhile(tokens, question.Now) is { } moment)
            return new SlotReading(Text(TimeOnly.FromDateTime(moment)), SlotReading.Likely);
        var pieces = Corrections.Split(RuledOut.Remove(tokens, at => ClockForms.At(tokens, at, bareHour: true)?.Next, out var ruledOut), out _);
        for (var i = pieces.Count - 1; i >= 0; i--)
        {
            if (Find(pieces[i], bareHour: Words.Strangers(pieces[i]) <= FewStrangers, question.Now) is var (time, _, _, isOffice))
                return new SlotReading(Text(time), pieces.Count > 1 || ruledOut is not null ? SlotReading.Guessed : isOffice ? SlotReading.Likely : SlotReading.Clear);
        }
        return null;
    }

    public static string Text(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The time in an answer, and where it stands.</summary>
    /// <param name="bareHour">Whether a number on its own is an hour.</param>
    /// <returns>IsOffice: whether it was morning or afternoon was not said.</returns>
    public static (TimeOnly Time, int From, int To, bool IsOffice)? Find(IReadOnlyList<Token> tokens, bool bareHour, DateTime now)
    {
        // "Between two and three" is no time of day.
        if (Words.AsksForTime(tokens) || tokens.Any(token => token.Text == "between"))
            return null;
        (Clock Clock, int From, int To)? best = null;
        for (var at = 0; at < tokens.Count; at++)
        {
            if (ClockForms.At(tokens, at, bareHour) is var (clock, next) && (best is not { } known || next - at > known.To - known.From))
                best = (clock, at, next);
        }
        if (best is not var (found, from, to))
            return tokens.Any(token => token.Text == "now") && tokens.Count <= 3 ? (TimeOnly.FromDateTime(now), 0, tokens.Count, false) : null;
        // "Two to four": which of them nobody knows.
        if (tokens.WordAt(to) is "to" or "till" or "until" && to + 1 < tokens.Count && ClockForms.At(tokens, to + 1, bareHour: true) is not null)
            return null;
        // "Ten o eleven a m": the half of the day is another's.
        if (Half(tokens, to) is null && Enumerable.Range(to, tokens.Count - to).Any(at => ClockForms.At(tokens, at, bareHour) is var (_, next) && Half(tokens, next) is not null))
            return null;
        var half = Half(tokens, to) ?? Half(tokens);
        if (half is { } said && found.Hour is >= 13 or 0 && !found.IsSure)
            return said.IsPm == found.Hour >= 12 || found.Hour == 0 ? Sure(found.Hour, found.Minute, from, to) : null;
        if (found.IsSure)
            return Sure(found.Hour, found.Minute, from, to);
        if (half is { } known2)
            return Sure(known2.IsPm ? (found.Hour % 12) + (known2.IsNight && found.Hour == 12 ? 0 : 12) : found.Hour % 12, found.Minute, from, Math.Max(to, known2.End));
        // Office hours: one to seven is the afternoon.
        var hour = found.Hour is >= 1 and <= 7 ? found.Hour + 12 : found.Hour;
        return (new TimeOnly(hour, found.Minute), from, to, true);
    }

    private static (TimeOnly, int, int, bool)? Sure(int hour, int minute, int from, int to) => hour is >= 0 and < 24 ? (new TimeOnly(hour, minute), from, to, false) : null;

    /// <summary>What is said right after the time.</summary>
    private static (bool IsPm, bool IsNight, int End)? Half(IReadOnlyList<Token> tokens, int at)
    {
        if (tokens.WordAt(at) is "am" or "pm")
            return (tokens[at].Text == "pm", false, at + 1);
        return null;
    }

    /// <summary>What is said anywhere: "this evening at six", "six in the morning".</summary>
    private static (bool IsPm, bool IsNight, int End)? Half(IReadOnlyList<Token> tokens)
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            switch (tokens[at].Text)
            {
                case "am" or "morning":
                    return (false, false, at + 1);
                case "pm" or "afternoon" or "evening" or "tonight":
                    return (true, false, at + 1);
                case "night":
                    return (true, true, at + 1);
            }
        }
        return null;
    }
}

/// <summary>An hour and a minute as said.</summary>
/// <param name="IsSure">Needs no word about the half of the day.</param>
internal readonly record struct Clock(int Hour, int Minute, bool IsSure);

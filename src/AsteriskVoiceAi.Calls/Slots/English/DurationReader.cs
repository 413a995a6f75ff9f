using System.Globalization;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Lengths of time as ISO 8601: "one and a half hours" is PT1H30M, "a fortnight" P2W.</summary>
internal static class DurationReader
{
    private static readonly Dictionary<string, char> Units = "second=S seconds=S sec=S secs=S minute=M minutes=M min=M mins=M hour=H hours=H hr=H hrs=H day=D days=D night=D nights=D week=W weeks=W month=O months=O year=Y years=Y"
        .Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1][0], StringComparer.Ordinal);

    /// <summary>"Weeks": said of more than one.</summary>
    public static bool IsUnits(string word) => word.EndsWith('s') && Units.ContainsKey(word);

    public static SlotReading? Read(IReadOnlyList<Token> tokens)
    {
        var pieces = Corrections.Split(tokens, out _);
        for (var i = pieces.Count - 1; i >= 0; i--)
        {
            var piece = i > 0 ? WithUnit(pieces[i], pieces[i - 1]) : pieces[i];
            if (ReadPiece(piece) is { } value)
                return pieces.Count > 1 ? value with { Confidence = SlotReading.Guessed } : value;
            // What took its place was not understood; what was taken back is not the answer.
            if (Enumerable.Range(0, piece.Count).Any(at => Cardinal.At(piece, at) is not null))
                return null;
        }
        return null;
    }

    /// <summary>"Ten minutes, no, twenty": the unit stays; "half an hour, no, forty" has another.</summary>
    private static List<Token> WithUnit(List<Token> piece, List<Token> before)
    {
        var said = piece.FindAll(token => token.Kind != TokenKind.Sign && !Words.Fillers.Contains(token.Text));
        var units = before.FindAll(token => Units.ContainsKey(token.Text));
        return units is [var unit] && IsUnits(unit.Text) && said.Count > 0 && Cardinal.At(said, 0) is var (_, next) && next == said.Count ? [.. said, unit] : piece;
    }

    private static SlotReading? ReadPiece(List<Token> tokens)
    {
        // "Just a second", "one moment": no length of anything.
        if (tokens.Count <= 4 && tokens.Exists(token => token.Text is "second" or "minute" or "sec") && (tokens.Exists(token => token.Text is "just" or "wait" or "hang" or "hold" or "give") || tokens.Follows(0, "a", "second") || tokens.Follows(0, "one", "second")))
            return null;
        if (Cardinal.IsRange(tokens))
            return null;
        var amounts = new Dictionary<char, decimal>();
        char? last = null;
        for (var at = 0; at < tokens.Count;)
        {
            if (Part(tokens, at, last) is not var (value, unit, next))
            {
                at++;
                continue;
            }
            amounts[unit] = amounts.GetValueOrDefault(unit) + value;
            (last, at) = (unit, next);
        }
        return Format(amounts) is { } text ? new SlotReading(text, amounts.Count == 1 ? SlotReading.Clear : SlotReading.Likely) : null;
    }

    private static (decimal Value, char Unit, int Next)? Part(List<Token> tokens, int at, char? last)
    {
        if (tokens[at].Text == "fortnight")
            return (2, 'W', at + 1);
        if (tokens.Follows(at, "half", "an", "hour") || tokens.Follows(at, "half", "a", "day") || tokens.Follows(at, "half", "a", "year"))
            return (0.5m, Units[tokens[at + 2].Text], at + 3);
        if (tokens.Follows(at, "quarter", "of", "an", "hour"))
            return (15, 'M', at + 4);
        // "An hour and a half": half of the last unit.
        if (last is { } unit && (tokens.Follows(at, "and", "a", "half") || tokens.Follows(at, "and", "a", "quarter")))
            return (tokens[at + 2].Text == "half" ? 0.5m : 0.25m, unit, at + 3);
        if (last is { } whole && tokens.Follows(at, "and", "three", "quarters"))
            return (0.75m, whole, at + 3);
        if (tokens.Follows(at, "the", "couple", "of") && Units.TryGetValue(tokens.WordAt(at + 3), out var two))
            return (2, two, at + 4);
        // "Two thirds of an hour" are less than one.
        if (tokens[at].Text is "a" or "an" && !(tokens.WordAt(at - 1) == "of" && tokens.WordAt(at - 2) is "third" or "thirds" or "fraction" or "quarters") && Units.TryGetValue(tokens.WordAt(at + 1), out var one))
            return (1, one, at + 2);
        // "2h 30m", "45min".
        if (tokens[at].Kind == TokenKind.Mixed && tokens[at].Text.AsSpan().IndexOfAnyExceptInRange('0', '9') is > 0 and var letters && letters <= 6)
            return Short(tokens[at].Text[letters..]) is { } name ? (decimal.Parse(tokens[at].Text.AsSpan(0, letters), CultureInfo.InvariantCulture), name, at + 1) : null;
        if (Cardinal.At(tokens, at) is not var (value, next))
            return null;
        // "3/4 of an hour".
        if (value < 1 && (tokens.Follows(next, "of", "an") || tokens.Follows(next, "of", "a")) && Units.TryGetValue(tokens.WordAt(next + 2), out var parted))
            return (value, parted, next + 3);
        if (tokens[next - 1].Text == "couple" && tokens.WordAt(next) == "of")
            next++;
        while (tokens.WordAt(next) is "more" or "whole" or "full")
            next++;
        if (Units.TryGetValue(tokens.WordAt(next), out var named))
            return (value, named, next + 1);
        // "Two hours thirty": the next smaller unit.
        return last == 'H' && value is > 0 and < 60 && next == tokens.Count ? (value, 'M', next) : null;
    }

    private static char? Short(string unit) => unit switch { "h" => 'H', "m" => 'M', "s" => 'S', "d" => 'D', "w" => 'W', _ => Units.TryGetValue(unit, out var named) ? named : null };

    private static string? Format(Dictionary<char, decimal> amounts)
    {
        decimal Of(char unit) => amounts.GetValueOrDefault(unit);
        var (years, months, weeks, days, hours, minutes, seconds) = (Of('Y'), Of('O'), Of('W'), Of('D'), Of('H'), Of('M'), Of('S'));
        Carry(ref years, ref months, 12);
        Carry(ref weeks, ref days, 7);
        Carry(ref days, ref hours, 24);
        Carry(ref hours, ref minutes, 60);
        Carry(ref minutes, ref seconds, 60);
        if (amounts.Values.Sum() <= 0 || new[] { months, days, seconds }.Any(value => !decimal.IsInteger(value)))
            return null;
        // Weeks stand alone in ISO 8601.
        if (weeks > 0 && years + months + days + hours + minutes + seconds == 0)
            return $"P{Whole(weeks)}W";
        days += weeks * 7;
        var date = Part(years, 'Y') + Part(months, 'M') + Part(days, 'D');
        var time = Part(hours, 'H') + Part(minutes, 'M') + Part(seconds, 'S');
        return "P" + date + (time.Length > 0 ? "T" + time : "");
    }

    /// <summary>The part of a unit after the point goes to the smaller one.</summary>
    private static void Carry(ref decimal large, ref decimal small, int size)
    {
        var part = large - Math.Truncate(large);
        (large, small) = (Math.Truncate(large), small + (part * size));
    }

    private static string Part(decimal value, char unit) => value > 0 ? Whole(value) + unit : "";

    private static string Whole(decimal value) => value.ToString("0", CultureInfo.InvariantCulture);
}

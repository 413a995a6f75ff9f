using System.Globalization;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Amounts in words or figures: "one hundred and twenty", "thirteen hundred", "two and a half", "3.5 million".</summary>
internal static class Cardinal
{
    /// <returns>The value and where it ends; null = no number begins there.</returns>
    public static (decimal Value, int Next)? At(IReadOnlyList<Token> tokens, int at)
    {
        var isMinus = at + 1 < tokens.Count && tokens[at] is { Text: "-", Glued: false } && tokens[at + 1] is { Kind: TokenKind.Figure, Glued: true };
        if (at < tokens.Count && (isMinus || tokens[at].Text is "minus" or "negative"))
            return At(tokens, at + 1) is var (positive, end) ? (-positive, end) : null;
        if (tokens.WordAt(at) == "half" && tokens.WordAt(at + 1) == "a" && Scale(tokens.WordAt(at + 2)) is var whole and > 0)
            return (whole / 2, at + 3);
        if (tokens.Follows(at, "half", "a", "dozen"))
            return (6, at + 3);
        if (IsThreeQuarters(tokens, at))
            return (0.75m, at + 2);
        if (Slashed(tokens, at) is { } slashed)
            return slashed;
        if (Whole(tokens, at) is not var (value, next))
            return Fraction(tokens, at) is var (part, after) ? (part, after) : null;
        if (tokens.WordAt(next) == "point" && Decimals(tokens, next + 1) is var (decimals, pointEnd))
            return Scaled(tokens, value + decimals, pointEnd);
        if (tokens.WordAt(next) == "and" && Fraction(tokens, next + 1) is var (half, halfEnd) && tokens.WordAt(halfEnd) is not ("hour" or "dozen"))
            return Scaled(tokens, value + (half * Last(tokens[next - 1].Text)), halfEnd);
        if (decimal.IsInteger(value) && tokens[next - 1].Kind == TokenKind.Figure && Slashed(tokens, next) is var (rest, restEnd))
            return Scaled(tokens, value + rest, restEnd);
        return (value, next);
    }

    /// <summary>1/2, 1/4, 3/4, as a recogniser writes halves and quarters.</summary>
    private static (decimal Value, int Next)? Slashed(IReadOnlyList<Token> tokens, int at) =>
        tokens.WordAt(at + 1) != "/" ? null : (tokens.WordAt(at), tokens.WordAt(at + 2)) switch { ("1", "2") => (0.5m, at + 3), ("1", "4") => (0.25m, at + 3), ("3", "4") => (0.75m, at + 3), _ => null };

    /// <summary>"Ten to fifteen": which of them nobody knows.</summary>
    public static bool IsRange(IReadOnlyList<Token> tokens) =>
        Enumerable.Range(0, tokens.Count).Any(at => At(tokens, at) is var (_, next) && tokens.WordAt(next) == "to" && next + 1 < tokens.Count && At(tokens, next + 1) is not null);

    /// <summary>Digits said one by one after "point".</summary>
    private static (decimal Value, int Next)? Decimals(IReadOnlyList<Token> tokens, int at)
    {
        var (value, scale, from) = (0m, 0.1m, at);
        for (; at < tokens.Count; at++)
        {
            if (tokens[at].Kind == TokenKind.Figure && at == from && tokens[at].Text.All(char.IsAsciiDigit))
                return (decimal.Parse("0." + tokens[at].Text, CultureInfo.InvariantCulture), at + 1);
            if (Words.Digit(tokens[at].Text) is { } digit)
            {
                value += digit * scale;
                scale /= 10;
            }
            else if (at == from && Whole(tokens, at) is var (pair, next) && pair is >= 10 and < 100)
                return (pair / 100, next);
            else
                break;
        }
        return at > from ? (value, at) : null;
    }

    private static (decimal Value, int Next)? Fraction(IReadOnlyList<Token> tokens, int at)
    {
        if (tokens.Follows(at, "a", "half") || tokens.Follows(at, "one", "half"))
            return (0.5m, at + 2);
        if (tokens.Follows(at, "a", "quarter") || tokens.Follows(at, "one", "quarter"))
            return (0.25m, at + 2);
        return tokens.WordAt(at) is "half" or "½" ? (0.5m, at + 1) : IsThreeQuarters(tokens, at) ? (0.75m, at + 2) : null;
    }

    private static bool IsThreeQuarters(IReadOnlyList<Token> tokens, int at) => tokens.WordAt(at) is "three" or "3" && tokens.WordAt(at + 1) is "quarters" or "quarter";

    /// <summary>"Three point five million", "two and a half thousand".</summary>
    private static (decimal Value, int Next) Scaled(IReadOnlyList<Token> tokens, decimal value, int at) =>
        Scale(tokens.WordAt(at)) is { } scale and > 0 ? (value * scale, at + 1) : (value, at);

    /// <summary>"A dozen and a half": half of the last word.</summary>
    private static decimal Last(string word) => word == "dozen" ? 12 : Scale(word) is var scale and >= 1_000 ? scale : 1;

    /// <summary>"Hundred", "thousand": part of a number, and none on its own.</summary>
    public static bool IsScale(string word) => Scale(word) > 0;

    private static decimal Scale(string word) => word switch { "hundred" => 100, "thousand" or "grand" or "k" => 1_000, "million" => 1_000_000, _ => 0 };

    private static (decimal Value, int Next)? Whole(IReadOnlyList<Token> tokens, int at)
    {
        var (total, current, start) = (0m, 0m, at);
        var (last, largest) = (decimal.MaxValue, decimal.MaxValue);
        var isAny = false;
        (decimal Value, int Next)? before = null;
        while (at < tokens.Count)
        {
            var word = tokens[at].Text;
            if (tokens[at].Kind == TokenKind.Figure && !isAny && Figure(word) is { } figure)
            {
                (current, isAny, last) = (figure, true, 0);
            }
            else if (Scale(word) is var scale and > 0 && isAny)
            {
                // "Six thousand six thousand two hundred" are two numbers.
                if (before is not null && (scale == 100 ? current >= 100 : scale >= largest))
                    return before;
                if (scale == 100)
                    (current, last) = (current * 100, 100);
                else
                    (total, current, last, largest) = (total + (current * scale), 0, scale, scale);
            }
            else if (word is "a" or "an" && !isAny && (Scale(tokens.WordAt(at + 1)) > 0 || tokens.WordAt(at + 1) is "dozen" or "couple"))
            {
                if (tokens.WordAt(at + 1) == "dozen")
                    return (12, at + 2);
                if (tokens.WordAt(at + 1) == "couple")
                    return (2, tokens.WordAt(at + 2) == "of" ? at + 3 : at + 2);
                (current, isAny, last) = (1, true, 0);
            }
            else if (Small(tokens, at) is var (small, width) && (!isAny || last >= 100) && small < last)
            {
                before = isAny ? (total + current, at) : null;
                (current, isAny, last) = (current + small, true, 0);
                at += width - 1;
            }
            else if (word == "and" && isAny && last >= 100 && at + 1 < tokens.Count && Small(tokens, at + 1) is not null)
            {
                // Goes on with the number after it.
            }
            else if (word == "dozen" && isAny)
            {
                return (current * 12, at + 1);
            }
            else
            {
                break;
            }
            at++;
        }
        return isAny && at > start ? (total + current, at) : null;
    }

    /// <summary>0 to 99 in words, and how many tokens that took.</summary>
    private static (int Value, int Width)? Small(IReadOnlyList<Token> tokens, int at)
    {
        var word = tokens[at].Text;
        if (Words.Units.TryGetValue(word, out var unit))
            return (unit, 1);
        if (word is "nought" or "naught")
            return (0, 1);
        if (!Words.Tens.TryGetValue(word, out var tens))
            return null;
        var skip = tokens.WordAt(at + 1) == "-" ? 1 : 0;
        return Words.Units.TryGetValue(tokens.WordAt(at + 1 + skip), out var after) && after is > 0 and < 10 ? (tens + after, 2 + skip) : (tens, 1);
    }

    /// <summary>Figures with commas between thousands; anything else with several marks is no number.</summary>
    private static decimal? Figure(string text)
    {
        var groups = text.Split('.')[0].Split(',');
        if (text.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point && text.IndexOf(',', point) >= 0)
            return null;
        if (groups.Length > 1 && groups.Skip(1).Any(group => group.Length != 3))
            return null;
        return decimal.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}

using System.Globalization;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Years: "nineteen seventy nine", "two thousand and six", "twenty twenty six", "nineteen oh five", 1988.</summary>
internal static class Years
{
    /// <param name="twoDigits">"Eighty eight" and "27" count, as years of this century.</param>
    public static (int Year, int Next)? At(IReadOnlyList<Token> tokens, int at, bool twoDigits)
    {
        while (tokens.WordAt(at) is "of" or "in" or "/" or "-" or "." or "slash" or "'" or "the" or "year")
            at++;
        if (at >= tokens.Count)
            return null;
        var token = tokens[at];
        if (token.Kind == TokenKind.Figure && int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var figure))
        {
            if (token.Text.Length == 4 && IsYear(figure))
                return (figure, at + 1);
            // "19 79", as some recognisers write it.
            if (figure is 19 or 20 && at + 1 < tokens.Count && tokens[at + 1] is { Kind: TokenKind.Figure, Text.Length: 2 } && int.TryParse(tokens[at + 1].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var rest))
                return ((figure * 100) + rest, at + 2);
            return twoDigits && token.Text.Length == 2 ? (2000 + figure, at + 1) : null;
        }
        if (token.Text is "nineteen" or "twenty" or "eighteen")
        {
            var century = token.Text switch { "nineteen" => 1900, "twenty" => 2000, _ => 1800 };
            if (tokens.WordAt(at + 1) == "hundred")
                return Tail(tokens, tokens.WordAt(at + 2) == "and" ? at + 3 : at + 2) is var (hundreds, hundredsEnd) ? (century + hundreds, hundredsEnd) : (century, at + 2);
            if (Tail(tokens, at + 1) is var (tail, next) && (tail >= 10 || tokens.WordAt(at + 1) is "oh" or "o" || token.Text != "twenty"))
                return (century + tail, next);
        }
        if (Cardinal.At(tokens, at) is var (value, end) && value is >= 2000 and < 2100 && decimal.IsInteger(value))
            return ((int)value, end);
        return twoDigits && Tail(tokens, at) is var (pair, pairEnd) && (pair >= 10 || pairEnd - at == 2) ? (2000 + pair, pairEnd) : null;
    }

    /// <summary>The last two digits: "seventy nine", "oh five", "ten".</summary>
    private static (int Value, int Next)? Tail(IReadOnlyList<Token> tokens, int at)
    {
        if (at >= tokens.Count)
            return null;
        if (Words.IsZero(tokens[at].Text) && Words.Digit(tokens.WordAt(at + 1)) is { } digit)
            return (digit, at + 2);
        // "Two eight" for 28.
        if (Words.Digit(tokens[at].Text) is { } first and > 0 && Words.Digit(tokens.WordAt(at + 1)) is { } second)
            return ((first * 10) + second, at + 2);
        // "Fifty eighth", as "fifty eight" is heard.
        if (Words.Tens.TryGetValue(tokens[at].Text, out var tens) && at + 1 < tokens.Count && OrdinalReader.OrdinalAt(tokens, at + 1) is var (unit, unitEnd) && unit < 10)
            return (tens + unit, unitEnd);
        return Cardinal.At(tokens, at) is var (value, next) && value is >= 0 and < 100 && decimal.IsInteger(value) && tokens[at].Kind == TokenKind.Word && tokens[at].Text is not ("a" or "an") ? ((int)value, next) : null;
    }

    private static bool IsYear(int value) => value is >= 1850 and < 2100;
}

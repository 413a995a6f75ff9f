using System.Globalization;
using System.Text;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Numbers and percentages.</summary>
internal static class NumberReader
{
    /// <summary>A longer sentence has numbers that answer nothing: "I've been waiting for two weeks and nothing has come".</summary>
    private const int FewStrangers = 5;

    public static SlotReading? Read(IReadOnlyList<Token> tokens) => Last(tokens, ReadPiece);

    public static SlotReading? ReadPercent(IReadOnlyList<Token> tokens) => Last(tokens, ReadPercentage);

    public static string Text(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>The one number that "percent" is said behind, or the only number.</summary>
    private static SlotReading? ReadPercentage(List<Token> tokens)
    {
        // "Ten or twenty percent": which of them nobody knows.
        if (tokens.Exists(token => token.Text is "between" or "or"))
            return null;
        var named = new HashSet<decimal>();
        for (var at = 0; at < tokens.Count;)
        {
            var number = tokens[at].Text == "hundred" ? (100m, at + 1) : tokens.Follows(at, "half", "a") ? (0.5m, at + 2) : Compound(tokens, at);
            if (number is var (value, next) && IsPercent(tokens, next))
                named.Add(value);
            at = number?.Item2 ?? at + 1;
        }
        if (named.Count > 0)
            return named.Count == 1 ? new SlotReading(Text(named.First()), SlotReading.Likely) : null;
        return tokens.Exists(MoneyReader.IsCurrency) ? null : ReadPiece(tokens);
    }

    public static bool IsPercent(List<Token> tokens, int at) => tokens.WordAt(at) is "percent" or "%" or "percentage" || tokens.Follows(at, "per", "cent");

    /// <summary>The last piece between corrections that has a value.</summary>
    public static SlotReading? Last(IReadOnlyList<Token> tokens, Func<List<Token>, SlotReading?> read)
    {
        if (Words.AsksForTime(tokens))
            return null;
        var pieces = Corrections.Split(tokens, out _);
        for (var i = pieces.Count - 1; i >= 0; i--)
        {
            if (Chosen(pieces[i], read) is { } value)
                return pieces.Count > 1 ? value with { Confidence = SlotReading.Guessed } : value;
            // What took its place was not understood; what was taken back is not the answer.
            if (Enumerable.Range(0, pieces[i].Count).Any(at => Cardinal.At(pieces[i], at) is not null))
                return null;
        }
        return null;
    }

    /// <summary>"Seven, not eleven" is the first of the two; "seven to eleven" is neither.</summary>
    private static SlotReading? Chosen(List<Token> piece, Func<List<Token>, SlotReading?> read)
    {
        var not = piece.FindIndex(token => token.Text == "not");
        if (not > 0 && read(piece[..not]) is { } meant && read(piece[(not + 1)..]) is not null)
            return meant with { Confidence = SlotReading.Guessed };
        return Cardinal.IsRange(piece) ? null : read(piece);
    }

    private static SlotReading? ReadPiece(List<Token> tokens)
    {
        if (Words.Strangers([.. tokens.Where(token => !Cardinal.IsScale(token.Text))]) > FewStrangers)
            return null;
        // "For adults and two children" has two numbers; "for two" and "for the two of us" have one.
        if (Words.SoundsLikeDigit(tokens.WordAt(0)) is not null && Compound(tokens, 1) is null && tokens.WordAt(1) is not ("a" or "the" or "my" or "our" or "all" or "us" or "me"))
            return null;
        SlotReading? found = null;
        var end = 0;
        for (var at = 0; at < tokens.Count;)
        {
            if (IsPronoun(tokens, at) || Compound(tokens, at) is not var (value, next))
            {
                at++;
                continue;
            }
            // Two numbers in one answer: which one was meant nobody knows, unless it is said again at once. "One third" is less than one.
            if ((found is not null && (found.Value != Text(value) || at != end)) || (next < tokens.Count && tokens[next].Text is "third" or "thirds" or "fifth" or "fifths" or "tenth" or "tenths"))
                return null;
            found = new SlotReading(Text(value), next - at == tokens.Count ? SlotReading.Clear : SlotReading.Likely);
            (at, end) = (next, next);
        }
        return found;
    }

    /// <summary>"The second one", "no one" and "one of them" count nothing; "just the one" does.</summary>
    private static bool IsPronoun(List<Token> tokens, int at) =>
        tokens[at].IsWord("one")
        && (tokens.WordAt(at + 1) == "of" || (!tokens.Follows(at - 2, "just", "the") && (tokens.WordAt(at - 1) is "the" or "that" or "this" or "which" or "no" or "any" or "different" or "other" or "another" or "new" || Words.Ordinals.ContainsKey(tokens.WordAt(at - 1)))));

    /// <summary>Also "one twenty" for 120, "one oh five" for 105 and digits read out one by one.</summary>
    private static (decimal Value, int Next)? Compound(List<Token> tokens, int at)
    {
        if (Cardinal.At(tokens, at) is not var (value, next))
            return null;
        if (next - at == 1 && value is >= 1 and <= 9 && next < tokens.Count)
        {
            if (tokens[next].Text is "oh" or "o" && next + 1 < tokens.Count && Words.Digit(tokens[next + 1].Text) is { } unit)
                return ((value * 100) + unit, next + 2);
            if (Words.Digit(tokens[next].Text) is null && Cardinal.At(tokens, next) is var (pair, end) && pair is >= 10 and <= 99 && decimal.IsInteger(pair))
                return ((value * 100) + pair, end);
            var digits = new StringBuilder();
            var to = at;
            while (to < tokens.Count && Words.Digit(tokens[to].Text) is { } digit)
            {
                digits.Append(digit);
                to++;
            }
            if (digits.Length >= 2 && digits.Length <= 15)
                return (decimal.Parse(digits.ToString(), CultureInfo.InvariantCulture), to);
        }
        return (value, next);
    }
}

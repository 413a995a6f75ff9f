using System.Globalization;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Amounts of money: "seven pounds forty", "$45.20", "twelve hundred dollars", "a tenner".</summary>
internal static class MoneyReader
{
    private static readonly Dictionary<string, string> Currencies = Table(
        "dollar=USD dollars=USD buck=USD bucks=USD usd=USD $=USD pound=GBP pounds=GBP quid=GBP sterling=GBP gbp=GBP £=GBP euro=EUR euros=EUR eur=EUR €=EUR yen=JPY ¥=JPY franc=CHF francs=CHF rupee=INR rupees=INR");

    private static readonly Dictionary<string, string> Hundredths = Table("cent=USD cents=USD c=USD ¢=USD penny=GBP pence=GBP p=GBP pennies=GBP");

    private static readonly Dictionary<string, decimal> Notes = new(StringComparer.Ordinal) { ["fiver"] = 5, ["tenner"] = 10 };

    public static SlotReading? Read(IReadOnlyList<Token> tokens) => NumberReader.Last(tokens, ReadPiece);

    private static SlotReading? ReadPiece(List<Token> tokens)
    {
        // "$220.5" may have been five cents.
        if (tokens.Where((token, i) => token is { Kind: TokenKind.Figure, Glued: true, Text: [.., '.', _] } && i > 0 && tokens[i - 1].Kind == TokenKind.Sign && Cardinal.At(tokens, i) is var (_, end) && end == i + 1).Any())
            return null;
        SlotReading? found = null;
        for (var at = 0; at < tokens.Count;)
        {
            if (Amount(tokens, at) is not var (value, currency, next))
            {
                // "C. X. hundred and seven": its beginning was lost.
                if (tokens[at].Text is "hundred" or "thousand" or "million")
                    return null;
                at++;
                continue;
            }
            if (found is not null)
                return null;
            var text = value.ToString("0.00", CultureInfo.InvariantCulture) + (currency is null ? "" : " " + currency);
            var isAlone = next - at == tokens.Count;
            found = new SlotReading(text, currency is not null && isAlone ? SlotReading.Clear : SlotReading.Likely);
            // "Half of it" is no amount.
            if (currency is null && value < 1)
                return null;
            // A number among other words, without a currency, may be anything.
            if (currency is null && tokens.Where((token, i) => (i < at || i >= next) && !IsExpected(token)).Any())
                return null;
            at = next;
        }
        return found;
    }

    private static (decimal Value, string? Currency, int Next)? Amount(List<Token> tokens, int at)
    {
        if (Notes.TryGetValue(tokens[at].Text, out var note))
            return (note, "GBP", at + 1);
        // "50p".
        if (tokens[at] is { Kind: TokenKind.Mixed, Text: [.., 'p'] pence } && pence.Length <= 3 && int.TryParse(pence[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var pennies))
            return (pennies / 100m, "GBP", at + 1);
        if (tokens[at].Kind == TokenKind.Sign && Currencies.TryGetValue(tokens[at].Text, out var sign))
        {
            if (at + 1 >= tokens.Count || Cardinal.At(tokens, at + 1) is not var (amount, end))
                return null;
            // "£10 50".
            if (decimal.IsInteger(amount) && end == tokens.Count - 1 && tokens[end] is { Kind: TokenKind.Figure, Text.Length: 2 } && Cardinal.At(tokens, end) is var (hundredths, whole))
                return (amount + (hundredths / 100), sign, whole);
            // "$3 and 75 cents".
            if (decimal.IsInteger(amount) && Rest(tokens, end, sign) is var (rest, restEnd) && Hundredths.ContainsKey(tokens[restEnd - 1].Text))
                return (amount + rest, sign, restEnd);
            return Currency(tokens, end) is { } again ? (amount, again, end + 1) : (amount, sign, end);
        }
        if ((tokens[at].Text is "a" && Currency(tokens, at + 1) is not null ? (1m, at + 1) : Cardinal.At(tokens, at)) is not var (value, next))
            return null;
        if (tokens.WordAt(next) == "of" && tokens[next - 1].Text == "couple")
            next++;
        if (Hundredths.TryGetValue(tokens.WordAt(next), out var small))
            return (value / 100, small, next + 1);
        if (Currency(tokens, next) is { } currency)
        {
            var after = tokens.WordAt(next + 1) == "sterling" ? next + 2 : next + 1;
            return Rest(tokens, after, currency) is var (rest, restEnd) ? (value + rest, currency, restEnd) : (value, currency, after);
        }
        // "Twelve fifty", "nineteen ninety nine": a price.
        if (decimal.IsInteger(value) && value is >= 1 and < 1000 && next < tokens.Count && tokens[next].Kind == TokenKind.Word && Cardinal.At(tokens, next) is var (cents, centsEnd) && cents is >= 10 and < 100 && decimal.IsInteger(cents))
            // "One twenty five dollars" are no price.
            return Currency(tokens, centsEnd) is { } named ? ((value < 10 ? value * 100 : value) + (value < 10 ? cents : cents / 100), named, centsEnd + 1) : (value + (cents / 100), null, centsEnd);
        return (value, null, next);
    }

    /// <summary>What follows the currency: "and thirty cents", "forty", "oh five".</summary>
    private static (decimal Value, int Next)? Rest(List<Token> tokens, int at, string currency)
    {
        var from = tokens.WordAt(at) == "and" ? at + 1 : at;
        if (tokens.Follows(from, "a", "half"))
            return (0.5m, from + 2);
        if (from >= tokens.Count)
            return null;
        if (Words.IsZero(tokens[from].Text) && Words.Digit(tokens.WordAt(from + 1)) is { } single)
            return (single / 100m, from + 2);
        if (Cardinal.At(tokens, from) is not var (value, next) || value is < 1 or > 99 || !decimal.IsInteger(value))
            return null;
        if (Hundredths.TryGetValue(tokens.WordAt(next), out _))
            return (value / 100, next + 1);
        // "Ten dollars and five" is unclear; "ten dollars five" is not said.
        return value >= 10 || currency == "GBP" ? (value / 100, next) : null;
    }

    private static string? Currency(List<Token> tokens, int at) => Currencies.GetValueOrDefault(tokens.WordAt(at) is { Length: > 0 } word ? word : "-");

    public static bool IsCurrency(Token token) => Currencies.ContainsKey(token.Text) || Hundredths.ContainsKey(token.Text);

    private static bool IsExpected(Token token) =>
        token.Kind == TokenKind.Sign || Words.Fillers.Contains(token.Text) || token.Text is "about" or "around" or "roughly" or "exactly" or "only" or "pay" or "i'd" or "like" or "to" or "amount" or "for" or "of" or "a" or "total" or "i" or "want" or "will" or "i'll" or "was" or "make" or "say" or "put" or "in" or "let's" or "if";

    private static Dictionary<string, string> Table(string pairs) => pairs.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}

using System.Globalization;
using System.Text;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>When a card expires: "oh four twenty seven", "april twenty twenty seven", "08/28".</summary>
internal static class ExpiryReader
{
    public static SlotReading? Read(IReadOnlyList<Token> tokens)
    {
        var pieces = Corrections.Split(tokens, out _);
        for (var i = pieces.Count - 1; i >= 0; i--)
        {
            // "March twenty twenty six, no, twenty twenty seven": the month stays.
            var month = pieces.Take(i).SelectMany(piece => piece).Where(token => Months.Find(token.Text) is not null).Take(1);
            if ((ReadPiece([.. month, .. pieces[i]]) ?? ReadPiece(pieces[i])) is { } value)
                return pieces.Count > 1 ? value with { Confidence = SlotReading.Guessed } : value;
        }
        return null;
    }

    private static SlotReading? ReadPiece(List<Token> tokens)
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            if (Months.Find(tokens[at].Text) is { } month)
                return Years.At(tokens, at + 1, twoDigits: true) is var (year, end) && !IsNumber(tokens, end) ? Of(month, year) : null;
        }
        // "The fifth of twenty seven", "seventh month of twenty thirty".
        for (var at = 0; at < tokens.Count; at++)
        {
            if (OrdinalReader.OrdinalAt(tokens, at) is not var (place, next))
                continue;
            while (tokens.WordAt(next) is "of" or "month")
                next++;
            if (Years.At(tokens, next, twoDigits: true) is var (year, _))
                return Of(place, year);
        }
        // "Month eight, twenty eight" comes with other words; the figures alone count.
        var digits = new StringBuilder();
        var parts = new List<string>();
        for (var at = 0; at < tokens.Count;)
        {
            digits.Clear();
            var (next, _) = DigitsReader.Step(tokens, at, digits);
            if (next > at)
                parts.Add(digits.ToString());
            at = Math.Max(next, at + 1);
        }
        return Split(string.Concat(parts), parts);
    }

    private static bool IsNumber(List<Token> tokens, int at) => at < tokens.Count && (Cardinal.At(tokens, at) is not null || OrdinalReader.OrdinalAt(tokens, at) is not null);

    /// <summary>Month and year from 4 (MMYY), 6 (MMYYYY), 3 (MYY) or 5 (MYYYY) digits.</summary>
    private static SlotReading? Split(string digits, List<string> parts)
    {
        int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
        switch (digits.Length)
        {
            case 4 when Of(Number(digits[..2]), 2000 + Number(digits[2..])) is { } plain:
                return plain;
            case 6 when digits[2..4] == "20":
                return Of(Number(digits[..2]), Number(digits[2..]));
            case 3 when parts.Count > 0 && parts[0].Length is 1 or 3:
                return Of(Number(digits[..1]), 2000 + Number(digits[1..]));
            case 5 when digits[1..3] == "20":
                return Of(Number(digits[..1]), Number(digits[1..]));
            default:
                return null;
        }
    }

    private static SlotReading? Of(int month, int year) =>
        month is >= 1 and <= 12 && year is >= 2000 and < 2100 ? new SlotReading($"{year:0000}-{month:00}", SlotReading.Clear) : null;
}

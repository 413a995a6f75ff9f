using System.Text;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Digits as they are read out: one by one, doubled, in pairs, in figures.</summary>
internal static class DigitsReader
{
    /// <summary>From so many digits on, words around them that are none of ours may stay.</summary>
    private const int ManyDigits = 4;

    public static SlotReading? Read(IReadOnlyList<Token> tokens, SlotQuestion question)
    {
        if (Words.AsksForTime(tokens))
            return null;
        if (Corrections.Read(tokens, ReadPiece) is not var (digits, confidence))
            return null;
        return digits.Length == 0 ? null : new SlotReading(digits, confidence);
    }

    /// <summary>The digits of a piece; null = other words are among them.</summary>
    public static (string Digits, double Confidence)? ReadPiece(IReadOnlyList<Token> tokens)
    {
        var digits = new StringBuilder();
        var (strangersBefore, strangersAfter, confidence) = (0, 0, SlotReading.Clear);
        var (began, ended, isNamed) = (-1, -1, false);
        for (var at = Math.Max(CountedLead(tokens), NamedLead(tokens)); at < tokens.Count;)
        {
            var (next, sure) = Step(tokens, at, digits);
            if (next > at)
            {
                if (digits.Length > 0 && began < 0)
                    began = at;
                ended = next;
                // Digits, other words, and digits again are two numbers or a sentence.
                if (strangersAfter > 0 || (isNamed && began >= 0))
                    return null;
                confidence = Math.Min(confidence, sure);
                at = next;
                continue;
            }
            var token = tokens[at++];
            if ((digits.Length > 0 && IsOrdinal(tokens, at - 1)) || DigitSounds.AreLost(tokens, at - 1))
                return null;
            // "… and the pin is …", "…, account …" begin another number, "two numbers" counts them.
            isNamed |= digits.Length > 0 && token.Text is "is" or "are" or "was" or "account" or "pin" or "numbers";
            if (token.Kind == TokenKind.Sign || Words.Fillers.Contains(token.Text) || token.Text is "dash" or "hyphen" or "space" or "dot" or "point" or "slash" or "comma")
                continue;
            if (digits.Length == 0)
                strangersBefore += Words.Carriers.Contains(token.Text) ? 0 : 1;
            else if (!Words.Carriers.Contains(token.Text))
                strangersAfter++;
        }
        var strangers = strangersBefore + strangersAfter;
        if (strangers > 0 && digits.Length < ManyDigits)
            return digits.Length == 0 ? ("", SlotReading.Clear) : null;
        if (digits.Length > 0 && (Misheard.IsBefore(tokens, began) || Misheard.IsAfter(tokens, ended)))
            return null;
        return (digits.ToString(), strangers > 0 ? Math.Min(confidence, SlotReading.Likely) : confidence);
    }

    /// <summary>Appends the digits that begin at a place; the same place = none do.</summary>
    public static (int Next, double Confidence) Step(IReadOnlyList<Token> tokens, int at, StringBuilder digits)
    {
        var token = tokens[at];
        if (token.Kind == TokenKind.Figure)
        {
            digits.Append(string.Concat(token.Text.Where(char.IsAsciiDigit)));
            return (at + 1, SlotReading.Clear);
        }
        if (Words.Repeats.TryGetValue(token.Text, out var times) && at + 1 < tokens.Count && OneDigit(tokens[at + 1]) is { } repeated)
        {
            digits.Append((char)('0' + repeated), times);
            return (at + 2, SlotReading.Clear);
        }
        if (Words.Tens.TryGetValue(token.Text, out var tens))
        {
            var unit = at + 1 < tokens.Count ? OneDigit(tokens[at + 1]) : null;
            var skip = 1;
            // "Twenty-five" comes as two words with a sign between.
            if (tokens.WordAt(at + 1) == "-" && at + 2 < tokens.Count)
                (unit, skip) = (OneDigit(tokens[at + 2]), 2);
            if (unit is > 0)
            {
                digits.Append(tens + unit.Value);
                return (at + 1 + skip, SlotReading.Clear);
            }
            digits.Append(tens);
            return (at + 1, SlotReading.Clear);
        }
        // "Oh, let me see".
        if (token.Text == "oh" && digits.Length == 0 && at + 1 < tokens.Count && !BeginsDigits(tokens[at + 1]) && !DigitSounds.IsRare(tokens[at + 1].Text) && tokens[at + 1].Kind == TokenKind.Word)
            return (at, 0);
        if (OneDigit(token) is { } digit)
        {
            digits.Append(digit);
            return (Hundreds(tokens, at + 1, digits), SlotReading.Clear);
        }
        if (Words.Units.TryGetValue(token.Text, out var teens))
        {
            digits.Append(teens);
            return (Hundreds(tokens, at + 1, digits), SlotReading.Clear);
        }
        // "Five to four".
        if (Words.SoundsLikeDigit(token.Text) is { } sound && (digits.Length > 0 ? DigitSounds.IsWithin(tokens, at) : DigitSounds.IsFirst(tokens, at)))
        {
            digits.Append(sound);
            return (Hundreds(tokens, at + 1, digits), SlotReading.Guessed);
        }
        return (at, 0);
    }

    /// <summary>"The last four are", "the first six digits are": a number about the number. Where what comes after it begins.</summary>
    private static int CountedLead(IReadOnlyList<Token> tokens)
    {
        for (var at = 0; at + 2 < tokens.Count; at++)
        {
            if (tokens[at].Text is not ("last" or "first" or "final") || OneDigit(tokens[at + 1]) is not { } count)
                continue;
            var next = tokens[at + 2].Text is "digits" or "numbers" or "figures" ? at + 3 : at + 2;
            if (tokens.WordAt(next) is "are" or "is" or "were" or "was" or "of" or ":")
                return next + 1;
            // "Last four 9981", "last 4 5 5 0 2".
            if (Count(tokens, next) == count)
                return next;
        }
        return 0;
    }

    /// <summary>How many digits are said from a place on, where nothing else is.</summary>
    private static int Count(IReadOnlyList<Token> tokens, int at)
    {
        var digits = new StringBuilder();
        while (at < tokens.Count && Step(tokens, at, digits).Next is var next && next > at)
            at = next;
        return at == tokens.Count ? digits.Length : 0;
    }

    /// <summary>"Eleven twelve thirteenth", "1112 13th": a number that was misheard.</summary>
    private static bool IsOrdinal(IReadOnlyList<Token> tokens, int at) =>
        tokens[at].Kind == TokenKind.Mixed || (tokens[at].Text is not ("first" or "second") && OrdinalReader.OrdinalAt(tokens, at) is not null);

    /// <summary>"My pin is", which comes as "my ten is" too: where what follows it begins. With a number before it, it names another.</summary>
    private static int NamedLead(IReadOnlyList<Token> tokens)
    {
        for (var at = 0; at + 2 < tokens.Count && !(BeginsDigits(tokens[at]) && BeginsDigits(tokens[at + 1])); at++)
        {
            if (tokens[at].Text is not ("my" or "the" or "our" or "her" or "his"))
                continue;
            for (var copula = at + 2; copula <= at + 4 && copula + 1 < tokens.Count; copula++)
            {
                if (tokens[copula].Text is "is" or "was" && tokens.Skip(copula + 1).Any(BeginsDigits))
                    return copula + 1;
            }
        }
        return 0;
    }

    public static bool BeginsDigits(Token token) =>
        token.Kind == TokenKind.Figure || Words.Repeats.ContainsKey(token.Text) || Words.Units.ContainsKey(token.Text) || Words.Tens.ContainsKey(token.Text) || Words.IsZero(token.Text);

    private static int? OneDigit(Token token) =>
        token.Kind == TokenKind.Figure && token.Text.Length == 1 ? token.Text[0] - '0' : token.Kind == TokenKind.Word ? Words.Digit(token.Text) : null;

    /// <summary>"Eight hundred" is 800, "two thousand" 2000; "and five" after it fills the end, and so does "fifty five" where the number is all of the answer.</summary>
    private static int Hundreds(IReadOnlyList<Token> tokens, int at, StringBuilder digits)
    {
        var zeros = tokens.WordAt(at) switch { "hundred" => 2, "thousand" => 3, _ => 0 };
        if (zeros == 0)
            return at;
        digits.Append('0', zeros);
        var isAnd = tokens.WordAt(at + 1) == "and";
        var from = isAnd ? at + 2 : at + 1;
        if (from >= tokens.Count)
            return at + 1;
        var rest = new StringBuilder();
        var (next, _) = Step(tokens, from, rest);
        var isWhole = digits.Length == zeros + 1 && rest.Length is 1 or 2 && tokens[from].Kind == TokenKind.Word && next == tokens.Count;
        if (next == from || rest.Length > zeros || (!isAnd && !isWhole))
            return at + 1;
        digits.Length -= rest.Length;
        digits.Append(rest);
        return next;
    }
}

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Telephone numbers, as callers group them. A number of a length that no number has is none.</summary>
internal static class PhoneReader
{
    public static SlotReading? Read(IReadOnlyList<Token> tokens, SlotQuestion question)
    {
        // "… after six", "… before noon": when to call, if what is before it is a number.
        var when = tokens.ToList().FindIndex(token => token.Text is "after" or "before" or "until" or "till" or "til" or "between" or "during");
        if (when > 0 && Number([.. tokens.Take(when)], question) is { } number)
            return number with { Confidence = Math.Min(number.Confidence, SlotReading.Likely) };
        return Number(tokens, question)
            ?? Mended(tokens, question, "oh", "go", "all", "or", "for", "low")
            ?? Mended(tokens, question, "four", "for")
            ?? (Number(CodeRemarks.Without(tokens), question) is { } remarked ? remarked with { Confidence = SlotReading.Guessed } : null);
    }

    /// <summary>"Go one one eight …", "555 then or 198": where a digit was misheard and the number is whole only with it.</summary>
    private static SlotReading? Mended(IReadOnlyList<Token> tokens, SlotQuestion question, string digit, params string[] heard)
    {
        bool IsDigit(int at) => heard.Contains(tokens[at].Text) && at + 1 < tokens.Count && DigitsReader.BeginsDigits(tokens[at + 1]);
        var mended = tokens.Select((token, i) => IsDigit(i) ? token with { Text = digit } : token).ToList();
        if (mended.SequenceEqual(tokens) || Number(mended, question) is not { } number)
            return null;
        var isWhole = IsIn(question, "GB") ? number.Value is ['0', .. { Length: 10 }] : number.Value.Length == 10 && IsIn(question, "US");
        return isWhole ? number with { Confidence = SlotReading.Guessed } : null;
    }

    private static SlotReading? Number(IReadOnlyList<Token> tokens, SlotQuestion question)
    {
        var plus = tokens.Select((token, i) => (token, i)).FirstOrDefault(pair => pair.token.Text is "+" or "plus");
        var isInternational = plus.token.Text is not null && plus.i + 1 < tokens.Count && DigitsReader.BeginsDigits(tokens[plus.i + 1]);
        var kept = tokens.Where(token => token.Text is not ("+" or "plus" or "extension")).ToList();
        if (tokens.Any(token => token.Text is "extension" or "ext") || DigitsReader.Read(kept, question) is not { } read)
            return null;
        var digits = read.Value;
        if (isInternational)
        {
            // "+44 (0)20 …": the zero is for callers inside the country.
            if (digits.StartsWith("440", StringComparison.Ordinal))
                digits = "44" + digits[3..];
            return IsCountrys(digits) ? read with { Value = "+" + digits } : null;
        }
        // How calls to other countries begin, by country.
        var abroad = IsIn(question, "GB") ? "00" : IsIn(question, "US") ? "011" : null;
        if (abroad is not null && digits.StartsWith(abroad, StringComparison.Ordinal) && digits.Length - abroad.Length >= 11 && IsCountrys(digits[abroad.Length..]))
            return read with { Value = "+" + digits[abroad.Length..] };
        if (IsIn(question, "US"))
        {
            if (digits is ['1', .. { Length: 10 } national])
                digits = national;
            return digits.Length == 7 || (digits.Length == 10 && digits[0] is not ('0' or '1')) ? read with { Value = digits } : null;
        }
        if (IsIn(question, "GB"))
        {
            if (digits is ['0', var area, ..] && digits.Length >= (area is '1' or '8' ? 10 : 11) && digits.Length <= 11)
                return read with { Value = digits };
            return digits.Length is 6 or 7 or 8 ? read with { Value = digits, Confidence = SlotReading.Guessed } : null;
        }
        return digits.Length is >= 7 and <= 15 ? read with { Value = digits } : null;
    }

    private static bool IsIn(SlotQuestion question, string country) => question.Locale.EndsWith(country, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether so many digits are a number of the country that they begin with.</summary>
    private static bool IsCountrys(string digits) => digits switch
    {
        ['1', ..] => digits.Length == 11,
        ['4', '4', ..] => digits.Length is 11 or 12,
        _ => digits.Length is >= 8 and <= 15,
    };
}

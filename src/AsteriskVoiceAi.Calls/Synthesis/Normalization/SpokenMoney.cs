namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

/// <summary>Amounts of money.</summary>
internal static class SpokenMoney
{
    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["$"] = "USD",
        ["US$"] = "USD",
        ["€"] = "EUR",
        ["£"] = "GBP",
        ["¥"] = "JPY",
    };

    /// <param name="amount">Figures with marks: the last mark before two digits is the decimal one, the others stand between groups.</param>
    /// <param name="currency">A sign or an ISO 4217 code.</param>
    /// <param name="scale">"million" and the like, or empty.</param>
    /// <returns>Null = it is no amount that we have words for.</returns>
    public static string? Say(string amount, string currency, string scale, SpokenLanguage language)
    {
        var code = Codes.GetValueOrDefault(currency, currency.ToUpperInvariant());
        if (!language.Currencies.TryGetValue(code, out var words))
            return null;
        var digits = new string([.. amount.Where(char.IsAsciiDigit)]);
        var hasParts = amount.Length > 3 && amount[^3] is '.' or ',';
        var whole = hasParts ? digits[..^2] : digits;
        if (whole.Length is 0 or > 12)
            return null;
        var units = long.Parse(whole, System.Globalization.CultureInfo.InvariantCulture);
        if (scale.Length > 0)
            return $"{new WrittenNumber(whole, hasParts ? digits[^2..] : "", true).Say(language)} {scale} {words.Many}";
        return language.SayMoney(units, hasParts ? int.Parse(digits[^2..], System.Globalization.CultureInfo.InvariantCulture) : 0, words);
    }
}

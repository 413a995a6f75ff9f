using System.Globalization;

namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

/// <summary>A number in figures.</summary>
/// <param name="Digits">Before the decimal mark, without marks between groups.</param>
/// <param name="Fraction">Digits after it; empty = none.</param>
internal readonly record struct WrittenNumber(string Digits, string Fraction, bool IsGrouped)
{
    /// <summary>More digits without marks are no quantity but a number of something, and are read one by one.</summary>
    private const int LongestQuantity = 6;

    private const int LongestWords = 12;

    /// <summary>Whether it is a quantity: the words for 4711000000 help nobody, nor do those for 0471.</summary>
    public bool IsQuantity => Digits.Length <= (IsGrouped ? LongestWords : LongestQuantity) && (Digits.Length == 1 || Digits[0] != '0');

    public long Value => long.Parse(Digits, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <param name="text">As <see cref="Pattern"/> matched it.</param>
    public static WrittenNumber Read(string text, SpokenLanguage language)
    {
        var mark = text.LastIndexOf(language.DecimalMark);
        var whole = mark < 0 ? text : text[..mark];
        var digits = new string([.. whole.Where(char.IsAsciiDigit)]);
        return new(digits, mark < 0 ? "" : text[(mark + 1)..], digits.Length < whole.Length);
    }

    /// <summary>Pattern of numbers as the language writes them.</summary>
    public static string Pattern(SpokenLanguage language) =>
        $"[0-9]{{1,3}}(?:[{language.GroupMarks}][0-9]{{3}}){{1,4}}(?:[{language.DecimalMark}][0-9]{{1,9}})?|[0-9]{{1,40}}(?:[{language.DecimalMark}][0-9]{{1,9}})?";

    /// <summary>The number in words: a quantity, or digit by digit.</summary>
    public string Say(SpokenLanguage language, NumberForm form = NumberForm.Alone)
    {
        var whole = IsQuantity ? language.Cardinal(Value, Fraction.Length == 0 ? form : NumberForm.Alone) : SpokenDigits.Grouped(Digits, language);
        return Fraction.Length == 0 ? whole : $"{whole} {language.Symbols.Point} {SpokenDigits.Each(Fraction, language)}";
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Calls.Slots;

/// <summary>What a value has to be beyond its type.</summary>
/// <param name="MinLength">In characters; 0 = any.</param>
/// <param name="MaxLength">In characters; 0 = any.</param>
/// <param name="Luhn">The last digit is a check digit, as on cards.</param>
/// <param name="Min">For numbers, percentages and amounts.</param>
/// <param name="Max">For numbers, percentages and amounts.</param>
/// <param name="Pattern">Regular expression of the whole value; runs in time linear to it.</param>
public sealed record SlotRules(int MinLength = 0, int MaxLength = 0, bool Luhn = false, decimal? Min = null, decimal? Max = null, Regex? Pattern = null)
{
    public static SlotRules None { get; } = new();

    /// <summary>What is wrong with a value; null = nothing.</summary>
    public SlotProblem? Check(SlotType type, string value)
    {
        if (MinLength > 0 && value.Length < MinLength)
            return SlotProblem.TooShort;
        if (MaxLength > 0 && value.Length > MaxLength)
            return SlotProblem.TooLong;
        if (Luhn && !PassesLuhn(value))
            return SlotProblem.CheckDigit;
        if (type is SlotType.Number or SlotType.Percent or SlotType.Money && decimal.TryParse(value.Split(' ')[0], NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
        {
            if (number < Min)
                return SlotProblem.TooSmall;
            if (number > Max)
                return SlotProblem.TooLarge;
        }
        return Pattern is null || Pattern.IsMatch(value) ? null : SlotProblem.Form;
    }

    /// <summary>Every second digit from the right doubled, nines taken off; the sum ends in 0.</summary>
    private static bool PassesLuhn(string value)
    {
        var sum = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var digit = value[value.Length - 1 - i] - '0';
            if (digit is < 0 or > 9)
                return false;
            var weighed = i % 2 == 1 ? digit * 2 : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return value.Length > 0 && sum % 10 == 0;
    }
}

/// <summary>Why a value can't be right.</summary>
public enum SlotProblem
{
    TooShort,
    TooLong,
    CheckDigit,
    TooSmall,
    TooLarge,
    Form,
}

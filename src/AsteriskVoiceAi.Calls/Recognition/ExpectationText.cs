using System.Globalization;

namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>Expectations as lists and the dialplan write them: <c>free</c>, <c>yes-no</c>, <c>digits:8</c>, <c>characters:4..10</c>, <c>one-of:a|b</c>, <c>date</c>.</summary>
public static class ExpectationText
{
    /// <summary>What can be written, for messages.</summary>
    public const string Known = "free, yes-no, digits:8, digits:4..10, characters:6, one-of:red|green, date";

    /// <summary>Longest number or code that is expected where the text names no length.</summary>
    private const int Most = 32;

    /// <returns>False = no such expectation.</returns>
    public static bool TryParse(string text, out Expectation expectation)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (kind, detail) = colon < 0 ? (text.Trim(), "") : (text[..colon].Trim(), text[(colon + 1)..].Trim());
        Expectation? parsed = kind.ToLowerInvariant() switch
        {
            "" or "free" when detail.Length == 0 => Expectation.Anything,
            "yes-no" when detail.Length == 0 => new Expectation.YesNo(),
            "date" when detail.Length == 0 => new Expectation.Date(),
            "digits" when Range(detail) is var (min, max) => new Expectation.Digits(min, max),
            "characters" when Range(detail) is var (min, max) => new Expectation.Characters(min, max),
            "one-of" when detail.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } phrases => new Expectation.OneOf(phrases),
            _ => null,
        };
        expectation = parsed ?? Expectation.Anything;
        return parsed is not null;
    }

    /// <summary>Name of the kind, for tables.</summary>
    public static string Kind(Expectation expectation) => expectation switch
    {
        Expectation.YesNo => "yes-no",
        Expectation.Digits(var min, var max) => min == max ? "digits, known count" : "digits",
        Expectation.Characters => "characters",
        Expectation.OneOf => "one-of",
        Expectation.Date => "date",
        _ => "free",
    };

    private static (int Min, int Max)? Range(string detail)
    {
        if (detail.Length == 0)
            return (1, Most);
        var ends = detail.Split("..");
        if (ends.Length > 2 || !Count(ends[0], out var min) || !Count(ends[^1], out var max) || max < min)
            return null;
        return (min, max);
    }

    private static bool Count(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= 64;
}

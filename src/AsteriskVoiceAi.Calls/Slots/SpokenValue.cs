using System.Globalization;

namespace AsteriskVoiceAi.Calls.Slots;

/// <summary>A value as a voice should say it: digits one by one, a date as a date. English.</summary>
internal static class SpokenValue
{
    public static string Of(SlotType type, string value) => type switch
    {
        SlotType.Digits or SlotType.Phone => Spaced(value.Replace("+", "plus ", StringComparison.Ordinal)),
        SlotType.Alnum or SlotType.Spelled => string.Join(", ", value.Select(Letter)),
        SlotType.Email => value.Replace("@", " at ", StringComparison.Ordinal).Replace(".", " dot ", StringComparison.Ordinal).Replace("_", " underscore ", StringComparison.Ordinal).Replace("-", " dash ", StringComparison.Ordinal),
        SlotType.Date => Date(value) ?? value,
        SlotType.Time => Time(value) ?? value,
        SlotType.DateTime => value.Split('T') is [var day, var clock] ? $"{Date(day)} at {Time(clock)}" : value,
        SlotType.Duration => Duration(value),
        SlotType.Money => Money(value),
        SlotType.Percent => value + " percent",
        SlotType.Ordinal => value == "last" ? "the last one" : "number " + value,
        SlotType.Expiry => DateTime.TryParseExact(value, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month.ToString("MMMM yyyy", CultureInfo.InvariantCulture) : value,
        _ => value,
    };

    /// <summary>In groups of three or four, as people say long numbers.</summary>
    private static string Spaced(string digits)
    {
        var group = digits.Length % 4 == 0 ? 4 : 3;
        return string.Join(' ', digits.Select((c, i) => char.IsAsciiDigit(c) && i > 0 && i % group == 0 && digits.Length > 5 ? ", " + c : c.ToString())).Replace(" ,", ",", StringComparison.Ordinal);
    }

    private static string Letter(char c) => c switch { '\'' => "apostrophe", '-' => "hyphen", ' ' => "space", _ => c.ToString() };

    private static string? Date(string value) => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day.ToString("dddd, MMMM d, yyyy", CultureInfo.InvariantCulture)
        : null;

    private static string? Time(string value) => TimeOnly.TryParseExact(value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        ? time.ToString(time.Minute == 0 ? "h tt" : "h mm tt", CultureInfo.InvariantCulture)
        : null;

    private static string Money(string value)
    {
        var parts = value.Split(' ');
        var unit = parts.Length < 2 ? "" : parts[1] switch { "USD" => " dollars", "GBP" => " pounds", "EUR" => " euros", var other => " " + other };
        return parts[0].EndsWith(".00", StringComparison.Ordinal) ? parts[0][..^3] + unit : parts[0] + unit;
    }

    private static string Duration(string value)
    {
        var (parts, number, inTime) = (new List<string>(), "", false);
        foreach (var c in value.AsSpan(1))
        {
            if (c == 'T')
                inTime = true;
            if (char.IsAsciiDigit(c))
                number += c;
            else if (number.Length > 0)
            {
                var unit = (c, inTime) switch { ('Y', _) => "year", ('M', false) => "month", ('W', _) => "week", ('D', _) => "day", ('H', _) => "hour", ('M', true) => "minute", _ => "second" };
                parts.Add($"{number} {unit}{(number == "1" ? "" : "s")}");
                number = "";
            }
        }
        return string.Join(" and ", parts);
    }
}

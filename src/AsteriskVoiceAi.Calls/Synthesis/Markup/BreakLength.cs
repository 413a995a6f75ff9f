using System.Globalization;

namespace AsteriskVoiceAi.Calls.Synthesis.Markup;

/// <summary>How long a <c>break</c> is.</summary>
internal static class BreakLength
{
    public const string Expected = "time such as 500ms or 1.5s, at most 10s, or strength none, x-weak, weak, medium, strong or x-strong";

    /// <summary>A caller takes a longer silence for the end of the call.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <returns>Null = it is none.</returns>
    public static TimeSpan? Of(string? time, string? strength) => time is null ? Strength(strength) : Time(time);

    private static TimeSpan? Strength(string? strength) => strength switch
    {
        "none" => TimeSpan.Zero,
        "x-weak" => TimeSpan.FromMilliseconds(100),
        "weak" => TimeSpan.FromMilliseconds(250),
        null or "medium" => TimeSpan.FromMilliseconds(500),
        "strong" => TimeSpan.FromMilliseconds(800),
        "x-strong" => TimeSpan.FromMilliseconds(1200),
        _ => null,
    };

    private static TimeSpan? Time(string time)
    {
        var unit = time.EndsWith("ms", StringComparison.Ordinal) ? 2 : time.EndsWith('s') ? 1 : 0;
        if (unit == 0 || time.Length > 10 || !double.TryParse(time[..^unit], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;
        var length = unit == 2 ? number / 1000 : number;
        return length <= Longest.TotalSeconds ? TimeSpan.FromSeconds(length) : null;
    }
}

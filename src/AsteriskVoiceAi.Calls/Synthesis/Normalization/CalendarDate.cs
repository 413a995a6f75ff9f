namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

/// <summary>A date or a part of one.</summary>
internal readonly record struct CalendarDate(int? Day, int? Month, int? Year)
{
    private static readonly int[] LongestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    public bool IsValid =>
        Month is null or (>= 1 and <= 12)
        && (Day is null || (Day >= 1 && Month is { } month && Day <= LongestMonths[month - 1]))
        && Year is null or (>= 1 and <= 9999)
        && (Month is not null || Year is not null);

    /// <summary>"26" means 2026; nobody makes appointments in the year 26.</summary>
    public static int FullYear(int written, int digits) => digits <= 2 ? 2000 + written : written;
}

using System.Globalization;

namespace AsteriskVoiceAi.Benchmarks.Gauges;

/// <summary>What this process and its children take, those that have ended too.</summary>
internal static class FamilyGauge
{
    public static TimeSpan ProcessorTime
    {
        get
        {
            // The own times are fields 14 and 15 of stat, those of children that were waited for 16 and 17, in 1/100 s.
            var own = Stat(Environment.ProcessId);
            return TimeSpan.FromMilliseconds(10 * (own.Skip(11).Take(4).Sum(Number) + Children().Select(Stat).Sum(stat => stat.Length == 0 ? 0 : Number(stat[11]) + Number(stat[12]))));
        }
    }

    /// <summary>Bytes that the family keeps for itself.</summary>
    public static long Private => Children().Append(Environment.ProcessId).Sum(id => new ProcessGauge(id).Private);

    private static IEnumerable<int> Children() => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0 && Stat(id) is { Length: > 1 } stat && stat[1] == Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    /// <summary>The fields after the name; none when it has ended.</summary>
    private static string[] Stat(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>"Did you mean …?"</summary>
internal static class Nearest
{
    /// <summary>Names longer than this are not worth a comparison.</summary>
    private const int MaxLength = 40;

    /// <summary>The hint to append to a message, or nothing when no known word is near: at most a third of the letters differ.</summary>
    public static string Hint(string word, IEnumerable<string> known)
    {
        if (word.Length > MaxLength)
            return "";
        var best = known
            .Where(candidate => candidate.Length <= MaxLength)
            .Select(candidate => (candidate, Distance: Distance(word.ToLowerInvariant().Replace('_', '-'), candidate.ToLowerInvariant().Replace('_', '-'))))
            .Where(pair => pair.Distance <= Math.Max(1, Math.Max(word.Length, pair.candidate.Length) / 3))
            .OrderBy(pair => pair.Distance)
            .FirstOrDefault();
        return best.candidate is null ? "" : $"; did you mean '{best.candidate}'?";
    }

    /// <summary>Letters to insert, delete, replace or swap with the next to make one word the other.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }
                var change = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(change, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[a.Length, b.Length];
    }
}

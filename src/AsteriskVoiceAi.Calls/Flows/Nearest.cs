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
            .Select(candidate => (candidate, Distance: EditDistance.Between(word.ToLowerInvariant().Replace('_', '-'), candidate.ToLowerInvariant().Replace('_', '-'))))
            .Where(pair => pair.Distance <= Math.Max(1, Math.Max(word.Length, pair.candidate.Length) / 3))
            .OrderBy(pair => pair.Distance)
            .FirstOrDefault();
        return best.candidate is null ? "" : $"; did you mean '{best.candidate}'?";
    }
}

namespace AsteriskVoiceAi.Benchmarks.Reporting;

/// <summary>Nearest rank: always a value that was measured.</summary>
internal static class Percentiles
{
    public static double At(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}

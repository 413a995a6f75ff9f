namespace AsteriskVoiceAi.Calls.Telemetry;

/// <summary>Bounds of the histograms of times that a caller may notice.</summary>
public static class VoiceBuckets
{
    /// <summary>What callers notice begins at 200 ms and ends at 3 s, so there the steps are small; 50 ms is a prompt from memory, 10 s a program that hangs.</summary>
    public static IReadOnlyList<double> Seconds { get; } = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 1, 1.25, 1.5, 2, 3, 5, 10];
}

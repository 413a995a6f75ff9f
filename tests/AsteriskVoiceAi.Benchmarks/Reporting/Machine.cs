using System.Runtime.InteropServices;

namespace AsteriskVoiceAi.Benchmarks.Reporting;

/// <summary>What the numbers were measured on.</summary>
internal static class Machine
{
    public static string Describe() =>
        $"{Cpu()}, {Environment.ProcessorCount} cores; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}; load {Load()} when it began";

    private static string Cpu()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return model is null ? "unknown processor" : model[(model.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    /// <summary>Of the last minute: near 0 on a machine that does nothing else.</summary>
    private static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}

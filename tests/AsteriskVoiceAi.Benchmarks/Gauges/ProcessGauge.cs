using System.Globalization;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Benchmarks.Gauges;

/// <summary>What any process takes of the machine, as the kernel tells.</summary>
internal sealed class ProcessGauge(int id)
{
    public int Id => id;

    /// <summary>Time on all cores.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            // After the name in parentheses: state is field 3, user and system time are fields 14 and 15, in 1/100 s.
            var fields = File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return TimeSpan.FromMilliseconds(10 * (Number(fields[11]) + Number(fields[12])));
        }
    }

    /// <summary>Bytes of memory that nobody else uses: its own, and what only it has read of files.</summary>
    public long Private => 1024 * (Number(Field("smaps_rollup", "Private_Dirty:")) + Number(Field("smaps_rollup", "Private_Clean:")));

    /// <summary>Bytes of memory that can't be read again from a file.</summary>
    public long Own => 1024 * Number(Field("smaps_rollup", "Private_Dirty:"));

    public int Threads => (int)Number(Field("status", "Threads:"));

    /// <summary>Open files of all kinds, and how many of them are sockets.</summary>
    public (int All, int Sockets) Descriptors
    {
        get
        {
            var links = new DirectoryInfo($"/proc/{id}/fd").EnumerateFileSystemInfos().Select(file => file.LinkTarget ?? "").ToArray();
            return (links.Length, links.Count(link => link.StartsWith("socket:", StringComparison.Ordinal)));
        }
    }

    /// <summary>The child of ours that runs the service's program.</summary>
    /// <param name="program">Another than this build's.</param>
    public static ProcessGauge OfService(string? program = null) => Find("The service's process", (status, command) =>
        status.Contains($"PPid:\t{Environment.ProcessId}\n", StringComparison.Ordinal) && command.Contains(program ?? ServiceProcess.Program, StringComparison.Ordinal));

    /// <summary>The Asterisk of a lab.</summary>
    public static ProcessGauge Of(AsteriskProcess asterisk) => Find("Asterisk's process", (status, command) =>
        status.StartsWith("Name:\tasterisk\n", StringComparison.Ordinal) && command.Contains(asterisk.Folder, StringComparison.Ordinal));

    private static ProcessGauge Find(string what, Func<string, string, bool> isIt)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                continue;
            try
            {
                if (isIt(File.ReadAllText($"{folder}/status"), File.ReadAllText($"{folder}/cmdline")))
                    return new(id);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // Ended while we looked, or somebody else's.
            }
        }
        throw new InvalidOperationException($"{what} was not found.");
    }

    private string Field(string file, string name) =>
        File.ReadLines($"/proc/{id}/{file}").First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Split(' ', '\t').First(word => word.Length > 0);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

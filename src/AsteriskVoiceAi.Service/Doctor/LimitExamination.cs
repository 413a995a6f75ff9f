using System.Globalization;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Service.Doctor;

/// <summary>Whether the process may open as many files as its calls need.</summary>
internal sealed class LimitExamination(CallOptions options, RunningService? running) : IExamination
{
    /// <summary>Connection with Asterisk, its audio, and twice that while a call's audio is made anew.</summary>
    private const int ForACall = 4;

    /// <summary>Libraries, models, listening ports, log.</summary>
    private const int ForTheRest = 300;

    public Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        var process = running is null ? null : RunningService.FindProcess();
        var whose = process is null ? "A process of this shell" : $"The service (process {process})";
        var needed = (ForACall * options.MaxCalls) + ForTheRest;
        IReadOnlyList<Finding> found = Read(process ?? Environment.ProcessId) switch
        {
            null => [new("limits", FindingLevel.Note, "How many files the service may open can't be read.", "Run it as root or as the service's user.")],
            { } limit when limit >= needed => [new("limits", FindingLevel.Ok, $"{whose} may open {limit} files; {options.MaxCalls} calls need about {needed}.")],
            { } limit => [new("limits", FindingLevel.Warning, $"{whose} may open {limit} files, but {options.MaxCalls} calls need about {needed}.", "Raise LimitNOFILE (systemctl edit asterisk-voiceai) or ulimit -n, or lower calls.max-calls.")],
        };
        return Task.FromResult(found);
    }

    private static long? Read(int process)
    {
        try
        {
            // Max open files            1024                 524288               files
            var line = File.ReadLines($"/proc/{process}/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal));
            var columns = line["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            // The runtime raises its own limit up to the hard one.
            return columns[1] == "unlimited" ? long.MaxValue : long.Parse(columns[1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}

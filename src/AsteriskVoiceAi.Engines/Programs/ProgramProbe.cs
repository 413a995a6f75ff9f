using System.Text;
using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Engines.Programs;

/// <summary>Asks an installed program about itself; only while the service starts, so waiting is allowed.</summary>
internal sealed partial class ProgramProbe(ChildProgram program)
{
    /// <summary>The first number with a dot in what <c>--version</c> prints, e.g. <c>2.2</c>.</summary>
    public string Version()
    {
        var match = FirstVersion().Match(Ask("--version"));
        return match.Success ? match.Value : "unknown";
    }

    public string Ask(string argument) =>
        // Programs are probed once, when engines are found: to wait is no harm. On the pool: a caller with a synchronization context must not wait for itself.
        Encoding.UTF8.GetString(Task.Run(() => program.RunAnyAsync([argument], CancellationToken.None)).GetAwaiter().GetResult());

    [GeneratedRegex(@"\d+(\.\d+)+")]
    private static partial Regex FirstVersion();
}

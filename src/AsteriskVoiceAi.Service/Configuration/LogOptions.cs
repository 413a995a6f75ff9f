using System.ComponentModel;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Service.Logs;

namespace AsteriskVoiceAi.Service.Configuration;

/// <summary>What the service writes to its standard output.</summary>
public sealed class LogOptions
{
    /// <summary>What callers say, digits and numbers appear at Trace only.</summary>
    [Description("Least level that is written: trace (also what callers say), debug, information, warning, error.")]
    [Reloaded]
    public LogLevel Level { get; set; } = LogLevel.Information;

    [Description("One line a message for people (text), the same with journal priorities (systemd), or JSON for log collectors (json). Default auto = systemd where the output goes to the journal, else text.")]
    public LogFormat Format { get; set; } = LogFormat.Auto;
}

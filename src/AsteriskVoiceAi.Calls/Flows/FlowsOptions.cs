using System.ComponentModel.DataAnnotations;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>Where the flows are.</summary>
public sealed class FlowsOptions
{
    /// <summary>Folder of <c>NAME.yaml</c> files, one flow each; relative to the service's working folder.</summary>
    [Required]
    public string Folder { get; set; } = "flows";

    /// <summary>Whether changed files are loaded while the service runs.</summary>
    public bool Reload { get; set; } = true;

    /// <summary>Quiet time after a change before files are read. Default 300 ms: editors write a file in two or three steps.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan ReloadDelay { get; set; } = TimeSpan.FromMilliseconds(300);
}

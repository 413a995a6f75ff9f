using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>Where the flows are.</summary>
public sealed class FlowsOptions
{
    [Description("Folder of NAME.yaml files, one flow each; relative to the service's working folder.")]
    [Required]
    public string Folder { get; set; } = "flows";

    [Description("Whether changed files are loaded while the service runs.")]
    public bool Reload { get; set; } = true;

    [Description("Quiet time after a change before files are read. Default 300 ms: editors write a file in two or three steps.")]
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan ReloadDelay { get; set; } = TimeSpan.FromMilliseconds(300);

    [Description("Where the vectors of flows' examples are kept, so that a start need not make them again (6 ms each). Default cache/vectors, under the working directory; what is there may be deleted at any time. Empty = not kept.")]
    public string? VectorsFolder { get; set; } = "cache/vectors";
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AsteriskVoiceAi.Calls.Synthesis;

/// <summary>What is kept of speech that was made.</summary>
public sealed class PromptCacheOptions
{
    private const long Megabyte = 1 << 20;

    [Description("Memory for speech that was made, in MB; what was not used for longest goes first. Default 64: 70 minutes at 8 kHz.")]
    [Range(1, 65_536)]
    public int MemoryMegabytes { get; set; } = 64;

    [Description("Folder for speech of what flows say word for word to every caller, so that a restart need not make it again. Default prompt-cache, under the working directory. Nothing that holds a variable, a caller's words or a text of the dialplan is ever written there.")]
    [Required(AllowEmptyStrings = false)]
    public string Folder { get; set; } = "prompt-cache";

    [Description("Most that is kept there, in MB; what was not used for longest goes first. Default 256: hours of prompts. 0 = nothing is written to disk.")]
    [Range(0, 1_000_000)]
    public int DiskMegabytes { get; set; } = 256;

    internal long MemoryBytes => MemoryMegabytes * Megabyte;

    internal long DiskBytes => DiskMegabytes * Megabyte;
}

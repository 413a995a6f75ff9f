using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AsteriskVoiceAi.Calls.Recording;

/// <summary>Where the calls go that a flow records.</summary>
public sealed class RecordingOptions
{
    [Description("Folder of the recordings of flows with record: yes; a day's are in one folder by its UTC date. Default recordings, under the working directory. Readable by the service's user only, since people's voices are in them; nothing is ever deleted.")]
    [Required(AllowEmptyStrings = false)]
    [Reloaded]
    public string Folder { get; set; } = "recordings";

    [Description("A recording ends after this; the call goes on. Default 1h = 115 MB.")]
    [Range(typeof(TimeSpan), "00:00:10", "12:00:00")]
    [Reloaded]
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromHours(1);
}

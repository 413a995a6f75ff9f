using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AsteriskVoiceAi.Engines.Remote;

/// <summary>A speech server with OpenAI's interface.</summary>
public sealed class RemoteSpeechOptions
{
    [Description("Where speech-remote sends texts: a speech URL with OpenAI's interface (https://host/v1/audio/speech). Default none. What is said to callers leaves this machine.")]
    public Uri? Url { get; set; }

    [Description("The model that the server is asked for. Default tts-1, which most of them take for their own.")]
    [Required]
    public string Model { get; set; } = "tts-1";

    [Description("The voice that the server is asked for. Default alloy.")]
    [Required]
    public string Voice { get; set; } = "alloy";

    [Description("A file whose first line is the key for that server. Default none. It is read at start and never logged.")]
    public string? KeyFile { get; set; }

    [Description("Languages of that voice (BCP 47 tags). Default empty = all.")]
    public IReadOnlyList<string> Languages { get; set; } = [];

    [Description("Texts that are under way at once; more wait. Default 4.")]
    [Range(1, 256)]
    public int Requests { get; set; } = 4;
}

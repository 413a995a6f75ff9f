using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AsteriskVoiceAi.Engines.Whisper;

/// <summary>How Whisper runs: whisper.cpp's server as child processes of the service, or a server elsewhere.</summary>
public sealed class WhisperOptions
{
    [Description("whisper.cpp's server. Default whisper-server, found by PATH; scripts/install-whisper.sh installs one.")]
    [Required]
    public string Program { get; set; } = "whisper-server";

    [Description("Server processes per model, each answering one recognition at a time. Default 0 = one for each four cores: more processes carry more callers, more threads answer each of them sooner.")]
    [Range(0, 64)]
    public int Processes { get; set; }

    [Description("Threads of each process. Default 0 = the cores divided by the processes, at most 4.")]
    [Range(0, 64)]
    public int Threads { get; set; }

    [Description("Longest wait for a free process before the next recognizer is asked. Default 700ms: what is left of the time budget then still serves one recognition.")]
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMilliseconds(700);

    [Description("Memory, in MiB, at which a process is replaced by a fresh one once its recognition is done. Default 1024: tiny and base take 130 to 210; raise it for larger models.")]
    [Range(64, 1_048_576)]
    public int MostMemory { get; set; } = 1024;

    [Description("Where whisper-remote sends the speech: a whisper.cpp server (http://gpu.local:8080/inference) or an OpenAI-compatible transcription URL (it ends in /audio/transcriptions). Default none. Callers' voices leave this machine.")]
    public Uri? Url { get; set; }

    [Description("The model that an OpenAI-compatible server is asked for. Default whisper-1, which most of them take for their own.")]
    [Required]
    public string Model { get; set; } = "whisper-1";

    [Description("A file whose first line is the key for that server. Default none. It is read at start and never logged.")]
    public string? KeyFile { get; set; }

    [Description("Recognitions that whisper-remote has under way at once; more wait. Default 4: most servers answer them one after the other.")]
    [Range(1, 256)]
    public int RemoteRequests { get; set; } = 4;

    [Description("Languages of the remote model (BCP 47 tags). Default empty = all of Whisper's.")]
    public IReadOnlyList<string> RemoteLanguages { get; set; } = [];

    internal int ProcessCount => Processes > 0 ? Processes : Math.Max(1, Environment.ProcessorCount / 4);

    internal int ThreadCount => Threads > 0 ? Threads : Math.Clamp(Environment.ProcessorCount / ProcessCount, 1, 4);
}

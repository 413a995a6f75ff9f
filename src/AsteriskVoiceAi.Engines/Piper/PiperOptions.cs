using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>How Piper voices speak, and what runs them where that is not this process.</summary>
public sealed class PiperOptions
{
    [Description("Threads for each sentence in process. Default 0 = 2, or 1 on a machine with one core: two halve the time to the first sound for the same processor time.")]
    [Range(0, 16)]
    public int Threads { get; set; }

    [Description("Who speaks, for voices with several speakers: a name or a number of the voice's description. Default none = its first. Flows choose others with voice: piper-VOICE/SPEAKER.")]
    public string? Speaker { get; set; }

    [Description("How long everything takes: 1.2 speaks a fifth slower. Default none = as the voice's description says, mostly 1.")]
    [Range(0.3, 3)]
    public double? Length { get; set; }

    [Description("How much the sound varies from one time to the next; 0 = not at all. Default none = as the voice's description says, mostly 0.667; with 0.333 telephone prompts were understood a little better.")]
    [Range(0.0, 2.0)]
    public double? Noise { get; set; }

    [Description("How much the length of sounds varies. Default none = as the voice's description says, mostly 0.8.")]
    [Range(0.0, 2.0)]
    public double? NoiseWidth { get; set; }

    [Description("The Piper program, for piper-program-VOICE. Default piper, found by PATH; scripts/install-piper.sh installs one. Its kind is found out. It always speaks at the pace that length gives: the speed of a prompt does not reach it.")]
    [Required]
    public string Program { get; set; } = "piper";

    [Description("Piper programs per voice, each saying one sentence at a time. Default 0 = 1, or 2 on more than four cores.")]
    [Range(0, 64)]
    public int Processes { get; set; }

    [Description("Longest wait for a free program before the next synthesizer is asked. Default 2s: ten sentences.")]
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(2);

    [Description("Memory, in MiB, at which a program is replaced by a fresh one once its sentence is done. Default 1024: one takes 250 to 400.")]
    [Range(64, 1_048_576)]
    public int MostMemory { get; set; } = 1024;

    [Description("Where piper-server is: the address of a Piper HTTP server, such as http://127.0.0.1:5000. Default none. It has no password, so keep it on this machine or a private network.")]
    public Uri? Url { get; set; }

    [Description("The voice that piper-server is asked for. Default none = its own.")]
    public string? ServerVoice { get; set; }

    [Description("Languages that piper-server speaks (BCP 47 tags). Default en.")]
    public IReadOnlyList<string> ServerLanguages { get; set; } = ["en"];

    [Description("Sentences that piper-server has under way at once; more wait. Default 2: it answers side by side, but not sooner.")]
    [Range(1, 256)]
    public int ServerRequests { get; set; } = 2;

    internal int ProcessCount => Processes > 0 ? Processes : Environment.ProcessorCount > 4 ? 2 : 1;

    internal int ThreadCount => Threads > 0 ? Threads : Math.Min(2, Environment.ProcessorCount);
}

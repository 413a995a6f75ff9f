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

    internal int ThreadCount => Threads > 0 ? Threads : Math.Min(2, Environment.ProcessorCount);
}

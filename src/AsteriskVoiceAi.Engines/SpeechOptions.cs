using System.ComponentModel.DataAnnotations;

namespace AsteriskVoiceAi.Engines;

/// <summary>Which speech engines run, in what order, and how much of the machine they may take.</summary>
public sealed class SpeechOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Speech";

    /// <summary>Where <c>scripts/get-models.sh</c> put the models. Default <c>models</c>, beside the working folder's configuration.</summary>
    [Required]
    public string ModelsFolder { get; set; } = "models";

    /// <summary>The ONNX Runtime library. Default: <c>onnxruntime/libonnxruntime.so</c> in the models folder; set it to use one that the machine has.</summary>
    public string? OnnxRuntime { get; set; }

    /// <summary>
    /// Recognizers in order of preference; the last is also the one for rush hours. Empty = <c>moonshine-base</c>, then <c>moonshine-tiny</c>:
    /// base makes half the errors, tiny takes half the time.
    /// </summary>
    public IList<string> Recognizers { get; set; } = [];

    /// <summary>
    /// Synthesizers in order of preference. Empty = <c>flite</c>, then <c>espeak-ng</c>: flite is understood far better in English,
    /// espeak-ng speaks the other languages.
    /// </summary>
    public IList<string> Synthesizers { get; set; } = [];

    /// <summary>Flite's voice. Default <c>rms</c> (male): the one a recogniser, and so probably a caller, misunderstands least. <c>slt</c> is female.</summary>
    [Required]
    [RegularExpression("[a-z0-9_]+")]
    public string FliteVoice { get; set; } = "rms";

    /// <summary>Recognitions that run at once. Default 0 = one for each core: more only slow each other down.</summary>
    [Range(0, 256)]
    public int Workers { get; set; }

    /// <summary>Speech programs that run at once. Default 4: a prompt takes 50 ms, so four serve 80 prompts a second.</summary>
    [Range(1, 64)]
    public int Programs { get; set; } = 4;

    /// <summary>Longest time one recognizer may take, its queue included, before the next is asked. Default 2 s: ten times the usual, and the caller still waits.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan RecognitionBudget { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest time one synthesizer may take before the next is asked. Default 5 s: a long prompt takes one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan SynthesisBudget { get; set; } = TimeSpan.FromSeconds(5);

    internal int WorkerCount => Workers > 0 ? Workers : Environment.ProcessorCount;

    internal IReadOnlyList<string> RecognizerNames => Recognizers.Count > 0 ? [.. Recognizers] : ["moonshine-base", "moonshine-tiny"];

    internal IReadOnlyList<string> SynthesizerNames => Synthesizers.Count > 0 ? [.. Synthesizers] : ["flite", "espeak-ng"];

    internal string OnnxRuntimePath => OnnxRuntime ?? Path.Combine(ModelsFolder, "onnxruntime", "libonnxruntime.so");
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AsteriskVoiceAi.Engines.LanguageModel;
using AsteriskVoiceAi.Engines.Piper;
using AsteriskVoiceAi.Engines.Remote;
using AsteriskVoiceAi.Engines.Whisper;

namespace AsteriskVoiceAi.Engines;

/// <summary>Which speech engines run, in what order, and how much of the machine they may take.</summary>
public sealed class SpeechOptions
{
    [Description("Where scripts/get-models.sh put the models. Default models, beside the working folder's configuration.")]
    [Required]
    public string ModelsFolder { get; set; } = "models";

    [Description("Where models are kept as ONNX Runtime has rewritten them for this machine's processor, 230 MB for those that come along: a start is a second shorter, and takes 160 MB less memory that can't be read again from a file. What is there is made anew where it does not fit, and may be deleted at any time. Default none = not kept.")]
    public string? PreparedModelsFolder { get; set; }

    [Description("The ONNX Runtime library. Default: onnxruntime/libonnxruntime.so in the models folder; set it to use one that the machine has.")]
    public string? OnnxRuntime { get; set; }

    [Description("Recognizers in order of preference, the last also the one for rush hours: moonshine-base, moonshine-tiny, whisper-tiny.en, whisper-base, whisper-remote, … Default auto = all that are installed, timed at start: the most accurate that is quick enough on this machine leads, the quickest serves rush hours.")]
    public IReadOnlyList<string> Recognizers { get; set; } = ["auto"];

    [Description("With auto: the time within which a recognizer must have heard a clip of 4 s at start to lead. Default 500ms: recognition begins 200 ms into a pause, and an open question ends after 450 ms of it at the earliest.")]
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan LeadBudget { get; set; } = TimeSpan.FromMilliseconds(500);

    [Description("Model that hears whether a caller has finished speaking. Default smart-turn, used where its file is installed; it spares every fourth hesitating caller from being cut off and costs 60 ms of one core a pause. none = words and time decide.")]
    [RegularExpression("smart-turn|none")]
    public string TurnDetector { get; set; } = "smart-turn";

    [Description("Model that tells what sentences mean, so that callers are understood who say it in other words than a flow's examples. Default minilm, used for English where its file is installed; it brings 10 to 25 of 100 callers of a flow with few examples, for 6 ms of one core an utterance and 90 MB. none = words alone.")]
    [RegularExpression("minilm|none")]
    public string SentenceEncoder { get; set; } = "minilm";

    [Description("Synthesizers in order of preference: flite (or flite-VOICE), espeak-ng, piper-VOICE for each voice that scripts/get-voice.sh fetched, piper-program-VOICE for the same by a Piper program, piper-server, speech-remote, recorded. Default flite, which is understood over a telephone as well as Piper at a seventh of the cost, and espeak-ng for the other languages. See `voiceai voices`.")]
    public IReadOnlyList<string> Synthesizers { get; set; } = ["flite", "espeak-ng"];

    [Description("Flite's voice. Default rms (male): the one a recogniser, and so probably a caller, misunderstands least. slt is female.")]
    [Required]
    [RegularExpression("[a-z0-9_]+")]
    public string FliteVoice { get; set; } = "rms";

    [Description("Recognitions that run at once. Default 0 = one for each core: more only slow each other down.")]
    [Range(0, 256)]
    public int Workers { get; set; }

    [Description("Speech programs that run at once. Default 4: a prompt takes 50 ms, so four serve 80 prompts a second.")]
    [Range(1, 64)]
    public int Programs { get; set; } = 4;

    [Description("Longest time one recognizer may take, its queue included, before the next is asked. Default 2 s: ten times the usual, and the caller still waits.")]
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan RecognitionBudget { get; set; } = TimeSpan.FromSeconds(2);

    [Description("Longest time one synthesizer may take before the next is asked. Default 5 s: a long prompt takes one.")]
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan SynthesisBudget { get; set; } = TimeSpan.FromSeconds(5);

    [Description("A language model that is asked about utterances which a flow's router refuses; off unless it has a URL.")]
    public LanguageModelOptions LanguageModel { get; set; } = new();

    [Description("Whisper: how its server runs, or where there is one.")]
    public WhisperOptions Whisper { get; set; } = new();

    [Description("Piper voices: how they speak, and what runs them.")]
    public PiperOptions Piper { get; set; } = new();

    [Description("A speech server with OpenAI's interface.")]
    public RemoteSpeechOptions Remote { get; set; } = new();

    [Description("Folder of sentences that somebody has spoken: LANGUAGE/prompts.txt with lines FILE.wav: words, one sentence each, and the files beside it. Where it exists, recorded is the last synthesizer; it comes before others where synthesizers names it. Default prompts.")]
    [Required]
    public string RecordedPrompts { get; set; } = "prompts";

    internal int WorkerCount => Workers > 0 ? Workers : Environment.ProcessorCount;

    internal string OnnxRuntimePath => OnnxRuntime ?? Path.Combine(ModelsFolder, "onnxruntime", "libonnxruntime.so");
}

using System.Text.Json;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Engines.Espeak;
using AsteriskVoiceAi.Engines.Piper;
using AsteriskVoiceAi.Engines.Programs;
using AsteriskVoiceAi.Tests.Support;
using AsteriskVoiceAi.TestSupport.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>The real Piper voice of the tests, and the real espeak-ng. Missing ones skip a test at a desk and fail it on CI.</summary>
internal static class InstalledPiper
{
    public const string Voice = "en_US-joe-medium";

    /// <summary>Makes the same sound each time.</summary>
    public static readonly PiperScales NoNoise = new(0, 1, 0);

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static readonly Lazy<PiperSynthesizer> Loaded = new(() => Open());

    /// <summary>With everything as the voice's description has it, loaded once for all tests.</summary>
    public static PiperSynthesizer Shared => Loaded.Value;

    public static string Model
    {
        get
        {
            string[] folders = [InstalledModels.Folder, Repository.PathOf("..", "shared", "models"), Repository.PathOf("..", "..", "shared", "models")];
            var path = folders.Select(folder => PiperVoices.Find(folder, Voice)).FirstOrDefault(file => file is not null);
            if (path is null)
                Needed.Missing("the voice of the tests", $"scripts/get-voice.sh {Voice}");
            return path!;
        }
    }

    public static EspeakPhonemizer Phonemizer(string espeakVoice = "en-us") => Phonemizer(token => PhonemeProcess.StartAsync(Espeak, espeakVoice, TimeProvider.System, token));

    public static EspeakPhonemizer Phonemizer(Func<CancellationToken, Task<PhonemeProcess>> start) => new("en-us", start, TimeProvider.System, NullLogger.Instance);

    public static string Espeak
    {
        get
        {
            Sounds.Program("espeak-ng");
            return ProgramPath.Find("espeak-ng")!;
        }
    }

    /// <summary>The Python piper.</summary>
    public static string Program
    {
        get
        {
            var path = new[] { Path.Combine(Repository.State, "bin", "piper"), Repository.PathOf(".voiceai", "bin", "piper"), "piper" }.Select(ProgramPath.Find).FirstOrDefault(found => found is not null);
            if (path is null)
                Needed.Missing("piper", "run scripts/install-piper.sh");
            return path!;
        }
    }

    /// <summary>The voice in this process.</summary>
    public static PiperSynthesizer Open(PiperOptions? options = null, IPhonemizer? phonemizer = null)
    {
        options ??= new();
        var voice = PiperVoice.Open(Model, options);
        var line = new BoundedLine(1, 32, "full");
        var speaker = new LocalSpeaker(voice, new(InstalledModels.Runtime, Model, options.ThreadCount), phonemizer ?? Phonemizer(), line, InstalledModels.Workers);
        return new(voice.Terms("piper-" + Voice), speaker);
    }

    /// <summary>A list of tests/.../PiperVectors: what Piper itself made of the same texts.</summary>
    public static IReadOnlyList<T> Vectors<T>(string file) =>
        [.. File.ReadLines(Repository.PathOf("tests", "AsteriskVoiceAi.Tests", "Engines", "PiperVectors", file)).Select(line => JsonSerializer.Deserialize<T>(line, Web)!)];
}

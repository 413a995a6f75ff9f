using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Espeak;
using AsteriskVoiceAi.Engines.Onnx;
using AsteriskVoiceAi.Engines.Programs;
using AsteriskVoiceAi.Engines.Remote;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>Loads <c>piper-VOICE</c> into this process, starts programs for <c>piper-program-VOICE</c>, and connects <c>piper-server</c>.</summary>
internal sealed class PiperFactory(EngineParts parts) : IEngineFactory<ISpeechSynthesizer>, IDisposable
{
    private const string Prefix = "piper-";
    private const string ProgramPrefix = "piper-program-";
    private const string Server = "piper-server";

    /// <summary>A sentence takes a fifth of a second: more in line wait longer than a caller does.</summary>
    private const int LongestLine = 32;

    /// <summary>Python's takes a second on an idle machine.</summary>
    private static readonly TimeSpan LongestHelp = TimeSpan.FromSeconds(10);

    private readonly PiperOptions _options = parts.Options.Piper;

    /// <summary>One worker is left for recognitions, where there are two: a caller's words must not wait behind prompts.</summary>
    private readonly BoundedLine _line = new(
        Math.Max(1, parts.Options.WorkerCount - 1), LongestLine, $"{LongestLine} sentences wait already; admit fewer calls, or put flite before this voice");

    public IReadOnlyList<string> Names => [.. PiperVoices.Names(parts.Options.ModelsFolder).SelectMany(voice => new[] { Prefix + voice, ProgramPrefix + voice }), .. _options.Url is null ? [] : new[] { Server }];

    public bool Makes(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    public LoadedEngine<ISpeechSynthesizer> Load(string name) =>
        name == Server ? Connect()
        : name.StartsWith(ProgramPrefix, StringComparison.Ordinal) ? Start(name, name[ProgramPrefix.Length..])
        : Load(name, name[Prefix.Length..]);

    public void Dispose() => _line.Dispose();

    private LoadedEngine<ISpeechSynthesizer> Load(string name, string voiceName)
    {
        var voice = Open(voiceName);
        IPhonemizer phonemizer = voice.Config.EspeakVoice is { } espeakVoice ? Espeak(espeakVoice) : LetterPhonemizer.Instance;
        var runtime = OnnxRuntime.Load(parts.Options.OnnxRuntimePath);
        var model = new PiperModel(runtime, voice.Model, _options.ThreadCount);
        var speaker = new LocalSpeaker(voice, model, phonemizer, _line, parts.Workers);
        return new(new PiperSynthesizer(voice.Terms(name), speaker), $"{voice.Language}, ONNX Runtime {runtime.Version}, {_options.ThreadCount} threads, {voice.Model}");
    }

    private LoadedEngine<ISpeechSynthesizer> Start(string name, string voiceName)
    {
        var voice = Open(voiceName);
        var program = ProgramPath.Find(_options.Program) ?? throw new SpeechEngineException($"program {_options.Program} is not installed, which would speak as {voiceName}; {PiperKinds.Advice}");
        // Engines are found once, at the start, before a call needs one: to wait is no harm. On the pool: a caller with a synchronization context must not wait for itself.
        var kind = Task.Run(() => PiperKinds.AskAsync(program, parts, LongestHelp)).GetAwaiter().GetResult();
        var speaker = new ProgramSpeaker(new(name, Path.GetFullPath(program), kind, voice), _options, parts.Time, parts.Logger);
        return new(new PiperSynthesizer(voice.Terms(name), speaker), $"{voice.Language}, {program} ({(kind == PiperKind.Json ? "C++" : "Python")}), processes: {_options.ProcessCount}, {voice.Model}");
    }

    private LoadedEngine<ISpeechSynthesizer> Connect()
    {
        if (_options.Url is not { } url)
            throw new SpeechEngineException("speech.piper.url is not set; it is the address of the Piper server");
        var languages = _options.ServerLanguages.Select(LanguageTag.Primary).ToList();
        string[] voices = _options.ServerVoice is { Length: > 0 } asked ? [Server, Prefix + asked] : [Server];
        var terms = new PiperTerms(string.Join('-', [Server, .. voices[1..]]), voices, languages, static _ => 0);
        return new(new PiperSynthesizer(terms, new ServerSpeaker(url, _options.ServerVoice, _options.ServerRequests)), $"{string.Join(", ", languages)}, {EngineServer.Place(url)}");
    }

    private PiperVoice Open(string voice)
    {
        var folder = parts.Options.ModelsFolder;
        var file = PiperVoices.Find(folder, voice)
            ?? throw new SpeechEngineException($"there is no piper/{voice}.onnx in {Path.GetFullPath(folder)}; run scripts/get-voice.sh {voice}");
        return PiperVoice.Open(file, _options);
    }

    private EspeakPhonemizer Espeak(string voice)
    {
        var program = ProgramPath.Find("espeak-ng")
            ?? throw new SpeechEngineException("program espeak-ng is not installed, which tells Piper voices how words sound; install it with: apt-get install espeak-ng");
        return new(voice, token => PhonemeProcess.StartAsync(program, voice, parts.Time, token), parts.Time, parts.Logger);
    }
}

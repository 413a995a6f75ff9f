using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Espeak;
using AsteriskVoiceAi.Engines.Onnx;
using AsteriskVoiceAi.Engines.Programs;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>Loads <c>piper-VOICE</c> for the voices that are installed.</summary>
internal sealed class PiperFactory(EngineParts parts) : IEngineFactory<ISpeechSynthesizer>, IDisposable
{
    public const string Prefix = "piper-";

    /// <summary>A sentence takes a fifth of a second: more in line wait longer than a caller does.</summary>
    private const int LongestLine = 32;

    private readonly PiperOptions _options = parts.Options.Piper;

    /// <summary>One worker is left for recognitions, where there are two: a caller's words must not wait behind prompts.</summary>
    private readonly BoundedLine _line = new(
        Math.Max(1, parts.Options.WorkerCount - 1), LongestLine, $"{LongestLine} sentences wait already; admit fewer calls, or put flite before this voice");

    public IReadOnlyList<string> Names => [.. PiperVoices.Names(parts.Options.ModelsFolder).Select(voice => Prefix + voice)];

    public bool Makes(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    public LoadedEngine<ISpeechSynthesizer> Load(string name)
    {
        var folder = parts.Options.ModelsFolder;
        var file = PiperVoices.Find(folder, name[Prefix.Length..])
            ?? throw new SpeechEngineException($"there is no piper/{name[Prefix.Length..]}.onnx in {Path.GetFullPath(folder)}; run scripts/get-voice.sh {name[Prefix.Length..]}");
        var voice = PiperVoice.Open(file, _options);
        IPhonemizer phonemizer = voice.Config.EspeakVoice is { } espeakVoice ? Espeak(espeakVoice) : LetterPhonemizer.Instance;
        var runtime = OnnxRuntime.Load(parts.Options.OnnxRuntimePath);
        var model = new PiperModel(runtime, file, _options.ThreadCount);
        return new(new PiperSynthesizer(name, voice, new LocalSpeaker(voice, model, phonemizer, _line, parts.Workers)), $"ONNX Runtime {runtime.Version}, {_options.ThreadCount} threads, {voice.Language}, {file}");
    }

    public void Dispose() => _line.Dispose();

    private EspeakPhonemizer Espeak(string voice)
    {
        var program = ProgramPath.Find("espeak-ng")
            ?? throw new SpeechEngineException("program espeak-ng is not installed, which tells Piper voices how words sound; install it with: apt-get install espeak-ng");
        return new(voice, token => PhonemeProcess.StartAsync(program, voice, parts.Time, token), parts.Time, parts.Logger);
    }
}

using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines.Programs;
using AsteriskVoiceAi.Engines.Remote;

namespace AsteriskVoiceAi.Engines.Whisper;

/// <summary>Starts <c>whisper-SIZE</c> for the model files that are installed, and connects <c>whisper-remote</c>.</summary>
internal sealed class WhisperFactory(EngineParts parts) : IEngineFactory<ISpeechRecognizer>
{
    public const string Remote = WhisperModels.Prefix + "remote";

    private readonly WhisperOptions _options = parts.Options.Whisper;

    public IReadOnlyList<string> Names => [.. WhisperModels.Names(parts.Options.ModelsFolder), .. _options.Url is null ? [] : new[] { Remote }];

    public bool Makes(string name) => name.StartsWith(WhisperModels.Prefix, StringComparison.Ordinal);

    public LoadedEngine<ISpeechRecognizer> Load(string name) => name == Remote ? Connect() : Start(name);

    private LoadedEngine<ISpeechRecognizer> Start(string name)
    {
        var folder = parts.Options.ModelsFolder;
        var model = WhisperModels.Find(folder, name)
            ?? throw new SpeechEngineException($"there is no whisper/ggml-{name[WhisperModels.Prefix.Length..]}*.bin in {Path.GetFullPath(folder)}; run scripts/get-models.sh {name}");
        var program = ProgramPath.Find(_options.Program)
            ?? throw new SpeechEngineException($"program {_options.Program} is not installed; {WhisperLaunch.Advice}");
        var launch = new WhisperLaunch(name, Path.GetFullPath(program), model, _options.ThreadCount);
        var pool = new WhisperPool(launch, _options, parts.Time, parts.Logger);
        var recognizer = new WhisperRecognizer(name, pool, WhisperModels.IsEnglishOnly(name) ? static code => code == "en" : static _ => true, parts.Time);
        return new(recognizer, $"{program}, {_options.ProcessCount} processes with {_options.ThreadCount} threads, {model}");
    }

    private LoadedEngine<ISpeechRecognizer> Connect()
    {
        if (_options.Url is not { } url)
            throw new SpeechEngineException("speech.whisper.url is not set; it is the transcription URL of the server");
        var transcriber = new RemoteTranscriber(url, _options.Model, KeyFile.Read(_options.KeyFile, "speech.whisper.key-file"), _options.RemoteRequests);
        var languages = _options.RemoteLanguages.Select(WhisperLanguages.Code).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var recognizer = new WhisperRecognizer(Remote, transcriber, code => languages.Count == 0 || languages.Contains(code), parts.Time);
        return new(recognizer, EngineServer.Place(url));
    }
}

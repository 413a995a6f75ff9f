using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;

namespace AsteriskVoiceAi.Engines.Remote;

/// <summary>Connects <c>speech-remote</c>.</summary>
internal sealed class RemoteSpeechFactory(EngineParts parts) : IEngineFactory<ISpeechSynthesizer>
{
    private readonly RemoteSpeechOptions _options = parts.Options.Remote;

    public IReadOnlyList<string> Names => [RemoteSynthesizer.Engine];

    public LoadedEngine<ISpeechSynthesizer> Load(string name)
    {
        if (_options.Url is not { } url)
            throw new SpeechEngineException("speech.remote.url is not set; it is the speech URL of the server");
        var languages = _options.Languages.Count == 0 ? "all languages" : string.Join(", ", _options.Languages);
        return new(new RemoteSynthesizer(url, KeyFile.Read(_options.KeyFile, "speech.remote.key-file"), _options), $"{languages}, model {_options.Model}, voice {_options.Voice}, {EngineServer.Place(url)}");
    }
}

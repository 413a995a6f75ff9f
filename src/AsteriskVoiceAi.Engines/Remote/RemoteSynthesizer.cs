using System.Text.Json;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Programs;

namespace AsteriskVoiceAi.Engines.Remote;

/// <summary>Speech by a server with OpenAI's interface, with a bound on the texts under way.</summary>
internal sealed class RemoteSynthesizer : ISpeechSynthesizer, IDisposable
{
    public const string Engine = "speech-remote";

    /// <summary>Six minutes at 48 kHz: the longest prompt.</summary>
    private const int MostAnswer = 360 * 48_000 * sizeof(short);
    private const int LinePerRequest = 8;
    private const int RateOfNothing = 16_000;

    private readonly HttpClient _http = EngineServer.Client();
    private readonly EngineServer _server;
    private readonly BoundedLine _line;
    private readonly RemoteSpeechOptions _options;
    private readonly HashSet<string> _languages;

    /// <param name="key">For the Authorization header; null = none.</param>
    public RemoteSynthesizer(Uri url, string? key, RemoteSpeechOptions options)
    {
        _options = options;
        _server = new(_http, url, key, "speech.remote.key-file", MostAnswer);
        _line = new(options.Requests, options.Requests * LinePerRequest, $"{options.Requests * LinePerRequest} texts wait already; raise speech.remote.requests");
        _languages = [.. options.Languages.Select(LanguageTag.Primary)];
        Name = $"{Engine}-{options.Model}-{options.Voice}";
    }

    public string Name { get; }

    public IReadOnlyList<string> Voices { get; } = [Engine];

    public bool Speaks(string language) => _languages.Count == 0 || _languages.Contains(LanguageTag.Primary(language));

    public async ValueTask<SpokenPrompt> SynthesizeAsync(Prompt prompt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var text = SpeakableText.Clean(prompt.Text);
        if (!SpeakableText.HasWords(text))
            return new(ReadOnlyMemory<short>.Empty, RateOfNothing);
        var question = new RemoteSpeechQuestion(_options.Model, text, _options.Voice, "wav", prompt.Speed == 1 ? null : Math.Clamp(prompt.Speed, 0.5, 2));
        var json = JsonSerializer.SerializeToUtf8Bytes(question, RemoteSpeechWords.Default.RemoteSpeechQuestion);
        var spoken = await _line.RunAsync(token => _server.AskForSoundAsync(json, token), cancellationToken);
        var polished = PromptPolish.Polish(spoken.Samples.Span, spoken.SampleRate);
        return polished.Length > 0 ? new(polished, spoken.SampleRate) : throw new SpeechEngineException($"{Name} made no sound of a text with words");
    }

    public void Dispose()
    {
        _line.Dispose();
        _http.Dispose();
    }
}

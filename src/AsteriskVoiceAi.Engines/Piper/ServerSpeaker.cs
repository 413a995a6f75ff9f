using System.Text.Json;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Remote;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>A Piper HTTP server (<c>python -m piper.http_server</c>) that the operator runs.</summary>
internal sealed class ServerSpeaker : ISentenceSpeaker
{
    /// <summary>Two minutes at 48 kHz.</summary>
    private const int MostAnswer = 120 * 48_000 * sizeof(short);
    private const int LinePerRequest = 8;

    private readonly HttpClient _http = EngineServer.Client();
    private readonly EngineServer _server;
    private readonly BoundedLine _line;
    private readonly string? _voice;

    public ServerSpeaker(Uri url, string? voice, int requests)
    {
        _server = new(_http, url.AbsolutePath == "/" ? new(url, "/synthesize") : url, key: null, "", MostAnswer);
        _line = new(requests, requests * LinePerRequest, $"{requests * LinePerRequest} sentences wait already; raise speech.piper.server-requests");
        _voice = voice;
    }

    public Task Started => Task.CompletedTask;

    public Task<SpokenPrompt> SayAsync(Sentence sentence, CancellationToken cancellationToken)
    {
        // Its speakers are its own business; a length of 1 is that of its voice.
        var question = new PiperServerQuestion(sentence.Text.Normalize(), _voice, sentence.Speed == 1 ? null : 1 / sentence.Speed);
        var json = JsonSerializer.SerializeToUtf8Bytes(question, PiperServerWords.Default.PiperServerQuestion);
        return _line.RunAsync(token => _server.AskForSoundAsync(json, token), cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _line.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}

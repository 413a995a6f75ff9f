using AsteriskVoiceAi.Engines.Remote;

namespace AsteriskVoiceAi.Engines.Whisper;

/// <summary>A server elsewhere, whisper.cpp's or one with OpenAI's transcription interface, with a bound on the questions under way.</summary>
internal sealed class RemoteTranscriber : ITranscriber
{
    private const int LinePerRequest = 8;

    private readonly HttpClient _http = EngineServer.Client();
    private readonly BoundedLine _line;
    private readonly WhisperClient _client;

    public RemoteTranscriber(Uri url, string model, string? key, int requests)
    {
        _line = new(requests, requests * LinePerRequest, $"{requests * LinePerRequest} recognitions wait already; raise speech.whisper.remote-requests");
        _client = new(_http, url.AbsolutePath == "/" ? new(url, "/inference") : url, model, key);
    }

    public bool IsCongested => _line.IsCongested;

    public Task Started => Task.CompletedTask;

    public Task<WhisperReply> TranscribeAsync(WhisperQuestion question, CancellationToken cancellationToken) =>
        _line.RunAsync(token => _client.TranscribeAsync(question, token), cancellationToken);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        _line.Dispose();
        return ValueTask.CompletedTask;
    }
}

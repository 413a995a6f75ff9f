using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines.Whisper;

/// <summary>A server elsewhere, whisper.cpp's or one with OpenAI's transcription interface, with a bound on the questions under way.</summary>
internal sealed class RemoteTranscriber : ITranscriber
{
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = Connecting, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly SemaphoreSlim _slots;
    private readonly WhisperClient _client;
    private readonly int _requests;
    private int _waiting;

    public RemoteTranscriber(Uri url, string model, string? key, int requests)
    {
        _requests = requests;
        _slots = new(requests);
        _client = new(_http, url.AbsolutePath == "/" ? new(url, "/inference") : url, model, key);
    }

    public bool IsCongested => Volatile.Read(ref _waiting) >= _requests;

    public Task Started => Task.CompletedTask;

    public async Task<WhisperReply> TranscribeAsync(WhisperQuestion question, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _slots.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        try
        {
            return await _client.TranscribeAsync(question, cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        _slots.Dispose();
        return ValueTask.CompletedTask;
    }
}

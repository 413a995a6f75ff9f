using System.Net;
using System.Security.Cryptography;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Engines.Programs;

namespace AsteriskVoiceAi.Engines.Whisper;

/// <summary>One life of a server process, from its start to its end. Answers one question at a time: it holds a lock over each.</summary>
internal sealed class WhisperProcess : PooledProcess
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http;
    private readonly Uri _url;
    private readonly WhisperClient _client;
    private readonly TimeSpan _longestWork;
    private readonly TimeProvider _time;

    private WhisperProcess(LongRunningProgram program, Uri root, TimeSpan longestWork, TimeProvider time)
        : base(program)
    {
        (_longestWork, _time) = (longestWork, time);
        // The server closes a connection after 5 idle seconds; a proxy has no business between the two of us.
        _http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2), AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
        _url = new(root, "inference");
        _client = new(_http, _url);
    }

    /// <summary>Starts it and waits until it has answered once: the first answer takes longer than the next.</summary>
    /// <exception cref="SpeechEngineException">It did not come up.</exception>
    public static async Task<WhisperProcess> StartAsync(WhisperLaunch launch, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!File.Exists(launch.Model))
            throw new SpeechEngineException($"has no model: {launch.Model} is not there; {launch.ModelAdvice}");
        var port = WhisperLaunch.FreePort();
        var path = '/' + RandomNumberGenerator.GetHexString(32, lowercase: true);
        var program = await LongRunningProgram.StartAsync(launch.Program, launch.Arguments(port, path), WhisperLaunch.Advice, time);
        var process = new WhisperProcess(program, new($"http://{IPAddress.Loopback}:{port}{path}/"), launch.LongestWork, time);
        try
        {
            await process.ComeUpAsync(cancellationToken);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="SpeechEngineException">It broke: it is to be retired.</exception>
    public Task<WhisperReply> AskAsync(WhisperQuestion question, CancellationToken cancellationToken) => _client.TranscribeAsync(question, cancellationToken);

    /// <summary>
    /// Ends when the server is free again after a question was taken back. A closed connection ends its work only after the encoder's run, so
    /// we ask something without work to it, which it refuses as soon as it has its lock.
    /// </summary>
    /// <returns>False: it hangs.</returns>
    public override async Task<bool> BecomesFreeAsync()
    {
        using var limit = new CancellationTokenSource(_longestWork, _time);
        using var nothing = new MultipartFormDataContent { { new StringContent("0"), "temperature" } };
        try
        {
            using var refusal = await _http.PostAsync(_url, nothing, limit.Token);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _http.Dispose();
    }

    private async Task ComeUpAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestStart, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            while (!await IsHealthyAsync(stop.Token))
            {
                if (Program.Ended.IsCompleted)
                    throw new SpeechEngineException($"ended at once with {Program.Ending}");
                await Task.Delay(BetweenLooks, _time, stop.Token);
            }
            await AskAsync(WarmUp(), stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SpeechEngineException($"was not up within {LongestStart.TotalSeconds:0} s");
        }
    }

    private async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(_url, "health"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Half a second of a tone: sound enough to run every part of the model.</summary>
    private static WhisperQuestion WarmUp()
    {
        var tone = new short[8_000];
        for (var i = 0; i < tone.Length; i++)
            tone[i] = (short)(3_000 * Math.Sin(i * 0.2));
        return new(WavFile.Write(tone, 16_000), WhisperQuestion.AudioContextFor(TimeSpan.FromSeconds(0.5)), "en", "");
    }
}

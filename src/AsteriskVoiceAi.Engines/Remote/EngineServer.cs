using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;

namespace AsteriskVoiceAi.Engines.Remote;

/// <summary>An HTTP server that does speech work. Thread-safe.</summary>
/// <param name="url">Where questions are posted to.</param>
/// <param name="key">For the Authorization header; null = none.</param>
/// <param name="keySetting">The setting that names the file of the key.</param>
/// <param name="mostAnswer">Bytes of the longest answer that is read.</param>
internal sealed class EngineServer(HttpClient http, Uri url, string? key, string keySetting, int mostAnswer)
{
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(2);

    /// <summary>Without user, password or query, which could hold secrets.</summary>
    public static string Place(Uri url) => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>A client for a server elsewhere. Each question brings its own time limit.</summary>
    public static HttpClient Client() => new(new SocketsHttpHandler { ConnectTimeout = Connecting, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The beginning of an answer, on one line, for a message.</summary>
    public static string Excerpt(ReadOnlySpan<byte> answer)
    {
        const int most = 120;
        var text = Encoding.UTF8.GetString(answer[..Math.Min(answer.Length, most)]);
        return answer.IsEmpty ? "nothing" : '\'' + string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) + (answer.Length > most ? "…'" : "'");
    }

    /// <exception cref="SpeechEngineException">It can't be reached, refuses, or answers too much.</exception>
    public async Task<byte[]> AskAsync(HttpContent question, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = question };
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            await response.Content.LoadIntoBufferAsync(mostAnswer, cancellationToken);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode
                ? answer
                : throw new SpeechEngineException($"{Place(url)} refused with status {(int)response.StatusCode}: {Excerpt(answer)}{Advice(response.StatusCode)}");
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SpeechEngineException("ended in the middle of its work", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidOperationException)
        {
            throw new SpeechEngineException($"{Place(url)} can't be used: {(e.InnerException ?? e).Message}", e);
        }
    }

    /// <summary>Asks with JSON for sound.</summary>
    /// <returns>As the server made it.</returns>
    /// <exception cref="SpeechEngineException">The same, or the answer is no WAVE file.</exception>
    public async Task<SpokenPrompt> AskForSoundAsync(byte[] json, CancellationToken cancellationToken)
    {
        // With its length: Piper's server reads no body without one, and none under another name.
        using var question = new ByteArrayContent(json);
        question.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var answer = await AskAsync(question, cancellationToken);
        return WavFile.TryRead(answer, out var samples, out var rate) && rate is >= 8_000 and <= 48_000
            ? new(samples, rate)
            : throw new SpeechEngineException($"{Place(url)} answered {answer.Length} bytes that are no WAVE file: {Excerpt(answer)}");
    }

    private string Advice(HttpStatusCode status) => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? $"; check {keySetting}" : "";
}

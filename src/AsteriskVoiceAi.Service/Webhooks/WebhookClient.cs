using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Webhooks;

namespace AsteriskVoiceAi.Service.Webhooks;

/// <summary>
/// Asks servers over HTTP. Everything that comes back is hostile: it is read up to a limit, in time, and followed nowhere but on the same server.
/// Safe for many calls at once.
/// </summary>
internal sealed class WebhookClient(HttpClient http, WebhookSecrets secrets, TimeProvider time) : IWebhookClient
{
    /// <summary>Of an answer, in bytes; a flow says a few words of it.</summary>
    public const int MostAnswer = 64 * 1024;

    private const int MostRedirects = 3;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 16 };

    internal static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, CircuitBreaker> _health = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A client that follows nothing by itself, keeps no cookies and unpacks nothing.</summary>
    public static HttpClient Http() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxConnectionsPerServer = 100,
        // Servers move; names are looked up again.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<WebhookAnswer> AskAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        var health = _health.GetOrAdd(request.Url.Authority, _ => new CircuitBreaker(Rest, time));
        if (!health.TryAsk())
            return new WebhookAnswer.Failed($"it failed several times and is left alone for {Rest.TotalSeconds:0} s");
        using var deadline = new CancellationTokenSource(request.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await SendAsync(request, either.Token);
            if ((int)response.StatusCode >= 500)
                throw new HttpRequestException($"it answered with status {(int)response.StatusCode}");
            var json = response.IsSuccessStatusCode && request.WantsAnswer ? await ReadAsync(response.Content, either.Token) : default;
            health.Succeeded();
            return response.IsSuccessStatusCode ? new WebhookAnswer.Answered(json) : new WebhookAnswer.Failed($"it answered with status {(int)response.StatusCode}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            health.Failed();
            return new WebhookAnswer.Failed($"no whole answer within {request.Timeout.TotalMilliseconds:0} ms");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            health.Failed();
            return new WebhookAnswer.Failed((e.InnerException ?? e).Message);
        }
        catch (Exception e) when (e is WebhookException or JsonException)
        {
            // The server is there; what it says, or what the flow asks, is wrong.
            if (e is JsonException)
                health.Succeeded();
            return new WebhookAnswer.Failed(e is JsonException ? "its answer is no JSON" : e.Message);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        var url = request.Url;
        for (var redirects = 0; ; redirects++)
        {
            using var message = Message(request, url);
            var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if ((int)response.StatusCode is < 300 or >= 400)
                return response;
            using (response)
            {
                if (response.Headers.Location is not { } location || !Uri.TryCreate(url, location, out var next))
                    throw new WebhookException($"it answered with status {(int)response.StatusCode}");
                // Secrets and callers' words are for the server that the flow names.
                if (next.Scheme != url.Scheme || next.Authority != url.Authority)
                    throw new WebhookException($"it sends on to another server, {next.Scheme}://{next.Authority}, which is not followed");
                if (request.Method != "GET" || redirects == MostRedirects)
                    throw new WebhookException(request.Method == "GET" ? "it sends on and on" : $"it sends a {request.Method} on to another address of its own, which is not followed");
                url = next;
            }
        }
    }

    private HttpRequestMessage Message(WebhookRequest request, Uri url)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), url);
        message.Headers.TryAddWithoutValidation("User-Agent", "AsteriskVoiceAi");
        message.Headers.TryAddWithoutValidation("Accept", "application/json");
        foreach (var (name, value) in request.Headers)
        {
            message.Headers.Remove(name);
            message.Headers.TryAddWithoutValidation(name, value.Fill(secret => secrets.Find(FlowText.SecretName(secret))));
        }
        if (request.Body is not null)
            message.Content = new StringContent(request.Body, Encoding.UTF8, "application/json");
        return message;
    }

    private static async Task<JsonElement> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var bytes = new byte[MostAnswer + 1];
        var read = 0;
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        while (read < bytes.Length && await stream.ReadAsync(bytes.AsMemory(read), cancellationToken) is var more and > 0)
            read += more;
        if (read > MostAnswer)
            throw new WebhookException($"it answered more than {MostAnswer / 1024} KB");
        using var json = JsonDocument.Parse(bytes.AsMemory(0, read), Reading);
        return json.RootElement.Clone();
    }
}

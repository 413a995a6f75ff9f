using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AsteriskVoiceAi.Asterisk.Media;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>The requests of ARI that are used here. Thread-safe. Each either succeeds or throws an <see cref="AriException"/>.</summary>
internal sealed class AriRest : IDisposable
{
    private readonly AriOptions _options;
    private readonly AriCredentials _credentials;
    private readonly HttpClient _http;

    /// <param name="certificates">Judges Asterisk's certificate; null = as the system does.</param>
    public AriRest(AriOptions options, AriCredentials credentials, RemoteCertificateValidationCallback? certificates = null)
    {
        _options = options;
        _credentials = credentials;
        var handler = new SocketsHttpHandler
        {
            // Each connection takes one of Asterisk's sessions (http.conf sessionlimit, default 100, which calls of
            // other applications need too); at 0.1 ms a request, 8 serve thousands of calls a minute.
            MaxConnectionsPerServer = 8,
            // Asterisk closes an idle connection after 15 s (session_keep_alive); we do it first, or a request could cross its goodbye.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
            ConnectTimeout = TimeSpan.FromSeconds(2),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
        };
        handler.SslOptions.RemoteCertificateValidationCallback = certificates;
        _http = new HttpClient(handler)
        {
            BaseAddress = new Uri(options.Url.AbsoluteUri.TrimEnd('/') + "/ari/"),
            Timeout = options.RequestTimeout,
            MaxResponseContentBufferSize = 4 * 1024 * 1024,
        };
    }

    public void Dispose() => _http.Dispose();

    public Task<IReadOnlyList<Module>> GetModulesAsync(CancellationToken cancellationToken) =>
        GetAsync("asterisk/modules", AriJson.Default.IReadOnlyListModule, cancellationToken);

    public Task<AsteriskInfo> GetInfoAsync(CancellationToken cancellationToken) =>
        GetAsync("asterisk/info?only=system", AriJson.Default.AsteriskInfo, cancellationToken);

    /// <summary>Asterisk's time, whole seconds, as its HTTP server tells it; null = it does not.</summary>
    public async Task<DateTimeOffset?> FindTimeAsync(CancellationToken cancellationToken)
    {
        using var response = await ExchangeAsync(HttpMethod.Get, "asterisk/info?only=system", null, cancellationToken);
        return response.Headers.Date;
    }

    /// <summary>Null = Asterisk does not know the app, so it holds no channels of it.</summary>
    public Task<Application?> FindApplicationAsync(CancellationToken cancellationToken) =>
        FindAsync(GetAsync($"applications/{Encode(_options.App)}", AriJson.Default.Application, cancellationToken));

    /// <summary>Whether Asterisk knows an app: somebody holds it, or it still has channels.</summary>
    public async Task<bool> AppExistsAsync(string app, CancellationToken cancellationToken) =>
        await FindAsync(GetAsync($"applications/{Encode(app)}", AriJson.Default.Application, cancellationToken)) is not null;

    /// <summary>Tells whoever holds an app. False = nobody does.</summary>
    public async Task<bool> TellAsync(string app, string userEvent, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(HttpMethod.Post, $"events/user/{Encode(userEvent)}?application={Encode(app)}", null, cancellationToken);
            return true;
        }
        catch (AriException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    public Task<IReadOnlyList<Bridge>> GetBridgesAsync(CancellationToken cancellationToken) =>
        GetAsync("bridges", AriJson.Default.IReadOnlyListBridge, cancellationToken);

    /// <summary>All of Asterisk's channels, also those of others.</summary>
    public Task<IReadOnlyList<AriChannel>> GetChannelsAsync(CancellationToken cancellationToken) =>
        GetAsync("channels", AriJson.Default.IReadOnlyListAriChannel, cancellationToken);

    /// <summary>Null = it is gone.</summary>
    public Task<AriChannel?> FindChannelAsync(string channel, CancellationToken cancellationToken) =>
        FindAsync(GetAsync($"channels/{Encode(channel)}", AriJson.Default.AriChannel, cancellationToken));

    public async Task<bool> ChannelExistsAsync(string channel, CancellationToken cancellationToken) =>
        await FindChannelAsync(channel, cancellationToken) is not null;

    /// <summary>Empty = the variable is not set, or the channel is gone.</summary>
    public async Task<string> FindVariableAsync(string channel, string name, CancellationToken cancellationToken) =>
        (await FindAsync(GetAsync($"channels/{Encode(channel)}/variable?variable={Encode(name)}", AriJson.Default.Variable, cancellationToken)))?.Value ?? "";

    public async Task<string> GetVariableAsync(string channel, string name, CancellationToken cancellationToken) =>
        (await GetAsync($"channels/{Encode(channel)}/variable?variable={Encode(name)}", AriJson.Default.Variable, cancellationToken)).Value;

    public Task SetVariableAsync(string channel, string name, string value, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"channels/{Encode(channel)}/variable", JsonContent.Create(new SetVariable(name, value), AriJson.Default.SetVariable), cancellationToken);

    public Task AnswerAsync(string channel, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"channels/{Encode(channel)}/answer", null, cancellationToken);

    /// <summary>On in the dialplan: at the next priority, or where the parts say that are given.</summary>
    public Task ContinueAsync(string channel, string context, string extension, CancellationToken cancellationToken)
    {
        var place = new List<string>(3);
        if (context.Length > 0)
            place.Add($"context={Encode(context)}");
        if (extension.Length > 0)
            place.Add($"extension={Encode(extension)}");
        if (place.Count > 0)
            place.Add("priority=1");
        var query = place.Count > 0 ? "?" + string.Join('&', place) : "";
        return SendAsync(HttpMethod.Post, $"channels/{Encode(channel)}/continue{query}", null, cancellationToken);
    }

    public Task HangUpAsync(string channel, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, $"channels/{Encode(channel)}", null, cancellationToken);

    public Task CreateBridgeAsync(string bridge, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"bridges?type=mixing&bridgeId={Encode(bridge)}", null, cancellationToken);

    public Task DeleteBridgeAsync(string bridge, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, $"bridges/{Encode(bridge)}", null, cancellationToken);

    public Task AddToBridgeAsync(string bridge, IEnumerable<string> channels, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"bridges/{Encode(bridge)}/addChannel?channel={string.Join(',', channels.Select(Encode))}", null, cancellationToken);

    /// <summary>Makes a channel whose audio comes to us; how to reach it is among the reply's channel variables.</summary>
    public Task<AriChannel> CreateMediaChannelAsync(string channel, ExternalMedia media, CancellationToken cancellationToken)
    {
        (string Name, string? Value)[] parameters =
        [
            ("channelId", channel), ("app", _options.App), ("encapsulation", media.Encapsulation), ("transport", media.Transport), ("format", media.Format),
            ("external_host", media.ExternalHost), ("connection_type", media.ConnectionType), ("data", media.Data), ("transport_data", media.TransportData),
        ];
        var query = string.Join('&', parameters.Where(p => p.Value is not null).Select(p => $"{p.Name}={Encode(p.Value!)}"));
        return SendAsync(HttpMethod.Post, $"channels/externalMedia?{query}", AriJson.Default.AriChannel, cancellationToken);
    }

    /// <summary>Packets of a channel's own RTP so far; null = the channel has none or is gone, or Asterisk cannot be asked.</summary>
    public async Task<ChannelRtp?> FindRtpStatisticsAsync(string channel, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync($"channels/{Encode(channel)}/rtp_statistics", AriJson.Default.ChannelRtp, cancellationToken);
        }
        catch (AriException)
        {
            return null;
        }
    }

    /// <summary>Null = there is no such bridge.</summary>
    public async Task<Bridge?> FindBridgeAsync(string bridge, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync($"bridges/{Encode(bridge)}", AriJson.Default.Bridge, cancellationToken);
        }
        catch (AriException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private static async Task<T?> FindAsync<T>(Task<T> asked)
        where T : class
    {
        try
        {
            return await asked;
        }
        catch (AriException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private static string Encode(string text) => Uri.EscapeDataString(text);

    private Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, type, cancellationToken);

    private async Task SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        using var response = await ExchangeAsync(method, path, body, cancellationToken);
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await ExchangeAsync(method, path, null, cancellationToken);
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            // Also a content type or a character set that is none.
            throw new AriException($"{What(method, path)} at {_options.Url}: the answer is not ARI's JSON; does another program listen there?", response.StatusCode, e);
        }
    }

    private async Task<HttpResponseMessage> ExchangeAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Authorization = _credentials.Header;
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new AriException($"{What(method, path)} at {_options.Url}: {AriFailure.Explain(e)}", null, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody cancelled, so it was the client's own time limit.
            throw new AriException($"{What(method, path)} at {_options.Url}: no answer within {_options.RequestTimeout.TotalSeconds} s", null, e);
        }
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw new AriException($"{What(method, path)} at {_options.Url}: {AriFailure.Explain(response.StatusCode, _options, await ReasonAsync(response, cancellationToken))}", response.StatusCode);
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var error = await response.Content.ReadFromJsonAsync(AriJson.Default.AriError, cancellationToken);
            return error?.Message ?? error?.Error ?? "";
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or NotSupportedException or InvalidOperationException)
        {
            return "";
        }
    }

    /// <summary>Method and path without the query.</summary>
    private static string What(HttpMethod method, string path) => $"{method} {path.Split('?')[0]}";
}

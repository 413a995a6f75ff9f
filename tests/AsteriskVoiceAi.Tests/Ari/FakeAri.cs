using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AsteriskVoiceAi.Tests.AudioSocket;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Tests.Ari;

/// <summary>
/// Speaks Asterisk's side of ARI on loopback: REST, the event WebSocket and media WebSockets, with the habits that were
/// seen on Asterisk 22: a media channel is in the app only after its socket is open, addChannel before that is 422, a
/// bridge and a media channel stay when the caller goes.
/// </summary>
internal sealed class FakeAri : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly Lock _gate = new();
    private readonly List<string> _requests = [];
    private readonly List<string[]> _queries = [];
    private readonly ConcurrentDictionary<WebSocket, EventSocket> _events = new();
    private readonly ConcurrentDictionary<HttpContext, string> _sockets = new();

    private FakeAri(WebApplication web) => _web = web;

    public const string Password = "correct horse";

    /// <summary>With TLS by name, since that is what a certificate vouches for.</summary>
    public Uri Url => new(_web.Urls.First() is var url && url.StartsWith("https:", StringComparison.Ordinal) ? url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) : url);

    public Signal Changed { get; } = new();

    public ConcurrentDictionary<string, FakeChannel> Channels { get; } = new();

    public ConcurrentDictionary<string, string[]> Bridges { get; } = new();

    public ConcurrentDictionary<string, FakeMedia> Media { get; } = new();

    /// <summary>Runs before a request is served, e.g. <c>POST channels/caller/answer</c>, <c>GET media</c>; gives a status to refuse it.</summary>
    public Func<string, Task<int?>> Before { get; set; } = _ => Task.FromResult<int?>(null);

    /// <summary>Keeps a media channel's StasisStart back.</summary>
    public Func<Task> BeforeMediaStart { get; set; } = () => Task.CompletedTask;

    /// <summary>Play media at once, without waiting 20 ms a frame.</summary>
    public bool PlayAtOnce { get; set; } = true;

    /// <summary>Loaded modules.</summary>
    public IReadOnlyList<string> Modules { get; set; } = ["chan_websocket.so", "res_http_websocket.so", "res_websocket_client.so"];

    /// <summary>Packets to and from a caller's phone; null = the channel has no RTP.</summary>
    public Func<string, (int Sent, int Received)?> RtpStatistics { get; set; } = _ => null;

    /// <summary>Opens a media socket at the service, as chan_websocket does for <c>connection_type=client</c>; given the channel and its transport_data.</summary>
    public Func<FakeChannel, string, Task>? MediaClient { get; set; }

    /// <summary>Asterisk's ends of AudioSocket connections, by media channel.</summary>
    public ConcurrentDictionary<string, FakeAudioSocket> AudioSockets { get; } = new();

    public string NativeFormat { get; set; } = "ulaw";

    public string LinkedId { get; set; } = "";

    public int EventSockets => _events.Count;

    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    /// <summary>Names of the query parameters of each request.</summary>
    public IReadOnlyList<string[]> Queries
    {
        get
        {
            lock (_gate)
                return [.. _queries];
        }
    }

    public static async Task<FakeAri> StartAsync(int port = 0, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        var web = builder.Build();
        var fake = new FakeAri(web);
        web.UseWebSockets();
        web.Run(fake.ServeAsync);
        await web.StartAsync();
        return fake;
    }

    public FakeMedia OnlyMedia => Media.Values.Single();

    /// <summary>A caller enters <c>Stasis(voiceai,args…)</c>.</summary>
    public async Task CallAsync(string id, params string[] args)
    {
        Channels[id] = new FakeChannel(id) { InApp = true, Runs = ("Stasis", string.Join(',', ["voiceai", .. args])) };
        await SendEventAsync("StasisStart", id, ("args", new JsonArray([.. args.Select(a => JsonValue.Create(a))])));
    }

    public async Task PressAsync(string id, char key) =>
        await SendEventAsync("ChannelDtmfReceived", id, ("digit", key.ToString()), ("duration_ms", 100));

    /// <summary>The caller hangs up; as in Asterisk, bridge and media channel stay.</summary>
    public async Task HangUpAsync(string id)
    {
        if (!Channels.TryRemove(id, out _))
            return;
        await SendEventAsync("ChannelHangupRequest", id, ("cause", 16));
        await SendEventAsync("StasisEnd", id);
    }

    public async Task SendEventAsync(string type, string? channel, params (string Name, JsonNode? Value)[] more)
    {
        // The type is not the first property, as Asterisk promises no order; and there are properties that nobody models.
        var json = new JsonObject { ["application"] = "voiceai", ["timestamp"] = "2026-01-01T00:00:00.000+0000" };
        if (channel is not null)
            json["channel"] = Describe(channel);
        foreach (var (name, value) in more)
            json[name] = value;
        json["type"] = type;
        await SendToAsync("voiceai", json);
    }

    /// <summary>Whether a connection holds the app.</summary>
    public bool IsHeld(string app) => _events.Values.Any(socket => socket.Apps.ContainsKey(app));

    /// <summary>All sockets end without a goodbye, as when Asterisk is killed.</summary>
    public void DropSockets() => Drop(_ => true);

    public void DropEvents() => Drop(path => path == "events");

    public Task UntilAsync(Func<bool> condition, string what) => Changed.UntilAsync(condition, $"{what}. Requests so far: {string.Join(" | ", Requests)}");

    public Task UntilRequestAsync(string request) => UntilAsync(() => Requests.Contains(request), request);

    public async ValueTask DisposeAsync()
    {
        // In this order, or a service whose connection dropped finds the port open once more.
        await _web.StopAsync(new CancellationToken(canceled: true));
        DropSockets();
        await _web.DisposeAsync();
    }

    private void Drop(Func<string, bool> which)
    {
        foreach (var (context, path) in _sockets)
        {
            try
            {
                if (which(path))
                    context.Abort();
            }
            catch (ObjectDisposedException)
            {
                // It ended by itself just now.
            }
        }
    }

    private JsonObject Describe(string channel) => new()
    {
        ["id"] = channel,
        ["name"] = $"PJSIP/{channel}-00000001",
        ["state"] = "Up",
        ["caller"] = new JsonObject { ["name"] = "Ann", ["number"] = "5551234" },
        ["dialplan"] = new JsonObject { ["context"] = "default", ["exten"] = "105", ["priority"] = 3, ["app_name"] = Channels.GetValueOrDefault(channel)?.Runs.Name ?? "", ["app_data"] = Channels.GetValueOrDefault(channel)?.Runs.Data ?? "" },
        ["language"] = "en",
    };

    private async Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.TrimStart('/');
        path = path.StartsWith("ari/", StringComparison.Ordinal) ? path[4..] : path.StartsWith("media/", StringComparison.Ordinal) ? "media" : path;
        var request = $"{context.Request.Method} {path}";
        lock (_gate)
        {
            _requests.Add(request);
            _queries.Add([.. context.Request.Query.Keys]);
        }
        Changed.Raise();
        var status = await Before(request);
        var authorized = context.Request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"voiceai:{Password}"));
        if (status is not null || (path != "media" && !authorized))
        {
            context.Response.StatusCode = status ?? 401;
            return;
        }
        if (context.WebSockets.IsWebSocketRequest)
            await ServeSocketAsync(context, path);
        else
            await ServeRestAsync(context, path.Split('/'));
        Changed.Raise();
    }

    private async Task ServeSocketAsync(HttpContext context, string path)
    {
        _sockets[context] = path;
        try
        {
            if (path == "media")
                await ServeMediaAsync(context, context.Request.Path.Value!.Split('/')[^1]);
            else
                await ServeEventsAsync(context);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // Dropped on purpose.
        }
        finally
        {
            _sockets.TryRemove(context, out _);
        }
    }

    private async Task ServeEventsAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var turn = new SemaphoreSlim(1);
        var apps = context.Request.Query["app"].ToString().Split(',');
        await ReplaceAsync(apps);
        _events[socket] = new EventSocket(turn, new ConcurrentDictionary<string, bool>(apps.Select(app => KeyValuePair.Create(app, true))));
        Changed.Raise();
        try
        {
            var buffer = new byte[1024];
            while ((await socket.ReceiveAsync(buffer, context.RequestAborted)).MessageType != WebSocketMessageType.Close)
            {
            }
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        }
        finally
        {
            _events.TryRemove(socket, out _);
            Changed.Raise();
        }
    }

    private async Task ServeMediaAsync(HttpContext context, string connection)
    {
        var channel = Channels.Values.FirstOrDefault(c => c.Connection == connection);
        if (channel is null)
        {
            context.Response.StatusCode = 404;
            return;
        }
        using var socket = await context.WebSockets.AcceptWebSocketAsync("media");
        var media = new FakeMedia(socket, channel.Format, Changed) { PlayAtOnce = PlayAtOnce };
        Media[channel.Id] = media;
        var starting = StartMediaAsync(channel);
        await media.RunAsync(context.RequestAborted);
        await starting;
        if (Channels.TryRemove(channel.Id, out _))
            await SendEventAsync("ChannelDestroyed", channel.Id, ("cause", 16), ("cause_txt", "Normal Clearing"));
    }

    private async Task StartMediaAsync(FakeChannel channel)
    {
        await BeforeMediaStart();
        channel.InApp = true;
        await SendEventAsync("StasisStart", channel.Id, ("args", new JsonArray()));
    }

    private async Task ServeRestAsync(HttpContext context, string[] path)
    {
        var (status, body) = (context.Request.Method, path) switch
        {
            ("GET", ["asterisk", "info"]) => (200, new JsonObject { ["system"] = new JsonObject { ["version"] = "22.10.1", ["entity_id"] = "x" } }),
            ("GET", ["applications", var app]) when app != "voiceai" => IsHeld(app) ? (200, new JsonObject { ["name"] = app, ["channel_ids"] = new JsonArray() }) : Missing("Application"),
            ("POST", ["events", "user", var named]) => await UserEventAsync(named, context.Request.Query["application"]!),
            ("GET", ["channels"]) => (200, (JsonNode)new JsonArray([.. Channels.Keys.Select(id => Describe(id))])),
            ("GET", ["applications", "voiceai"]) => (200, new JsonObject { ["name"] = "voiceai", ["channel_ids"] = new JsonArray([.. Channels.Values.Where(c => c.InApp).Select(c => JsonValue.Create(c.Id))]) }),
            ("GET", ["asterisk", "modules"]) => (200, (JsonNode)new JsonArray([.. Modules.Select(name => new JsonObject { ["name"] = name, ["status"] = "Running", ["use_count"] = 0 })])),
            ("GET", ["bridges"]) => (200, (JsonNode)new JsonArray([.. Bridges.Keys.Select(id => new JsonObject { ["id"] = id, ["technology"] = "simple_bridge" })])),
            ("GET", ["bridges", var id]) => Bridges.TryGetValue(id, out var members) ? (200, new JsonObject { ["id"] = id, ["channels"] = new JsonArray([.. members.Select(m => JsonValue.Create(m))]) }) : Missing("Bridge"),
            ("POST", ["bridges"]) => Made(() => Bridges[context.Request.Query["bridgeId"]!] = []),
            ("DELETE", ["bridges", var id]) => Bridges.TryRemove(id, out _) ? (204, null) : Missing("Bridge"),
            ("POST", ["bridges", var id, "addChannel"]) => AddChannels(id, context.Request.Query["channel"]!),
            ("POST", ["channels", "externalMedia"]) => await MakeMediaAsync(context.Request.Query),
            (var method, ["channels", var id, ..]) => Channels.TryGetValue(id, out var channel) ? await ChannelAsync(context, method, channel, path) : Missing("Channel"),
            _ => (404, null),
        };
        context.Response.StatusCode = status;
        if (body is not null)
            await context.Response.WriteAsJsonAsync(body);
    }

    private async Task<(int, JsonNode?)> ChannelAsync(HttpContext context, string method, FakeChannel channel, string[] path)
    {
        switch (method, path)
        {
            case ("GET", [_, _]):
                return (200, Describe(channel.Id));
            case ("DELETE", [_, _]):
                await EndAsync(channel, "");
                return (204, null);
            case ("POST", [_, _, "answer"]):
                channel.Answered = true;
                return (204, null);
            case ("POST", [_, _, "continue"]):
                await EndAsync(channel, context.Request.QueryString.Value!);
                return (204, null);
            case ("GET", [_, _, "rtp_statistics"]):
                return RtpStatistics(channel.Id) is { } packets ? (200, new JsonObject { ["txcount"] = packets.Sent, ["rxcount"] = packets.Received }) : Missing("RTP");
            case ("GET", [_, _, "variable"]):
                var value = (string)context.Request.Query["variable"]! switch
                {
                    "CHANNEL(audionativeformat)" => NativeFormat,
                    "CHANNEL(linkedid)" => LinkedId,
                    var name => channel.Variable(name),
                };
                return value is null ? Missing("Variable") : (200, new JsonObject { ["value"] = value });
            case ("POST", [_, _, "variable"]):
                var body = await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body);
                channel.Set((string)body!["variable"]!, (string)body["value"]!);
                return (204, null);
            default:
                return (404, null);
        }
    }

    private async Task EndAsync(FakeChannel channel, string place)
    {
        Channels.TryRemove(channel.Id, out _);
        channel.Ended(place);
        Left[channel.Id] = channel;
        if (Media.TryGetValue(channel.Id, out var media))
            await media.CloseAsync();
        await SendEventAsync("StasisEnd", channel.Id);
        if (channel.Connection is not null)
            await SendEventAsync("ChannelDestroyed", channel.Id, ("cause", 16), ("cause_txt", "Normal Clearing"));
    }

    /// <summary>Channels that we continued or hung up.</summary>
    public ConcurrentDictionary<string, FakeChannel> Left { get; } = new();

    private async Task<(int, JsonNode?)> MakeMediaAsync(IQueryCollection query)
    {
        var channel = new FakeChannel(query["channelId"]!) { Connection = Guid.NewGuid().ToString(), Format = query["format"]! };
        var described = Describe(channel.Id);
        switch ((string?)query["encapsulation"], (string?)query["transport"], (string?)query["connection_type"])
        {
            case var _ when query["app"] != "voiceai":
                return (400, new JsonObject { ["message"] = "no such app" });
            case ("none", "websocket", "server") when query["transport_data"] == "f(json)":
                Channels[channel.Id] = channel;
                described["channelvars"] = new JsonObject { ["MEDIA_WEBSOCKET_CONNECTION_ID"] = channel.Connection, ["MEDIA_WEBSOCKET_OPTIMAL_FRAME_SIZE"] = "160" };
                return (200, described);
            case ("none", "websocket", "client") when query["external_host"] == "voiceai_media" && MediaClient is { } connect:
                Channels[channel.Id] = channel;
                _ = Task.Run(() => connect(channel, query["transport_data"]!));
                return (200, described);
            case ("audiosocket", "tcp", _) when query["format"].ToString().StartsWith("slin", StringComparison.Ordinal):
                Channels[channel.Id] = channel;
                try
                {
                    AudioSockets[channel.Id] = await FakeAudioSocket.ConnectAsync(IPEndPoint.Parse(query["external_host"]!));
                }
                catch (SocketException)
                {
                    Channels.TryRemove(channel.Id, out _);
                    return (500, new JsonObject { ["error"] = "Allocation failed" });
                }
                await AudioSockets[channel.Id].SendUuidAsync(Guid.Parse(query["data"]!));
                _ = StartMediaAsync(channel);
                return (200, described);
            default:
                return (400, new JsonObject { ["message"] = "not what externalMedia takes" });
        }
    }

    /// <summary>Tells that Asterisk's end of a call's audio has ended, and with it the channel.</summary>
    public async Task EndMediaAsync(string channel, int cause, string text)
    {
        if (Channels.TryRemove(channel, out _))
            await SendEventAsync("ChannelDestroyed", channel, ("cause", cause), ("cause_txt", text));
    }

    /// <summary>Serves a media socket that the fake has opened itself.</summary>
    public async Task RunMediaAsync(FakeChannel channel, WebSocket socket)
    {
        var media = new FakeMedia(socket, channel.Format, Changed) { PlayAtOnce = PlayAtOnce };
        Media[channel.Id] = media;
        var starting = StartMediaAsync(channel);
        await media.RunAsync(CancellationToken.None);
        await starting;
        await EndMediaAsync(channel.Id, 16, "Normal Clearing");
    }

    private (int, JsonNode?) AddChannels(string bridge, string channels)
    {
        if (!Bridges.TryGetValue(bridge, out var members))
            return Missing("Bridge");
        var ids = channels.Split(',');
        if (!ids.All(Channels.ContainsKey))
            return (400, new JsonObject { ["message"] = "Channel not found" });
        if (!ids.All(id => Channels[id].InApp))
            return (422, new JsonObject { ["message"] = "Channel not in Stasis application" });
        Bridges[bridge] = [.. members.Union(ids)];
        return (204, null);
    }

    private static (int, JsonNode?) Made(Action make)
    {
        make();
        return (200, new JsonObject { ["id"] = "made" });
    }

    private static (int, JsonNode?) Missing(string what) => (404, new JsonObject { ["message"] = $"{what} not found" });

    /// <summary>Who held one of the apps is told, keeps its connection and gets nothing more.</summary>
    private async Task ReplaceAsync(string[] apps)
    {
        foreach (var app in apps.Where(IsHeld))
        {
            var replaced = _events.Where(socket => socket.Value.Apps.TryRemove(app, out _)).ToList();
            foreach (var (socket, held) in replaced)
                await SendAsync(socket, held.Turn, new JsonObject { ["type"] = "ApplicationReplaced", ["application"] = app }.ToJsonString());
        }
    }

    private async Task<(int, JsonNode?)> UserEventAsync(string name, string app)
    {
        if (!IsHeld(app))
            return Missing("Application");
        await SendToAsync(app, new JsonObject { ["type"] = "ChannelUserevent", ["eventname"] = name, ["application"] = app });
        return (204, null);
    }

    private async Task SendToAsync(string app, JsonObject json)
    {
        foreach (var (socket, held) in _events.Where(socket => socket.Value.Apps.ContainsKey(app)))
            await SendAsync(socket, held.Turn, json.ToJsonString());
    }

    private sealed record EventSocket(SemaphoreSlim Turn, ConcurrentDictionary<string, bool> Apps);

    private static async Task SendAsync(WebSocket socket, SemaphoreSlim turn, string text)
    {
        try
        {
            await turn.WaitAsync();
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);
            turn.Release();
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException or IOException)
        {
            // Gone meanwhile.
        }
    }
}

internal sealed class FakeChannel(string id)
{
    private readonly List<KeyValuePair<string, string>> _variables = [];

    public string Id => id;

    public bool InApp { get; set; }

    public bool Answered { get; set; }

    /// <summary>Application that it runs in the dialplan.</summary>
    public (string Name, string Data) Runs { get; init; } = ("Stasis", "voiceai,main");

    public string? Connection { get; init; }

    public string Format { get; init; } = "";

    /// <summary>Where <c>continue</c> sent it, as a query; null = it is still here.</summary>
    public string? Place { get; private set; }

    public IReadOnlyList<KeyValuePair<string, string>> Variables
    {
        get
        {
            lock (_variables)
                return [.. _variables];
        }
    }

    public string? Variable(string name) => Variables.LastOrDefault(v => v.Key == name).Value;

    public void Set(string name, string value)
    {
        lock (_variables)
            _variables.Add(new(name, value));
    }

    public void Ended(string place) => Place = place;
}

using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>The WebSocket on which Asterisk tells what happens to the app's channels.</summary>
internal sealed class AriEventSocket : IDisposable
{
    /// <summary>An event is one to three kilobytes; one with many channel variables a few tens.</summary>
    private const int MaxEvent = 1024 * 1024;

    /// <summary>Asterisk never pings but answers: a half-open connection is found after 5 to 10 s.</summary>
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(1);

    private readonly ClientWebSocket _socket;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private AriEventSocket(ClientWebSocket socket, TimeProvider time, ILogger logger)
    {
        _socket = socket;
        _time = time;
        _logger = logger;
    }

    /// <param name="apps">Apps that this connection holds from now on; who held them before is told that it was replaced.</param>
    /// <exception cref="AriException">Refused or unreachable.</exception>
    public static async Task<AriEventSocket> ConnectAsync(AriOptions options, IReadOnlyList<string> apps, AriCredentials credentials, RemoteCertificateValidationCallback? certificates, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var address = new UriBuilder(options.Url) { Scheme = options.Url.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" };
        address.Path = address.Path.TrimEnd('/') + "/ari/events";
        address.Query = "app=" + string.Join(',', apps.Select(Uri.EscapeDataString));
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", credentials.Header.ToString());
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = Ping;
        socket.Options.KeepAliveTimeout = Ping;
        socket.Options.Proxy = null;
        if (certificates is not null)
            socket.Options.RemoteCertificateValidationCallback = certificates;
        using var limit = new CancellationTokenSource(options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(address.Uri, either.Token);
            return new AriEventSocket(socket, time, logger);
        }
        catch (Exception e) when (e is WebSocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            var why = status == 0 ? AriFailure.Explain(e.InnerException ?? e) : AriFailure.Explain(status, options, "");
            throw new AriException($"events of {options.Url}: {why}", status == 0 ? null : status, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Hands events on until the socket ends or <paramref name="stop"/> is cancelled, and then says goodbye.</summary>
    /// <param name="events">Bounded. When it is full reading waits, and Asterisk cuts us off after 100 ms of that: a service so far behind starts afresh.</param>
    /// <returns>Why it ended.</returns>
    public async Task<string> ReadAsync(ChannelWriter<AriEvent> events, CancellationToken stop)
    {
        var reading = ReadAllAsync(events);
        var stopped = new TaskCompletionSource();
        await using (stop.UnsafeRegister(static source => ((TaskCompletionSource)source!).TrySetResult(), stopped))
            await Task.WhenAny(reading, stopped.Task);
        if (!reading.IsCompleted)
            await SayGoodbyeAsync(reading);
        return await reading;
    }

    private async Task SayGoodbyeAsync(Task reading)
    {
        try
        {
            using var limit = new CancellationTokenSource(GoodbyeLimit, _time);
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
            await reading.WaitAsync(limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or InvalidOperationException)
        {
            _socket.Abort();
        }
    }

    private async Task<string> ReadAllAsync(ChannelWriter<AriEvent> events)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        try
        {
            while (true)
            {
                var got = await _socket.ReceiveAsync(buffer.GetMemory(8 * 1024), CancellationToken.None);
                if (got.MessageType == WebSocketMessageType.Close)
                    return $"Asterisk closed the connection ({_socket.CloseStatus} {_socket.CloseStatusDescription})";
                buffer.Advance(got.Count);
                if (got.EndOfMessage)
                {
                    if (Parse(buffer.WrittenSpan) is { } parsed)
                        await events.WriteAsync(parsed, CancellationToken.None);
                    buffer.ResetWrittenCount();
                }
                else if (buffer.WrittenCount > MaxEvent)
                {
                    return $"an event over {MaxEvent} bytes";
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or IOException or OperationCanceledException or ChannelClosedException)
        {
            return AriFailure.Cause(e);
        }
        finally
        {
            events.TryComplete();
        }
    }

    private AriEvent? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var parsed = JsonSerializer.Deserialize(json, AriJson.Default.AriEvent);
            return parsed is ChannelEvent { Channel.Id: null } or ChannelEvent { Channel: null } ? null : parsed;
        }
        catch (JsonException e)
        {
            _logger.BadEvent(e);
            return null;
        }
    }
}

using System.Net.Security;
using System.Net.WebSockets;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Audio;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.MediaWebSocket;

/// <summary>Makes links of media sockets, and opens such sockets towards Asterisk's HTTP server, at <c>/media/ID</c>.</summary>
/// <param name="certificates">Judges Asterisk's certificate; null = as the system does.</param>
internal sealed class MediaSocketConnector(Uri asterisk, RemoteCertificateValidationCallback? certificates, FrameClock clock, TimeProvider time, ILogger<MediaWebSocketLink> logger)
{
    /// <summary>Asterisk never pings but answers: a half-open connection is found after 5 to 10 s.</summary>
    public static readonly TimeSpan Ping = TimeSpan.FromSeconds(5);

    /// <summary>Returns when Asterisk has said MEDIA_START.</summary>
    /// <param name="connectionId">Asterisk's <c>MEDIA_WEBSOCKET_CONNECTION_ID</c>; the only secret of this connection.</param>
    /// <exception cref="MediaSocketException">Refused, unreachable, or not what was asked for.</exception>
    public async Task<MediaWebSocketLink> OpenAsync(string connectionId, MediaFormat format, CancellationToken cancellationToken)
    {
        var address = new UriBuilder(asterisk) { Scheme = asterisk.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" };
        address.Path = address.Path.TrimEnd('/') + "/media/" + Uri.EscapeDataString(connectionId);
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("media");
        socket.Options.KeepAliveInterval = Ping;
        socket.Options.KeepAliveTimeout = Ping;
        socket.Options.Proxy = null;
        if (certificates is not null)
            socket.Options.RemoteCertificateValidationCallback = certificates;
        try
        {
            await socket.ConnectAsync(address.Uri, cancellationToken);
        }
        catch (WebSocketException e)
        {
            socket.Dispose();
            throw new MediaSocketException($"Opening a media socket at {asterisk.Authority}/media failed: {e.InnerException?.Message ?? e.Message}", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        return await StartAsync(socket, format, cancellationToken);
    }

    /// <summary>Returns when Asterisk has said MEDIA_START.</summary>
    /// <param name="socket">Open, with Asterisk at the other end; owned from here on.</param>
    /// <exception cref="MediaSocketException">It ended, or is not what was asked for.</exception>
    public async Task<MediaWebSocketLink> StartAsync(WebSocket socket, MediaFormat format, CancellationToken cancellationToken)
    {
        var link = new MediaWebSocketLink(socket, format, clock, time, logger);
        try
        {
            await link.Started.WaitAsync(cancellationToken);
            return link;
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }
}

using System.Net.WebSockets;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Audio;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.MediaWebSocket;

/// <summary>Opens media sockets towards Asterisk's HTTP server, at <c>/media/ID</c>.</summary>
internal sealed class MediaSocketConnector(Uri asterisk, FrameClock clock, TimeProvider time, ILogger<MediaWebSocketLink> logger)
{
    /// <summary>Asterisk never pings but answers: a half-open connection is found after 5 to 10 s.</summary>
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(5);

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
        try
        {
            await socket.ConnectAsync(address.Uri, cancellationToken);
        }
        catch (WebSocketException e)
        {
            socket.Dispose();
            throw new MediaSocketException($"Opening a media socket at {asterisk.Authority}/media failed: {e.Message}", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
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

using AsteriskVoiceAi.Asterisk.Media;

namespace AsteriskVoiceAi.Asterisk.MediaWebSocket;

/// <summary>Media WebSockets that we open at Asterisk (its <c>connection_type=server</c>).</summary>
internal sealed class ConnectingSockets(MediaSocketConnector connector) : IMediaTransport
{
    /// <summary>JSON for the text messages, which otherwise have an older form.</summary>
    public const string Json = "f(json)";

    public MediaTransport Kind => MediaTransport.WebSocket;

    public IReadOnlyList<string> Modules { get; } = ["chan_websocket.so", "res_http_websocket.so"];

    public MediaFormat FormatFor(MediaFormat callers) => callers;

    public bool Carries(MediaFormat format) => true;

    public Task<IMediaOffer> PrepareAsync(MediaFormat format, IMediaLink? former, CancellationToken cancellationToken) => Task.FromResult<IMediaOffer>(new Offer(connector, format));

    private sealed class Offer(MediaSocketConnector connector, MediaFormat format) : IMediaOffer
    {
        public ExternalMedia Request { get; } = new("none", "websocket", format.Name) { ConnectionType = "server", TransportData = Json };

        public async Task<IMediaLink> OpenAsync(IReadOnlyDictionary<string, string> channelVariables, CancellationToken cancellationToken)
        {
            var connection = channelVariables.GetValueOrDefault("MEDIA_WEBSOCKET_CONNECTION_ID")
                ?? throw new MediaSocketException("Asterisk made a media channel but named no MEDIA_WEBSOCKET_CONNECTION_ID.");
            return await connector.OpenAsync(connection, format, cancellationToken);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

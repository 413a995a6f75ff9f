using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography;
using AsteriskVoiceAi.Asterisk.Media;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.MediaWebSocket;

/// <summary>
/// Media WebSockets that Asterisk opens at us (its <c>connection_type=client</c>). Each call has a token of its own, which
/// Asterisk is given in the request and shows once when it connects: <c>GET /media?call=TOKEN</c>.
/// </summary>
internal sealed class ListeningSockets(MediaOptions options, MediaSocketConnector links) : IMediaTransport
{
    /// <summary>Name of the token among the parameters of the address.</summary>
    public const string Token = "call";

    private readonly ConcurrentDictionary<string, Offer> _expected = new();
    private readonly MediaOptions _options = options;
    private readonly MediaSocketConnector _links = links;

    public MediaTransport Kind => MediaTransport.WebSocket;

    public IReadOnlyList<string> Modules { get; } = ["chan_websocket.so", "res_http_websocket.so", "res_websocket_client.so"];

    public MediaFormat FormatFor(MediaFormat callers) => callers;

    public bool Carries(MediaFormat format) => true;

    public Task<IMediaOffer> PrepareAsync(MediaFormat format, IMediaLink? former, CancellationToken cancellationToken)
    {
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var offer = new Offer(this, token, format);
        _expected[token] = offer;
        return Task.FromResult<IMediaOffer>(offer);
    }

    /// <summary>The call that waits for this token, once; null = none does.</summary>
    public Offer? Take(string token) => _expected.TryRemove(token, out var offer) ? offer : null;

    /// <summary>A call that waits for Asterisk's connection.</summary>
    internal sealed class Offer(ListeningSockets transport, string token, MediaFormat format) : IMediaOffer
    {
        private readonly TaskCompletionSource<WebSocket> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private bool _taken;

        public ExternalMedia Request { get; } = new("none", "websocket", format.Name)
        {
            ConnectionType = "client",
            ExternalHost = transport._options.WebsocketClient,
            TransportData = $"{ConnectingSockets.Json}v({Token}={token})",
        };

        public async Task<IMediaLink> OpenAsync(IReadOnlyDictionary<string, string> channelVariables, CancellationToken cancellationToken)
        {
            var socket = await _connected.Task.WaitAsync(cancellationToken);
            _taken = true;
            try
            {
                var link = await transport._links.StartAsync(socket, format, cancellationToken);
                _ = link.Ended.ContinueWith(static (_, done) => ((TaskCompletionSource)done!).TrySetResult(), _done, TaskScheduler.Default);
                return link;
            }
            catch
            {
                _done.TrySetResult();
                throw;
            }
        }

        /// <summary>Hands over Asterisk's connection; ends with its use. The connection must stay open as long.</summary>
        public async Task ServeAsync(WebSocket socket)
        {
            if (_connected.TrySetResult(socket))
                await _done.Task;
        }

        public ValueTask DisposeAsync()
        {
            transport._expected.TryRemove(token, out _);
            _connected.TrySetCanceled();
            if (!_taken)
                _done.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}

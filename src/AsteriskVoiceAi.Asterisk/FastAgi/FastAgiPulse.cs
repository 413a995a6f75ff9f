using System.Net;
using System.Net.Sockets;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Asterisk.FastAgi;

/// <summary>The FastAGI port: whether it still accepts. It is connected to for real, and the handler closes such a connection before it counts.</summary>
internal sealed class FastAgiPulse(TimeProvider time) : IPulse
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private volatile EndPoint? _own;

    public string Part => "the FastAGI port";

    /// <summary>Where the port is, once it is bound; null = this host has none.</summary>
    public Func<IPEndPoint?> Server { get; set; } = static () => null;

    /// <summary>Whether a connection comes from <see cref="BeatAsync"/>.</summary>
    public bool IsOwn(EndPoint? peer) => _own is { } own && own.Equals(peer);

    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        if (Server() is not { } server)
            return;
        while (!await TryAsync(server, cancellationToken))
            await Task.Delay(BetweenTries, time, cancellationToken);
    }

    /// <returns>False = nobody accepts.</returns>
    private async Task<bool> TryAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            var local = server.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : server.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : server.Address;
            socket.Bind(new IPEndPoint(local, 0));
            _own = socket.LocalEndPoint;
            await socket.ConnectAsync(new IPEndPoint(local, server.Port), cancellationToken);
            return await socket.ReceiveAsync(new byte[1], cancellationToken) == 0;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
        {
            // The process is out of file descriptors: that is not a hang, and calls that run go on.
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

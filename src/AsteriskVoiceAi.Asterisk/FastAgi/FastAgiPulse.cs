using System.Net;
using System.Net.Sockets;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Asterisk.FastAgi;

/// <summary>The FastAGI port: whether it still accepts. It is connected to for real, and the handler closes such a connection before it counts.</summary>
internal sealed class FastAgiPulse(TimeProvider time) : IPulse
{
    private static readonly TimeSpan LongestConnecting = TimeSpan.FromSeconds(3);

    private volatile EndPoint? _own;

    public string Part => "the FastAGI port";

    /// <summary>Where the port is, once it is bound; null = this host has none.</summary>
    public Func<IPEndPoint?> Server { get; set; } = static () => null;

    /// <summary>Whether a connection comes from <see cref="BeatAsync"/>.</summary>
    public bool IsOwn(EndPoint? peer) => _own is { } own && own.Equals(peer);

    /// <summary>
    /// A hang is a connection that the kernel has taken and the service does not. One that can't be made is none: the process is out of
    /// file descriptors, or a firewall stands before the port, and calls that run go on.
    /// </summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        if (Server() is not { } server)
            return;
        var local = server.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : server.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : server.Address;
        using var limit = new CancellationTokenSource(LongestConnecting, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(local, 0));
            _own = socket.LocalEndPoint;
            await socket.ConnectAsync(new IPEndPoint(local, server.Port), either.Token);
            await socket.ReceiveAsync(new byte[1], cancellationToken);
        }
        catch (SocketException)
        {
            // See above; or reset at the end, which is an answer.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // See above.
        }
    }
}

using System.Net;
using System.Net.Sockets;
using AsteriskVoiceAi.Calls.Arrival;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace AsteriskVoiceAi.Service.Listening;

/// <summary>Opens every port of the service. Its sockets are Kestrel's, only accepting is not.</summary>
internal sealed class GuardedListenerFactory(DescriptorRoom room, TimeProvider time, ILoggerFactory logs) : IConnectionListenerFactory
{
    /// <summary>Kestrel's 512 overflow when thousands of calls arrive at once after a restart; the kernel caps it at net.core.somaxconn.</summary>
    private const int Backlog = 4096;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = Bind(endpoint);
        socket.Listen(Backlog);
        var connections = new SocketConnectionContextFactory(new SocketConnectionFactoryOptions(), logs.CreateLogger<SocketConnectionContextFactory>());
        return ValueTask.FromResult<IConnectionListener>(new GuardedListener(socket, connections, room, time));
    }

    private static Socket Bind(EndPoint endpoint)
    {
        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(e.Message, e);
        }
    }
}

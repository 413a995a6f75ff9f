using System.Net;
using System.Net.Sockets;
using AsteriskVoiceAi.Calls.Arrival;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace AsteriskVoiceAi.Service.Listening;

/// <summary>
/// One listening port. Kestrel's own tries at once again when accepting fails, which with no descriptor left takes a whole core and
/// leaves whoever connected waiting; this one closes what it has no room for, so that a dialplan goes on.
/// </summary>
internal sealed class GuardedListener(Socket listening, SocketConnectionContextFactory connections, DescriptorRoom room, TimeProvider time) : IConnectionListener
{
    /// <summary>Until then a call may have ended and given some back.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public EndPoint EndPoint { get; } = listening.LocalEndPoint!;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var accepted = await listening.AcceptAsync(cancellationToken);
                if (!room.AdmitsConnection(accepted))
                {
                    accepted.Dispose();
                    continue;
                }
                // A command or a frame is written whole: nothing comes after it that it could wait for.
                if (accepted.LocalEndPoint is IPEndPoint)
                    accepted.NoDelay = true;
                return connections.Create(accepted);
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
            {
                room.NotAccepted();
                await Task.Delay(Pause, time, cancellationToken);
            }
            catch (SocketException)
            {
                // The peer was gone before it was accepted.
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        listening.Dispose();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        listening.Dispose();
        connections.Dispose();
        return ValueTask.CompletedTask;
    }
}

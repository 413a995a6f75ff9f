using System.Net.Sockets;
using System.Text;

namespace AsteriskVoiceAi.Service.Systemd;

/// <summary>
/// Tells systemd how the service does: one datagram of <c>NAME=value</c> lines to the Unix socket that NOTIFY_SOCKET names (sd_notify(3)).
/// Thread-safe. A manager that does not listen changes nothing for calls, so nothing here throws.
/// </summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = 1000 };
    private readonly UnixDomainSocketEndPoint _manager;

    private NotifySocket(UnixDomainSocketEndPoint manager) => _manager = manager;

    /// <param name="address">A path, or with a leading <c>@</c> a name in the abstract namespace.</param>
    /// <returns>Null = it is neither, or too long for a socket: nobody is told.</returns>
    public static NotifySocket? TryOpen(string? address)
    {
        if (address is not ['/' or '@', _, ..])
            return null;
        try
        {
            return new(new UnixDomainSocketEndPoint(address[0] == '@' ? "\0" + address[1..] : address));
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>What does not get there is lost; the next one says it again or says more.</summary>
    public void Send(string state)
    {
        try
        {
            _socket.SendTo(Encoding.UTF8.GetBytes(state), _manager);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The manager restarts, or its queue is full.
        }
    }

    public void Dispose() => _socket.Dispose();
}

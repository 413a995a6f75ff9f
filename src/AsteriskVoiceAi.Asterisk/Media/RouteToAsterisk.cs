using System.Net;
using System.Net.Sockets;

namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>Which of this machine's addresses Asterisk sees us at, for ports that listen on any address.</summary>
/// <param name="asterisk">ARI's address.</param>
internal sealed class RouteToAsterisk(Uri asterisk)
{
    /// <summary>The address that packets to Asterisk leave from; null when its name cannot be resolved or nothing leads there. No packet is sent.</summary>
    public IPEndPoint? LocalAddress()
    {
        try
        {
            // Connecting a UDP socket only looks up the route.
            using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(asterisk.DnsSafeHost, asterisk.Port);
            return socket.LocalEndPoint as IPEndPoint;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace AsteriskVoiceAi.TestSupport.Processes;

/// <summary>
/// Ports that nobody listens on, chosen by the system. They are free when asked for; another process may take one before it is used,
/// so who starts something on them tries again with others when that fails.
/// </summary>
public static class FreePorts
{
    private static int _nextRange = Random.Shared.Next(0, RangeCount);

    // Ranges of UDP ports for RTP are taken below the system's own ephemeral ports (32768 up on Linux).
    private const int FirstRange = 14000;
    private const int RangeSize = 200;
    private const int RangeCount = (32000 - FirstRange) / RangeSize;

    public static int Tcp()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public static int Udp()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>A run of 200 UDP ports for RTP, none of which is in use.</summary>
    public static (int First, int Last) UdpRange()
    {
        for (var attempt = 0; attempt < RangeCount; attempt++)
        {
            var first = FirstRange + ((int)((uint)Interlocked.Increment(ref _nextRange) % RangeCount) * RangeSize);
            if (Enumerable.Range(first, RangeSize).All(IsFree))
                return (first, first + RangeSize - 1);
        }
        throw new InvalidOperationException($"No {RangeSize} UDP ports in a row are free between {FirstRange} and 32000.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

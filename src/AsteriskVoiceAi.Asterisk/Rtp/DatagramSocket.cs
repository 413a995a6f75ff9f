using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>A bound UDP socket that never waits, throws nor allocates while it sends and receives. Not thread-safe.</summary>
internal sealed class DatagramSocket : IDisposable
{
    /// <summary>There is nothing to read, or no room to send at the moment.</summary>
    public const int Nothing = -1;

    /// <summary>The peer's host says that nobody listens on that port.</summary>
    public const int Refused = -2;

    /// <summary>Something else went wrong, e.g. there is no route.</summary>
    public const int Failed = -3;

    private const int DontWait = 0x40;
    private const int WholeLength = 0x20;
    private const int ErrorQueue = 0x2000;
    private const int TryAgain = 11;
    private const int ConnectionRefused = 111;
    private const int LevelIp = 0;
    private const int LevelIpV6 = 41;
    private const int ReceiveErrors = 11;
    private const int ReceiveErrorsV6 = 25;

    /// <summary>A second of 20 ms packets may wait in the kernel (about 1 kB each there) while a collection of garbage holds us up.</summary>
    private const int ReceiveRoom = 64 * 1024;

    private readonly Socket _socket;

    private DatagramSocket(Socket socket) => _socket = socket;

    public IPEndPoint LocalEndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    public SafeHandle Handle => _socket.SafeHandle;

    /// <param name="tellRefusals">Whether <see cref="Refused"/> is told; otherwise a closed port at the peer's is not noticed.</param>
    /// <exception cref="SocketException">The port is taken, or the address is not this machine's.</exception>
    public static DatagramSocket Bind(IPAddress address, int port, bool tellRefusals)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = ReceiveRoom };
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            if (tellRefusals)
            {
                var v6 = address.AddressFamily == AddressFamily.InterNetworkV6;
                socket.SetRawSocketOption(v6 ? LevelIpV6 : LevelIp, v6 ? ReceiveErrorsV6 : ReceiveErrors, [1, 0, 0, 0]);
            }
            return new DatagramSocket(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <param name="sender">Gets the system's form of the sender's address: room for <see cref="PeerAddress.Bytes"/>.</param>
    /// <returns>Length of the datagram, also when it is longer than the buffer; or one of the negative constants.</returns>
    public int Receive(Span<byte> buffer, Span<byte> sender)
    {
        var senderBytes = sender.Length;
        var length = recvfrom(_socket.SafeHandle, ref buffer[0], buffer.Length, DontWait | WholeLength, ref sender[0], ref senderBytes);
        return length >= 0 ? (int)length : Error();
    }

    /// <returns>Bytes sent, or one of the negative constants.</returns>
    public int Send(ReadOnlySpan<byte> datagram, PeerAddress peer)
    {
        var address = peer.System;
        var sent = sendto(_socket.SafeHandle, ref MemoryMarshal.GetReference(datagram), datagram.Length, DontWait, ref MemoryMarshal.GetReference(address), address.Length);
        return sent >= 0 ? (int)sent : Error();
    }

    public void Dispose() => _socket.Dispose();

    private int Error()
    {
        switch (Marshal.GetLastPInvokeError())
        {
            case TryAgain:
                return Drain() ? Refused : Nothing;
            case ConnectionRefused:
                Drain();
                return Refused;
            default:
                Drain();
                return Failed;
        }
    }

    /// <summary>Empties the queue of errors: epoll would tell of it for ever.</summary>
    private bool Drain()
    {
        Span<byte> quoted = stackalloc byte[64];
        Span<byte> nobody = stackalloc byte[PeerAddress.Bytes];
        var any = false;
        var length = nobody.Length;
        while (recvfrom(_socket.SafeHandle, ref quoted[0], quoted.Length, DontWait | ErrorQueue, ref nobody[0], ref length) >= 0)
        {
            any = true;
            length = nobody.Length;
        }
        return any;
    }

#pragma warning disable IDE1006, SYSLIB1054 // The system's own names. All arguments are blittable, so generated marshalling, which needs unsafe code, would add nothing.
    [DllImport("libc", SetLastError = true)]
    private static extern nint recvfrom(SafeHandle socket, ref byte buffer, nint length, int flags, ref byte sender, ref int senderBytes);

    [DllImport("libc", SetLastError = true)]
    private static extern nint sendto(SafeHandle socket, ref byte datagram, nint length, int flags, ref byte peer, int peerBytes);
#pragma warning restore IDE1006, SYSLIB1054
}

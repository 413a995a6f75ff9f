using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AsteriskVoiceAi.TestSupport.Sip;

/// <summary>SIP messages over one UDP socket, and a note of the last of them.</summary>
internal sealed class SipTransport : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly ConcurrentQueue<string> _log = new();
    private readonly Task _receiving;

    /// <param name="handle">Gets each message, one after another.</param>
    public SipTransport(IPAddress address, Action<SipMessage, EndPoint> handle)
    {
        _socket.Bind(new IPEndPoint(address, 0));
        Local = (IPEndPoint)_socket.LocalEndPoint!;
        _receiving = Task.Run(() => ReceiveAsync(handle));
    }

    public IPEndPoint Local { get; }

    /// <summary>True = nothing is sent or understood any more.</summary>
    public bool Vanished { get; set; }

    public IEnumerable<string> Log => _log;

    public void Send(string message, EndPoint to)
    {
        if (Vanished)
            return;
        Note("> ", message[..message.IndexOf('\r', StringComparison.Ordinal)]);
        try
        {
            _socket.SendTo(Encoding.UTF8.GetBytes(message), to);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            Note("! ", e.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _receiving;
    }

    private async Task ReceiveAsync(Action<SipMessage, EndPoint> handle)
    {
        var buffer = new byte[65536];
        var any = new IPEndPoint(IPAddress.Any, 0);
        while (true)
        {
            try
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, any);
                if (Vanished || SipMessage.Parse(buffer.AsSpan(0, received.ReceivedBytes)) is not { } message)
                    continue;
                Note("< ", message.StartLine);
                handle(message, received.RemoteEndPoint);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionRefused)
            {
                Note("! ", "port unreachable");
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Note(string direction, string line)
    {
        _log.Enqueue($"{Moment.Now} {direction}{line}");
        while (_log.Count > 20)
            _log.TryDequeue(out _);
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AsteriskVoiceAi.Benchmarks.FastAgi;

/// <summary>Asterisk's side of one FastAGI session. One command is under way at a time, as with Asterisk.</summary>
internal sealed class AgiPeer(IPEndPoint server) : IDisposable
{
    private static readonly byte[] Ok = "200 result=0\n"u8.ToArray();

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _line = new byte[4096];

    /// <summary>The opening block for <c>AGI(agi://…/script,arguments)</c>, with what Asterisk 22 says.</summary>
    public static byte[] Opening(string script, params string[] arguments)
    {
        string[] lines =
        [
            "network: yes", $"network_script: {script}", $"request: agi://127.0.0.1/{script}", "channel: PJSIP/caller-00000001", "language: en", "type: PJSIP",
            "uniqueid: 1795340802.1", "version: 22.0.0", "callerid: 5551234", "calleridname: unknown", "callingpres: 0", "callingani2: 0", "callington: 0",
            "callingtns: 0", "dnid: unknown", "rdnis: unknown", "context: default", "extension: 100", "priority: 3", "enhanced: 0.0", "accountcode: ", "threadid: 1",
            .. arguments.Select((value, i) => $"arg_{i + 1}: {value}"),
        ];
        return Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => $"agi_{line}\n")) + '\n');
    }

    public async Task ConnectAsync(ReadOnlyMemory<byte> opening)
    {
        await _socket.ConnectAsync(server);
        await _socket.SendAsync(opening);
    }

    /// <returns>Length of the next command, which <see cref="Command"/> then holds; 0 = the service has closed the session.</returns>
    public async ValueTask<int> ReadAsync()
    {
        var length = 0;
        while (length == 0 || _line[length - 1] != '\n')
        {
            var n = await _socket.ReceiveAsync(_line.AsMemory(length));
            if (n == 0)
                return 0;
            length += n;
        }
        return length;
    }

    public ReadOnlySpan<byte> Command(int length) => _line.AsSpan(0, length - 1);

    public async ValueTask ReplyAsync(ReadOnlyMemory<byte> reply = default) => await _socket.SendAsync(reply.IsEmpty ? Ok : reply);

    public void Dispose() => _socket.Dispose();
}

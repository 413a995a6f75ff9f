using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AsteriskVoiceAi.Benchmarks.FastAgi;

/// <summary>Calls whose callers are silent: the service hears each of them, frame by frame, over AudioSocket.</summary>
internal sealed class IdleCalls : IAsyncDisposable
{
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(20);

    /// <summary>-1 = waits for speech for ever.</summary>
    private static readonly byte[] Opening = AgiPeer.Opening("listen", "en", "-1");

    /// <summary>Kind 0x10, 320 bytes, 160 samples of a quiet line (±2).</summary>
    private static readonly byte[] Frame = [0x10, 0x01, 0x40, .. Enumerable.Range(0, 160).SelectMany(i => BitConverter.GetBytes((short)((i % 5) - 2)))];

    private readonly IPEndPoint _server;
    private readonly List<AgiPeer> _sessions = [];
    private readonly List<Socket> _audio = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _reading = [];
    private Task _sending = Task.CompletedTask;

    private IdleCalls(IPEndPoint server) => _server = server;

    public static async Task<IdleCalls> StartAsync(IPEndPoint server, int count)
    {
        var calls = new IdleCalls(server);
        try
        {
            for (var i = 0; i < count; i++)
                await calls.AddAsync();
            calls._sending = calls.SendAsync();
            return calls;
        }
        catch
        {
            await calls.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        _audio.ForEach(socket => socket.Dispose());
        _sessions.ForEach(session => session.Dispose());
        await Task.WhenAll(_reading);
    }

    /// <summary>Answers commands until the service asks for audio, and brings it; that command's reply comes with the call's end.</summary>
    private async Task AddAsync()
    {
        var session = new AgiPeer(_server);
        _sessions.Add(session);
        await session.ConnectAsync(Opening);
        while (await session.ReadAsync() is var length and > 0)
        {
            var command = Encoding.UTF8.GetString(session.Command(length));
            if (command.StartsWith("EXEC TryExec", StringComparison.Ordinal))
            {
                await ConnectAudioAsync(command);
                return;
            }
            await session.ReplyAsync();
        }
        throw new InvalidOperationException("The service closed a session before it asked for audio.");
    }

    /// <param name="command">EXEC TryExec "AudioSocket(uuid,host:port)"</param>
    private async Task ConnectAudioAsync(string command)
    {
        var arguments = command[(command.IndexOf('(', StringComparison.Ordinal) + 1)..command.IndexOf(')', StringComparison.Ordinal)].Split(',');
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _audio.Add(socket);
        await socket.ConnectAsync(IPEndPoint.Parse(arguments[1]));
        var identity = new byte[19];
        identity[0] = 0x01;
        BinaryPrimitives.WriteUInt16BigEndian(identity.AsSpan(1), 16);
        Guid.Parse(arguments[0]).ToByteArray(bigEndian: true).CopyTo(identity, 3);
        await socket.SendAsync(identity);
        _reading.Add(ReadAsync(socket));
    }

    private async Task SendAsync()
    {
        using var beat = new PeriodicTimer(FrameTime);
        try
        {
            while (await beat.WaitForNextTickAsync(_stop.Token))
            {
                foreach (var socket in _audio)
                    await socket.SendAsync(Frame);
            }
        }
        catch (OperationCanceledException)
        {
            // Measured enough.
        }
    }

    private static async Task ReadAsync(Socket socket)
    {
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Closed by us.
        }
    }
}

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using AsteriskVoiceAi.Tests.FastAgi;

namespace AsteriskVoiceAi.Tests.AudioSocket;

/// <summary>Asterisk's side of an AudioSocket connection.</summary>
internal sealed class FakeAudioSocket : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static async Task<FakeAudioSocket> ConnectAsync(EndPoint server)
    {
        var fake = new FakeAudioSocket();
        await fake._socket.ConnectAsync(server);
        return fake;
    }

    public static Task<FakeAudioSocket> ConnectAsync(int port) => ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));

    public Task SendUuidAsync(Guid uuid) => SendAsync(0x01, uuid.ToByteArray(bigEndian: true));

    public Task SendKeyAsync(char key) => SendAsync(0x03, [(byte)key]);

    public Task SendAudioAsync(short[] samples) => SendAsync(0x10, MemoryMarshal.AsBytes(samples.AsSpan()).ToArray());

    public Task SendAsync(byte kind, byte[] payload)
    {
        var message = new byte[3 + payload.Length];
        message[0] = kind;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(1), (ushort)payload.Length);
        payload.CopyTo(message, 3);
        return SendRawAsync(message);
    }

    public async Task SendRawAsync(ReadOnlyMemory<byte> bytes) => await _socket.SendAsync(bytes);

    /// <returns>Null = the server has closed.</returns>
    public async Task<(byte Kind, byte[] Payload)?> ReadAsync()
    {
        var header = new byte[3];
        if (!await FillAsync(header))
            return null;
        var payload = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(1))];
        return await FillAsync(payload) ? (header[0], payload) : null;
    }

    /// <summary>The next 20 ms, as the caller hears them.</summary>
    public async Task<short[]> ReadFrameAsync()
    {
        var message = await ReadAsync().Soon("a frame of audio");
        Assert.That(message?.Kind, Is.EqualTo(0x10), "kind of the message");
        return MemoryMarshal.Cast<byte, short>(message!.Value.Payload).ToArray();
    }

    /// <summary>Reads until the server says goodbye or closes, then closes.</summary>
    /// <returns>Whether it said goodbye.</returns>
    public async Task<bool> ReadToEndAsync()
    {
        while (await ReadAsync() is { } message)
        {
            if (message.Kind != 0x00)
                continue;
            Dispose();
            return true;
        }
        Dispose();
        return false;
    }

    public void Dispose() => _socket.Dispose();

    private async Task<bool> FillAsync(Memory<byte> target)
    {
        while (!target.IsEmpty)
        {
            var n = 0;
            try
            {
                n = await _socket.ReceiveAsync(target);
            }
            catch (SocketException)
            {
                // Reset by the server: as good as closed.
            }
            if (n == 0)
                return false;
            target = target[n..];
        }
        return true;
    }
}

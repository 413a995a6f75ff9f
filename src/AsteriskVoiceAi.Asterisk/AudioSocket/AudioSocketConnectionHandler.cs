using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Asterisk.AudioSocket;

/// <summary>One AudioSocket connection: says which call it belongs to, then carries its audio.</summary>
internal sealed class AudioSocketConnectionHandler(
    AudioSocketRendezvous rendezvous,
    FrameClock clock,
    ConnectionDeadlines deadlines,
    AudioSocketStatus status,
    IOptions<AudioSocketOptions> options,
    ILogger<AudioSocketConnectionHandler> logger) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        using var deadline = deadlines.Watch(() => connection.Abort(new ConnectionAbortedException("deadline passed")));
        status.SocketOpened();
        try
        {
            deadline.Set(options.Value.IdentifyDeadline);
            if (await ReadUuidAsync(connection) is not { } uuid)
                logger.LeftSilently(connection.RemoteEndPoint);
            else if (rendezvous.TryTake(uuid, out var expected))
                await CarryAsync(connection, uuid, expected, deadline);
            else
                Refuse(() => logger.UnknownUuid(connection.RemoteEndPoint, uuid));
        }
        catch (AudioSocketException broken)
        {
            Refuse(() => logger.Broken(connection.RemoteEndPoint, broken.Message));
            connection.Abort(new ConnectionAbortedException(broken.Message));
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException)
        {
            if (deadline.Expired)
                Refuse(() => logger.Broken(connection.RemoteEndPoint, $"it did not say within {options.Value.IdentifyDeadline.TotalSeconds:0} s which call it belongs to"));
            else
                logger.LeftSilently(connection.RemoteEndPoint);
        }
        finally
        {
            status.SocketClosed();
        }
    }

    private async Task CarryAsync(ConnectionContext connection, Guid uuid, ExpectedAudio expected, ConnectionDeadlines.Deadline deadline)
    {
        deadline.Clear();
        using var scope = CallLogScope.Begin(logger, expected.Call);
        var link = new AudioSocketLink(connection, expected.Format, clock, deadline, status);
        status.LinkStarted();
        try
        {
            link.Start();
            logger.Started(uuid, connection.RemoteEndPoint);
            var running = link.RunAsync();
            if (!expected.Deliver(link))
                await link.EndAsync();
            await running;
        }
        finally
        {
            status.LinkEnded();
            logger.Ended(uuid, link.SkippedFrames, link.DroppedSamples);
        }
    }

    /// <returns>Null = the peer left before it said a word.</returns>
    private static async Task<Guid?> ReadUuidAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        while (true)
        {
            var result = await input.ReadAsync();
            var buffer = result.Buffer;
            var uuid = TakeUuid(ref buffer);
            input.AdvanceTo(buffer.Start, uuid is null ? buffer.End : buffer.Start);
            if (uuid is not null)
                return uuid;
            if (result.IsCompleted)
                return buffer.IsEmpty ? null : throw new AudioSocketException($"it left after {buffer.Length} bytes of its first message");
        }
    }

    private static Guid? TakeUuid(ref System.Buffers.ReadOnlySequence<byte> buffer)
    {
        // A wrong first byte is told at once: an HTTP client would keep us waiting for a message of 21,536 bytes.
        if (!buffer.IsEmpty && buffer.FirstSpan[0] != (byte)AudioSocketKind.Uuid)
            throw new AudioSocketException($"its first message is of kind 0x{buffer.FirstSpan[0]:x2}, not a call's id (0x01)");
        if (!AudioSocketMessage.TryTake(ref buffer, out var message))
            return null;
        if (message.Payload.Length != 16)
            throw new AudioSocketException($"its call id has {message.Payload.Length} bytes instead of 16");
        Span<byte> uuid = stackalloc byte[16];
        System.Buffers.BuffersExtensions.CopyTo(message.Payload, uuid);
        return new Guid(uuid, bigEndian: true);
    }

    private void Refuse(Action log)
    {
        status.RefusedOne();
        log();
    }
}

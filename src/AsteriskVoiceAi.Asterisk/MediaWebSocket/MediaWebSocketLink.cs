using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Audio;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.MediaWebSocket;

/// <summary>Audio of one call over Asterisk's chan_websocket: binary messages are raw frames of the codec, text messages are JSON.</summary>
/// <remarks>One loop reads and one loop sends; both end with the socket, and disposing awaits both.</remarks>
internal sealed class MediaWebSocketLink : IMediaLink
{
    /// <summary>Longest message that is read: MEDIA_START carries the channel's variables, 20 ms of 192 kHz are 7,680 bytes.</summary>
    private const int ReadBuffer = 16 * 1024;

    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(1);

    private readonly WebSocket _socket;
    private readonly IFrameDecoder _decoder;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ReceiveBuffer _received;
    private readonly PlaybackQueue _queue;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IDisposable _ticks;
    private readonly Task _reading;
    private readonly Task _sending;
    private long _samplesReceived;
    private int _over;

    /// <param name="socket">Open; owned from here on.</param>
    public MediaWebSocketLink(WebSocket socket, MediaFormat format, FrameClock clock, TimeProvider time, ILogger logger)
    {
        _socket = socket;
        Format = format;
        _decoder = format.CreateDecoder();
        _received = new ReceiveBuffer(format.SampleRate);
        _time = time;
        _logger = logger;
        _queue = new PlaybackQueue(format, time);
        _ticks = clock.Subscribe(Tick);
        _reading = Task.Run(ReadAsync);
        _sending = Task.Run(SendAsync);
    }

    public event Action<char>? KeyPressed;

    public string? EndReason { get; private set; }

    public MediaTransport Transport => MediaTransport.WebSocket;

    public MediaFormat Format { get; }

    public int SampleRate => Format.SampleRate;

    public MediaCounters Counters => new(Volatile.Read(ref _samplesReceived) / Format.FrameSamples, _queue.Sent, _queue.Consumed);

    /// <summary>Ends when MEDIA_START came and fits; fails when it does not fit or the socket ends before.</summary>
    public Task Started => _started.Task;

    /// <summary>Ends when no more audio will come, whoever closed.</summary>
    public Task Ended => _ended.Task;

    public ValueTask<int> ReceiveAsync(Memory<short> frame, CancellationToken cancellationToken) => _received.ReadAsync(frame, cancellationToken);

    public async Task<int> PlayAsync(ReadOnlyMemory<short> samples, CancellationToken stop)
    {
        if (samples.IsEmpty || stop.IsCancellationRequested || _queue.Add(samples) is not { } playback)
            return 0;
        Wake();
        await using var stopping = stop.UnsafeRegister(
            static state =>
            {
                var (link, playback) = ((MediaWebSocketLink, Playback))state!;
                link._queue.Stop(playback);
                link.Wake();
            },
            (this, playback));
        return await playback.Done;
    }

    public async ValueTask DisposeAsync()
    {
        End("done with the call");
        try
        {
            // The sender says goodbye; Asterisk answers it and the reader ends.
            await Task.WhenAll(_sending, _reading).WaitAsync(GoodbyeLimit, _time);
        }
        catch (TimeoutException)
        {
            _socket.Abort();
            await Task.WhenAll(_sending, _reading);
        }
        _socket.Dispose();
    }

    private void Wake() => _wake.Writer.TryWrite(true);

    private void Tick()
    {
        _received.Tick();
        switch (_queue.Tick())
        {
            case PlaybackQueue.TickResult.Send:
                Wake();
                break;
            case PlaybackQueue.TickResult.Stalled:
                _logger.Stalled(5);
                End("stalled");
                _socket.Abort();
                break;
        }
    }

    /// <summary>Runs once: no more audio either way. The socket itself is closed by the sender.</summary>
    private void End(string why)
    {
        if (Interlocked.Exchange(ref _over, 1) == 1)
            return;
        EndReason = why;
        _ended.SetResult();
        _ticks.Dispose();
        _queue.End();
        _received.End();
        _wake.Writer.TryComplete();
        _started.TrySetException(new MediaSocketException($"The media socket ended before Asterisk sent MEDIA_START: {why}."));
        _ = _started.Task.Exception;
        _logger.Ended(why);
    }

    private async Task SendAsync()
    {
        var buffer = new byte[_queue.BlockBytes];
        try
        {
            // No token: cancelling a send aborts the socket. Disposing aborts it after a second.
            while (await _wake.Reader.WaitToReadAsync(CancellationToken.None))
            {
                _wake.Reader.TryRead(out _);
                for (var message = _queue.Next(buffer); message.Length > 0; message = _queue.Next(buffer))
                    await _socket.SendAsync(buffer.AsMemory(0, message.Length), message.Type, endOfMessage: true, CancellationToken.None);
            }
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            End(e.Message);
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[ReadBuffer];
        var samples = new short[ReadBuffer];
        try
        {
            var length = 0;
            while (true)
            {
                var got = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                if (got.MessageType == WebSocketMessageType.Close)
                    break;
                length += got.Count;
                if (!got.EndOfMessage && length == buffer.Length)
                    throw new JsonException($"message over {ReadBuffer} bytes");
                if (!got.EndOfMessage)
                    continue;
                if (got.MessageType == WebSocketMessageType.Binary)
                    Hear(buffer.AsSpan(0, length), samples);
                else
                    Handle(MediaMessages.Parse(buffer.AsSpan(0, length)));
                length = 0;
            }
            End($"Asterisk closed it ({_socket.CloseStatus} {_socket.CloseStatusDescription})");
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            End(e.Message);
        }
        catch (Exception e) when (e is JsonException or MediaSocketException)
        {
            _started.TrySetException(e);
            _logger.Garbage(e);
            End(e.Message);
            _socket.Abort();
        }
    }

    private void Hear(ReadOnlySpan<byte> codes, Span<short> samples)
    {
        var count = _decoder.Decode(codes, samples);
        _received.Write(samples[..count]);
        Volatile.Write(ref _samplesReceived, _samplesReceived + count);
    }

    private void Handle(MediaEvent message)
    {
        switch (message.Event)
        {
            case "MEDIA_START":
                Check(message);
                _logger.Opened(message.Format!, message.OptimalFrameSize);
                _started.TrySetResult();
                break;
            case "MEDIA_MARK_PROCESSED" when long.TryParse(message.CorrelationId, out var mark):
                _queue.MarkPlayed(mark);
                Wake();
                break;
            case "MEDIA_XOFF":
            case "MEDIA_XON":
                _logger.QueueFull(message.Event == "MEDIA_XOFF");
                _queue.SetFull(message.Event == "MEDIA_XOFF");
                Wake();
                break;
            case "ERROR":
                _logger.CommandRefused(message.ErrorText ?? "");
                break;
            case "DTMF_END" when message.Digit is [var key] && (char.IsAsciiDigit(key) || key is '*' or '#' or (>= 'A' and <= 'D')):
                KeyPressed?.Invoke(key);
                break;
        }
    }

    private void Check(MediaEvent start)
    {
        if (start.Format != Format.Name || start.OptimalFrameSize != Format.FrameBytes)
            throw new MediaSocketException($"Asked Asterisk for {Format.Name} with {Format.FrameBytes} bytes a frame, MEDIA_START says {start.Format} with {start.OptimalFrameSize}.");
    }
}

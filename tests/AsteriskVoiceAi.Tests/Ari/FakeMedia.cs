using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using AsteriskVoiceAi.Asterisk.Media;

namespace AsteriskVoiceAi.Tests.Ari;

/// <summary>Asterisk's end of a media socket: a queue of frames and marks, played at once or frame by frame as the test says.</summary>
internal sealed class FakeMedia(WebSocket socket, string format, Signal changed)
{
    private readonly int _frame = format is "ulaw" or "alaw" ? 160 : MediaFormat.Of(Enum.Parse<FormatChoice>(format, ignoreCase: true)).FrameBytes;
    private readonly Lock _gate = new();
    private readonly LinkedList<object> _queue = [];
    private readonly List<byte> _heard = [];
    private readonly SemaphoreSlim _turn = new(1);

    public bool PlayAtOnce { get; set; } = true;

    public int Flushes { get; private set; }

    public int LongestText { get; private set; }

    public bool Ended { get; private set; }

    /// <summary>Codes that the caller heard.</summary>
    public byte[] Heard
    {
        get
        {
            lock (_gate)
                return [.. _heard];
        }
    }

    public int Queued
    {
        get
        {
            lock (_gate)
                return _queue.Count(entry => entry is byte[]);
        }
    }

    public async Task RunAsync(CancellationToken gone)
    {
        try
        {
            await TellAsync(new JsonObject { ["event"] = "MEDIA_START", ["format"] = format, ["optimal_frame_size"] = _frame, ["ptime"] = 20, ["channel_variables"] = new JsonObject() });
            var buffer = new byte[65536];
            while (true)
            {
                var got = await socket.ReceiveAsync(buffer.AsMemory(), gone);
                if (got.MessageType == WebSocketMessageType.Close)
                    break;
                if (got.MessageType == WebSocketMessageType.Binary)
                    Enqueue(buffer.AsSpan(0, got.Count));
                else
                    Obey(Encoding.UTF8.GetString(buffer, 0, got.Count));
                if (PlayAtOnce)
                    await PlayAsync(int.MaxValue);
                changed.Raise();
            }
            await CloseAsync();
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // Dropped.
        }
        finally
        {
            Ended = true;
            changed.Raise();
        }
    }

    /// <summary>Plays that many frames, and the marks before the next one.</summary>
    public async Task PlayAsync(int frames)
    {
        while (true)
        {
            object? next;
            lock (_gate)
            {
                next = _queue.First?.Value;
                if (next is null || (next is byte[] && frames-- == 0))
                    break;
                _queue.RemoveFirst();
                if (next is byte[] frame)
                    _heard.AddRange(frame);
            }
            if (next is string mark)
                await TellAsync(new JsonObject { ["event"] = "MEDIA_MARK_PROCESSED", ["channel_id"] = "x", ["correlation_id"] = mark });
        }
        changed.Raise();
    }

    /// <summary>The caller speaks.</summary>
    public async Task SpeakAsync(byte[] codes)
    {
        await _turn.WaitAsync();
        await socket.SendAsync(codes, WebSocketMessageType.Binary, true, CancellationToken.None);
        _turn.Release();
    }

    public Task TellAsync(JsonObject message) => TellTextAsync(message.ToJsonString());

    public async Task TellTextAsync(string message)
    {
        await _turn.WaitAsync();
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException or IOException)
        {
            // Gone meanwhile.
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task CloseAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException or IOException)
        {
            // Gone meanwhile.
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Enqueue(ReadOnlySpan<byte> message)
    {
        lock (_gate)
        {
            // Asterisk drops what fills no frame.
            for (var at = 0; at + _frame <= message.Length; at += _frame)
                _queue.AddLast(message.Slice(at, _frame).ToArray());
        }
    }

    private void Obey(string text)
    {
        LongestText = Math.Max(LongestText, text.Length);
        var command = JsonNode.Parse(text)!;
        lock (_gate)
        {
            switch ((string)command["command"]!)
            {
                case "MARK_MEDIA":
                    _queue.AddLast((string)command["correlation_id"]!);
                    break;
                case "FLUSH_MEDIA":
                    _queue.Clear();
                    Flushes++;
                    break;
                default:
                    throw new InvalidOperationException($"Asterisk knows no {text}");
            }
        }
    }
}

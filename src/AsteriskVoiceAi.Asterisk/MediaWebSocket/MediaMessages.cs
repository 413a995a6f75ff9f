using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace AsteriskVoiceAi.Asterisk.MediaWebSocket;

/// <summary>A text message from Asterisk's chan_websocket; only what is used here.</summary>
internal sealed record MediaEvent
{
    public string Event { get; init; } = "";

    /// <summary>MEDIA_START: codec of the binary messages, both ways.</summary>
    public string? Format { get; init; }

    /// <summary>MEDIA_START: bytes that Asterisk plays per 20 ms.</summary>
    public int OptimalFrameSize { get; init; }

    /// <summary>MEDIA_MARK_PROCESSED: which mark.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>DTMF_END: which key.</summary>
    public string? Digit { get; init; }

    /// <summary>ERROR: in Asterisk's words.</summary>
    public string? ErrorText { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(MediaEvent))]
internal sealed partial class MediaJson : JsonSerializerContext;

/// <summary>The text messages that both sides send.</summary>
/// <remarks>Asterisk ignores a text message over 128 bytes, so they are compact and marks are short.</remarks>
internal static class MediaMessages
{
    public static ReadOnlySpan<byte> Flush => "{\"command\":\"FLUSH_MEDIA\"}"u8;

    /// <summary>Writes <c>{"command":"MARK_MEDIA","correlation_id":"17"}</c>; 62 bytes at the most.</summary>
    public static int WriteMark(long mark, Span<byte> target)
    {
        if (!Utf8.TryWrite(target, CultureInfo.InvariantCulture, $"{{\"command\":\"MARK_MEDIA\",\"correlation_id\":\"{mark}\"}}", out var written))
            throw new ArgumentException("A mark needs 62 bytes.", nameof(target));
        return written;
    }

    public static MediaEvent Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, MediaJson.Default.MediaEvent) ?? throw new JsonException("null is no event");
}

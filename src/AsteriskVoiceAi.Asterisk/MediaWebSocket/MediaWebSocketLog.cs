using System.Net;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.MediaWebSocket;

internal static partial class MediaWebSocketLog
{
    [LoggerMessage(8200, LogLevel.Debug, "Media socket open: {Format}, {FrameSize} bytes a frame")]
    public static partial void Opened(this ILogger logger, string format, int frameSize);

    [LoggerMessage(8201, LogLevel.Debug, "Media socket ended: {Why}")]
    public static partial void Ended(this ILogger logger, string why);

    [LoggerMessage(8202, LogLevel.Warning, "Asterisk refused a media command: {ErrorText}")]
    public static partial void CommandRefused(this ILogger logger, string errorText);

    [LoggerMessage(8203, LogLevel.Warning, "Media socket closed by us: Asterisk reported nothing played for {Overdue} s beyond what was queued. Is the caller's channel still in its bridge (core show channels)?")]
    public static partial void Stalled(this ILogger logger, double overdue);

    [LoggerMessage(8204, LogLevel.Warning, "Media socket closed by us: Asterisk sent something that is not its protocol")]
    public static partial void Garbage(this ILogger logger, Exception exception);

    [LoggerMessage(8205, LogLevel.Debug, "Asterisk's queue is full ({Full}): sending pauses")]
    public static partial void QueueFull(this ILogger logger, bool full);

    [LoggerMessage(8206, LogLevel.Warning, "Media connection from {Peer} refused: {Why}")]
    public static partial void ConnectionRefused(this ILogger logger, IPAddress? peer, string why);
}

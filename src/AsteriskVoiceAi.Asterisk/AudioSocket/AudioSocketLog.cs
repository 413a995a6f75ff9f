using System.Net;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.AudioSocket;

internal static partial class AudioSocketLog
{
    [LoggerMessage(8050, LogLevel.Debug, "AudioSocket connection from {Peer} left without a word")]
    public static partial void LeftSilently(this ILogger logger, EndPoint? peer);

    [LoggerMessage(8051, LogLevel.Warning, "AudioSocket connection from {Peer} closed: no call waits for audio with id {Uuid}")]
    public static partial void UnknownUuid(this ILogger logger, EndPoint? peer, Guid uuid);

    [LoggerMessage(8052, LogLevel.Warning, "AudioSocket connection from {Peer} closed: {Problem}")]
    public static partial void Broken(this ILogger logger, EndPoint? peer, string problem);

    [LoggerMessage(8053, LogLevel.Debug, "AudioSocket {Uuid} from {Peer} carries audio")]
    public static partial void Started(this ILogger logger, Guid uuid, EndPoint? peer);

    [LoggerMessage(8054, LogLevel.Debug, "AudioSocket {Uuid} ended; {Skipped} frames were not sent, {Dropped} samples were not read in time")]
    public static partial void Ended(this ILogger logger, Guid uuid, int skipped, long dropped);
}

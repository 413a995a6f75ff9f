using System.Net;
using AsteriskVoiceAi.Asterisk.Media;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.Rtp;

internal static partial class RtpLog
{
    [LoggerMessage(8300, LogLevel.Debug, "RTP {Local} carries {Format} to and from {Asterisk}")]
    public static partial void Started(this ILogger logger, IPEndPoint local, string format, IPEndPoint asterisk);

    [LoggerMessage(8301, LogLevel.Debug, "RTP {Local} with {Asterisk} ended: {Reason}; {Counters}")]
    public static partial void Ended(this ILogger logger, IPEndPoint local, IPEndPoint asterisk, string reason, MediaCounters counters);

    [LoggerMessage(8302, LogLevel.Warning, "RTP of Asterisk at {Asterisk} to {Local} is gone: {Reason}")]
    public static partial void PeerGone(this ILogger logger, IPEndPoint asterisk, IPEndPoint local, string reason);

    [LoggerMessage(8303, LogLevel.Warning, "RTP port {Local} gets packets from {Stranger} and drops them: the call's Asterisk said that it is {Asterisk}. If that is the same one behind a NAT, set rtp.learn-port, or its own address in Asterisk's rtp.conf")]
    public static partial void Stranger(this ILogger logger, IPEndPoint local, IPEndPoint stranger, IPEndPoint asterisk);

    [LoggerMessage(8304, LogLevel.Debug, "RTP {Local} learned that Asterisk sends from {Asterisk}")]
    public static partial void PortLearned(this ILogger logger, IPEndPoint local, IPEndPoint asterisk);

    [LoggerMessage(8305, LogLevel.Error, "RTP {Local} with {Asterisk} was ended by a fault of the service; other calls go on")]
    public static partial void LinkFailed(this ILogger logger, Exception bug, IPEndPoint local, IPEndPoint asterisk);

    [LoggerMessage(8306, LogLevel.Critical, "RTP stopped: its calls have no audio any more")]
    public static partial void LoopBroken(this ILogger logger, Exception broken);
}

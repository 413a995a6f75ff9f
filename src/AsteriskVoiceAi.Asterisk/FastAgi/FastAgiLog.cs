using System.Net;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.FastAgi;

internal static partial class FastAgiLog
{
    [LoggerMessage(8000, LogLevel.Debug, "FastAGI connection from {Peer} left without a word")]
    public static partial void LeftSilently(this ILogger logger, EndPoint? peer);

    [LoggerMessage(8001, LogLevel.Warning, "FastAGI connection from {Peer} closed: {Problem}")]
    public static partial void Broken(this ILogger logger, EndPoint? peer, string problem);

    [LoggerMessage(8002, LogLevel.Warning, "FastAGI connection from {Peer} refused: it is not among FastAgi:AllowedPeers")]
    public static partial void PeerNotAllowed(this ILogger logger, EndPoint? peer);

    [LoggerMessage(8003, LogLevel.Error, "Channel {Channel} asked for agi://…/{Path}, which does not exist; known are {KnownPaths}. The dialplan gets AGISTATUS=FAILURE")]
    public static partial void UnknownPath(this ILogger logger, string channel, string path, string knownPaths);

    [LoggerMessage(8004, LogLevel.Warning, "Channel {Channel}, {Entry}: {Problems}")]
    public static partial void OptionProblems(this ILogger logger, string channel, string entry, string problems);

    [LoggerMessage(8005, LogLevel.Warning, "Channel {Channel}, {Entry} refused ({Reason}): {Open} connections are open, fastagi.max-connections is {Most}; the dialplan goes on")]
    public static partial void Refused(this ILogger logger, string channel, string entry, string reason, int open, int most);

    [LoggerMessage(8006, LogLevel.Trace, "Channel {Channel}, {Entry} begins")]
    public static partial void Began(this ILogger logger, string channel, string entry);

    [LoggerMessage(8007, LogLevel.Debug, "Channel {Channel}, {Entry} ended after {Seconds:0.000} s: {Result} {Reason}")]
    public static partial void Ended(this ILogger logger, string channel, string entry, double seconds, string result, string reason);

    [LoggerMessage(8008, LogLevel.Error, "Channel {Channel} has no audio: Asterisk answered TRYSTATUS={TryStatus} to AudioSocket for {AudioAddress}. {Advice}")]
    public static partial void NoAudio(this ILogger logger, string channel, string tryStatus, string audioAddress, string advice);

    [LoggerMessage(8009, LogLevel.Error, "Channel {Channel}: the call failed inside the service; the dialplan goes on")]
    public static partial void HandlerFailed(this ILogger logger, Exception exception, string channel);

    [LoggerMessage(8010, LogLevel.Warning, "Channel {Channel}, {Entry}: the session with Asterisk at {Peer} broke, {Problem}; the dialplan sees VOICEAI_REASON=service-lost, or the call is over")]
    public static partial void SessionLost(this ILogger logger, string channel, string entry, EndPoint? peer, string problem);

    [LoggerMessage(8011, LogLevel.Warning, "Channel {Channel}: Asterisk refused '{Command}': {Reply}")]
    public static partial void CommandRefused(this ILogger logger, string channel, string command, string reply);

    [LoggerMessage(8012, LogLevel.Warning, "FastAGI connection from {Peer} reset: {Open} connections are open, twice what FastAgi:MaxConnections allows")]
    public static partial void Flooded(this ILogger logger, EndPoint? peer, int open);

    [LoggerMessage(8013, LogLevel.Warning, "Channel {Channel}: audio is bad ({Cause}) over {Media}: it ended while the caller was there: {EndReason}. Look in Asterisk's log for AudioSocket, and at the network between the two")]
    public static partial void AudioLost(this ILogger logger, string channel, string cause, string media, string? endReason);

    [LoggerMessage(8014, LogLevel.Information, "Channel {Channel}: audio made anew over {Media} after {Cause}; the call goes on")]
    public static partial void AudioRemade(this ILogger logger, string channel, string media, string cause);

    [LoggerMessage(8015, LogLevel.Warning, "Channel {Channel}: audio could not be made anew, Asterisk brought none to {AudioAddress}; the dialplan goes on")]
    public static partial void AudioNotRemade(this ILogger logger, string channel, string audioAddress);
}

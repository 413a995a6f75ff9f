using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.Ari;

internal static partial class AriLog
{
    [LoggerMessage(8100, LogLevel.Information, "ARI connected: Asterisk {Version} at {Url}, app {App}")]
    public static partial void Connected(this ILogger logger, string version, Uri url, string app);

    [LoggerMessage(8101, LogLevel.Warning, "ARI not connected to {Url}: {Reason}. Calls to Stasis({App}) go on in the dialplan until it is. Check that Asterisk runs, http.conf (enabled, bindaddr, bindport) and ari.conf (enabled, user {User}). Trying again until it works")]
    public static partial void Lost(this ILogger logger, Uri url, string reason, string app, string user);

    [LoggerMessage(8102, LogLevel.Debug, "ARI still not connected, attempt {Attempt}: {Reason}")]
    public static partial void StillLost(this ILogger logger, int attempt, string reason);

    [LoggerMessage(8103, LogLevel.Warning, "Another instance of this service took over app {App} at {Url} with {Calls} calls, which go on there. This one stands by until that one is gone. Unless they are a hot pair, stop one of them or give each its own ari.app")]
    public static partial void Replaced(this ILogger logger, string app, Uri url, int calls);

    [LoggerMessage(8104, LogLevel.Warning, "Event left out: Asterisk sent JSON that cannot be read")]
    public static partial void BadEvent(this ILogger logger, Exception exception);

    [LoggerMessage(8105, LogLevel.Error, "Handling event {Event} failed")]
    public static partial void EventFailed(this ILogger logger, string @event, Exception exception);

    [LoggerMessage(8106, LogLevel.Warning, "Calls of before the connection was lost could not be looked up: {Reason}")]
    public static partial void ReconcileFailed(this ILogger logger, string reason);

    [LoggerMessage(8107, LogLevel.Information, "Standing by: another instance serves app {App} at {Url}. This one takes over when that one is gone")]
    public static partial void StandsBy(this ILogger logger, string app, Uri url);

    [LoggerMessage(8108, LogLevel.Warning, "The instance that stands by did not take over the calls: {Reason}. They end here instead")]
    public static partial void NotHandedOver(this ILogger logger, string reason);

    [LoggerMessage(8110, LogLevel.Debug, "Call arrived on {Channel} for flow {Flow}")]
    public static partial void Arrived(this ILogger logger, string channel, string flow);

    [LoggerMessage(8111, LogLevel.Debug, "Media ready {Milliseconds:0.0} ms after StasisStart ({Media})")]
    public static partial void MediaReady(this ILogger logger, double milliseconds, string media);

    [LoggerMessage(8112, LogLevel.Error, "No audio for {Channel} after {Milliseconds:0} ms, the call goes on in the dialplan (no-media). Media transport is {Plan}. Check ari.media in the settings, and in Asterisk {Version} the modules chan_websocket.so, chan_rtp.so or chan_audiosocket.so")]
    public static partial void NoMedia(this ILogger logger, string channel, double milliseconds, string plan, string version, Exception exception);

    [LoggerMessage(8113, LogLevel.Error, "The call's handler failed; the call goes on in the dialplan (internal)")]
    public static partial void HandlerFailed(this ILogger logger, Exception exception);

    [LoggerMessage(8114, LogLevel.Information, "Call ended: {Result} {Reason}, {Next}")]
    public static partial void Ended(this ILogger logger, string result, string reason, string next);

    [LoggerMessage(8115, LogLevel.Debug, "The caller was gone before the outcome could be told: {Reason}")]
    public static partial void GoneAtEnd(this ILogger logger, string reason);

    [LoggerMessage(8116, LogLevel.Warning, "The outcome could not be told to Asterisk: {Reason}")]
    public static partial void EndFailed(this ILogger logger, string reason);

    [LoggerMessage(8117, LogLevel.Warning, "{What} {Id} could not be deleted, it is swept at the next connection: {Reason}")]
    public static partial void CleanupFailed(this ILogger logger, string what, string id, string reason);

    [LoggerMessage(8118, LogLevel.Debug, "Argument {Argument} of Stasis() has no name: left out")]
    public static partial void UnnamedArgument(this ILogger logger, int argument);

    [LoggerMessage(8119, LogLevel.Information, "Call on {Channel} refused: {Reason}")]
    public static partial void Refused(this ILogger logger, string channel, string reason);

    [LoggerMessage(8120, LogLevel.Information, "Caller's channel {Channel} was left in the app by another run of the service and is taken up again")]
    public static partial void Adopted(this ILogger logger, string channel);

    [LoggerMessage(8121, LogLevel.Information, "Left-over {What} {Id} deleted")]
    public static partial void Swept(this ILogger logger, string what, string id);

    [LoggerMessage(8122, LogLevel.Information, "{Calls} calls get until calls.drain-timeout to end")]
    public static partial void Draining(this ILogger logger, int calls);

    [LoggerMessage(8123, LogLevel.Warning, "{Calls} calls did not end in time and go back to the dialplan (service-stopping)")]
    public static partial void DrainExpired(this ILogger logger, int calls);

    [LoggerMessage(8130, LogLevel.Information, "Media transport: {Reason}")]
    public static partial void TransportChosen(this ILogger logger, string reason);

    [LoggerMessage(8131, LogLevel.Error, "Calls get no audio and go on in the dialplan (no-media, module-missing): {Reason}")]
    public static partial void NoTransport(this ILogger logger, string reason);

    [LoggerMessage(8132, LogLevel.Warning, "Media over {Transport} failed ({Cause}): {Why}. Trying {Next}")]
    public static partial void TransportFailed(this ILogger logger, string transport, string cause, string why, string next);

    [LoggerMessage(8133, LogLevel.Warning, "Audio is bad ({Cause}) over {Media}: {Detail}")]
    public static partial void BadAudio(this ILogger logger, string cause, string media, string detail);

    [LoggerMessage(8134, LogLevel.Information, "Audio made anew over {Media} after {Cause}; the call goes on")]
    public static partial void Rebuilt(this ILogger logger, string media, string cause);

    [LoggerMessage(8135, LogLevel.Warning, "Audio could not be made anew: {Reason}")]
    public static partial void NotRebuilt(this ILogger logger, string reason);

    [LoggerMessage(8136, LogLevel.Debug, "Audio flows both ways, seen {Milliseconds:0} ms after it was opened")]
    public static partial void AudioProven(this ILogger logger, double milliseconds);

    [LoggerMessage(8124, LogLevel.Debug, "The call's linked id is not known: {Reason}")]
    public static partial void NoLinkedId(this ILogger logger, string reason);
}

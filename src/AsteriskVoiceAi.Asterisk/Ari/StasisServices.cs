using AsteriskVoiceAi.Asterisk.MediaWebSocket;
using AsteriskVoiceAi.Calls.Arrival;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>What every call over ARI works with.</summary>
internal sealed record StasisServices(
    AriOptions Options,
    AriRest Rest,
    AriStatus Status,
    MediaSocketConnector Sockets,
    ICallHandler Handler,
    TimeProvider Time,
    ILogger Logger)
{
    public CallIds Ids { get; } = new(Options.App);
}

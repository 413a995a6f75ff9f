using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Arrival;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>What every call over ARI works with.</summary>
internal sealed record StasisServices(
    AriOptions Options,
    AriRest Rest,
    AriStatus Status,
    PhoneLines Phones,
    MediaTransports Media,
    MediaMetrics Metrics,
    FrameClock Clock,
    ICallHandler Handler,
    TimeProvider Time,
    ILogger Logger)
{
    public CallIds Ids { get; } = new(Options.App);

    /// <summary>Deletes what a call leaves behind; that it is gone already is fine, and what remains is swept at the next connection.</summary>
    public async Task DeleteAsync(string what, string id, Func<string, CancellationToken, Task> delete)
    {
        try
        {
            // No token: this has to be tried also when the service stops; the client's time limit bounds it.
            await delete(id, CancellationToken.None);
        }
        catch (AriException e) when (e.IsGone)
        {
            // It ended by itself.
        }
        catch (AriException e)
        {
            Logger.CleanupFailed(what, id, e.Message);
        }
    }
}

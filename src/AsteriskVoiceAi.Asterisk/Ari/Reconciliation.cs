using AsteriskVoiceAi.Calls.Routing;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>
/// Puts in order what a lost connection, or a run of the service that crashed, left in Asterisk. Events are not replayed,
/// so it compares lists, taken before and after connecting:
/// <code>
/// list "before" | connect | list "after"
/// in neither, but ours             the caller hung up meanwhile
/// in both, not ours                nobody serves it: back into the dialplan; a media channel of our name: deleted
/// only in "after"                  arrived on the new connection, its StasisStart is on its way
/// </code>
/// </summary>
internal sealed class Reconciliation
{
    private readonly StasisServices _services;
    private readonly StasisApp _app;
    private readonly IReadOnlyList<StasisCall> _owned;
    private readonly IReadOnlyList<string> _before;

    private Reconciliation(StasisServices services, StasisApp app, IReadOnlyList<string> before)
    {
        _services = services;
        _app = app;
        _owned = app.Owned;
        _before = before;
    }

    /// <summary>Call before connecting.</summary>
    /// <exception cref="AriException">Asterisk cannot be reached.</exception>
    public static async Task<Reconciliation> PrepareAsync(StasisServices services, StasisApp app, CancellationToken cancellationToken) =>
        new(services, app, (await services.Rest.FindApplicationAsync(cancellationToken))?.ChannelIds ?? []);

    /// <summary>Call once connected. Never throws.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        try
        {
            var after = (await _services.Rest.FindApplicationAsync(cancellationToken))?.ChannelIds.ToHashSet() ?? [];
            foreach (var call in _owned.Where(call => !after.Contains(call.ChannelId)))
                call.CallerGone();
            foreach (var channel in _before.Where(id => after.Contains(id) && !_app.Owns(id)))
                await SettleAsync(channel, cancellationToken);
            foreach (var bridge in await _services.Rest.GetBridgesAsync(cancellationToken))
            {
                if (bridge.Id.StartsWith(_services.Ids.BridgePrefix, StringComparison.Ordinal) && !_app.Owns(bridge.Id))
                    await SweepAsync("bridge", bridge.Id, _services.Rest.DeleteBridgeAsync, cancellationToken);
            }
        }
        catch (AriException e)
        {
            _services.Logger.ReconcileFailed(e.Message);
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private async Task SettleAsync(string channel, CancellationToken cancellationToken)
    {
        if (channel.StartsWith(_services.Ids.MediaPrefix, StringComparison.Ordinal))
        {
            await SweepAsync("media channel", channel, _services.Rest.HangUpAsync, cancellationToken);
            return;
        }
        _services.Logger.Adopted(channel);
        await _app.SendBackAsync(channel, CallResult.Error, "service-restarted", cancellationToken);
    }

    private async Task SweepAsync(string what, string id, Func<string, CancellationToken, Task> delete, CancellationToken cancellationToken)
    {
        try
        {
            await delete(id, cancellationToken);
            _services.Logger.Swept(what, id);
        }
        catch (AriException e) when (e.IsGone)
        {
            // It ended by itself.
        }
    }
}

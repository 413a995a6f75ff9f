using AsteriskVoiceAi.Calls.Routing;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>
/// Puts in order what a lost connection, another instance, or a run of the service that crashed, left in Asterisk. Events are not
/// replayed, so it compares lists of the app's channels, the first time from before and after connecting:
/// <code>
/// list "before" | connect | list "after"
/// in neither, but ours             the caller hung up meanwhile
/// in both, not ours                nobody serves it: a caller is taken up again, a media channel of our name is deleted
/// only in "after"                  arrived on the new connection, its StasisStart is on its way
/// </code>
/// A caller who came between the other's end and our first list is found when the lists are compared again.
/// </summary>
internal sealed class Reconciliation(StasisServices services, StasisApp app)
{
    /// <summary>After the first comparison: what was on its way then has arrived.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>Between comparisons of a quiet connection: two requests of a millisecond.</summary>
    private static readonly TimeSpan Rarely = TimeSpan.FromMinutes(1);

    private IReadOnlyList<StasisCall> _owned = [];
    private IReadOnlyCollection<string> _before = [];

    /// <summary>Call before connecting.</summary>
    /// <exception cref="AriException">Asterisk cannot be reached.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        _owned = app.Owned;
        _before = await ChannelsAsync(cancellationToken);
    }

    /// <summary>Call once connected; compares at once, soon after, and then rarely until cancelled. Never throws.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var wait = Soon; !cancellationToken.IsCancellationRequested; wait = Rarely)
        {
            try
            {
                await CompareAsync(cancellationToken);
                await Task.Delay(wait, services.Time, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A bug of ours must not end the connection.
                services.Logger.ReconcileFailed(e is AriException ? e.Message : e.ToString());
                await Task.Delay(Soon, services.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The connection is over.
            }
        }
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        var after = await ChannelsAsync(cancellationToken);
        foreach (var call in _owned.Where(call => !after.Contains(call.ChannelId)))
            call.CallerGone();
        _owned = [];
        var unserved = _before.Where(id => after.Contains(id) && !IsMedia(id) && !app.Owns(id)).ToList();
        _before = after;
        await Task.WhenAll(unserved.Select(id => AdoptAsync(id, cancellationToken)));
        await SweepAsync(cancellationToken);
    }

    private async Task<IReadOnlyCollection<string>> ChannelsAsync(CancellationToken cancellationToken) =>
        (await services.Rest.FindApplicationAsync(cancellationToken))?.ChannelIds.ToHashSet() ?? [];

    /// <summary>What is needed to go on is on the channel: where it entered, the call's id, and where the conversation stood.</summary>
    private async Task AdoptAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var checkpoint = services.Rest.FindVariableAsync(id, CallVariables.Resume, cancellationToken);
            var call = services.Rest.FindVariableAsync(id, CallVariables.Call, cancellationToken);
            var channel = await services.Rest.FindChannelAsync(id, cancellationToken);
            var earlier = new EarlierService(CallIds.IsCall(await call) ? await call : null, await checkpoint);
            // An app is told of channels that are not in it, too, such as the far half of a Local channel.
            if (channel is null or { Dialplan.AppName: not (null or "Stasis") })
                return;
            services.Logger.Adopted(channel.Name);
            app.Adopt(new StasisStart(channel, StasisArguments.Split(channel.Dialplan?.AppData ?? "")), earlier);
        }
        catch (AriException e) when (e.IsGone)
        {
            // The caller hung up just now.
        }
        catch (AriException e) when (!e.MayRetry)
        {
            // Asterisk does not tell what it is: nobody can serve it.
            await app.SendBackAsync(id, CallResult.Error, "service-restarted", cancellationToken);
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var bridge in await services.Rest.GetBridgesAsync(cancellationToken))
        {
            if (bridge.Id.StartsWith(services.Ids.BridgePrefix, StringComparison.Ordinal) && !app.Owns(bridge.Id))
                await SweepAsync("bridge", bridge.Id, services.Rest.DeleteBridgeAsync, cancellationToken);
        }
        // Of any transport, and wherever they are: one that never got into the app is in no list of the app's.
        foreach (var channel in await services.Rest.GetChannelsAsync(cancellationToken))
        {
            if (IsMedia(channel.Id) && !app.Owns(channel.Id))
                await SweepAsync("media channel", channel.Id, services.Rest.HangUpAsync, cancellationToken);
        }
    }

    private bool IsMedia(string channel) => channel.StartsWith(services.Ids.MediaPrefix, StringComparison.Ordinal);

    private async Task SweepAsync(string what, string id, Func<string, CancellationToken, Task> delete, CancellationToken cancellationToken)
    {
        try
        {
            await delete(id, cancellationToken);
            services.Logger.Swept(what, id);
        }
        catch (AriException e) when (e.IsGone)
        {
            // It ended by itself.
        }
    }
}

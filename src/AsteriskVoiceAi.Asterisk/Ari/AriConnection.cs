using System.Net.Security;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>
/// Keeps the event connection to Asterisk, for as long as the service runs. An app has one connection that gets its calls:
/// <code>
///  start ──► connecting ◄── lost ── serving ── replaced ──► standing by ──► connecting …
///    └─ with ari.standby ──────────────────────────────────────▲   (nobody serves, or the other says it stops)
/// </code>
/// Only starting and a lost connection take the app from another; who was replaced waits. So two never fight.
/// </summary>
internal sealed class AriConnection(StasisServices services, StasisApp app, AriCredentials credentials, RemoteCertificateValidationCallback? certificates)
{
    /// <summary>Events that may wait to be given to their calls, which takes microseconds each.</summary>
    private const int EventsKept = 1024;

    private static readonly TimeSpan StartingMost = TimeSpan.FromSeconds(1);

    /// <summary>The other is told in a millisecond and needs a few more to connect; after this it is not able to.</summary>
    private static readonly TimeSpan HandOverLimit = TimeSpan.FromSeconds(3);

    private readonly StandbyWatch _standby = new(services, credentials, certificates);
    private readonly TaskCompletionSource _handedOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _leaving;

    private AriOptions Options => services.Options;

    private ILogger Logger => services.Logger;

    /// <summary>Never throws; ends when <paramref name="stop"/> is cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var attempt = 0;
        var standsBy = Options.Standby;
        while (!stop.IsCancellationRequested)
        {
            string? why = null;
            AriException? failure = null;
            try
            {
                credentials.Refresh();
                if (standsBy)
                    await _standby.WaitAsync(stop);
                standsBy = Options.Standby;
                why = await ServeAsync(() => attempt = 0, stop);
                standsBy |= why is null;
            }
            catch (AriException e)
            {
                (why, failure) = (e.Message, e);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            if (stop.IsCancellationRequested || (why is null && _leaving))
                break;
            if (why is null)
                continue;
            app.EventsLost();
            if (services.Status.SetDisconnected(why, failure?.Status))
                Logger.Lost(Options.Url, why, Options.App, Options.User);
            else
                Logger.StillLost(attempt, why);
            await WaitAsync(LongestWait(Options, attempt++, failure?.IsStarting ?? false), stop);
        }
        services.Status.SetDisconnected("the service stops");
    }

    /// <summary>Offers the calls to an instance that stands by, and waits until it has them.</summary>
    /// <returns>False = there is none, or it did not take them.</returns>
    public async Task<bool> HandOverAsync(CancellationToken cancellationToken)
    {
        if (!services.Status.Connected)
            return false;
        _leaving = true;
        try
        {
            if (!await services.Rest.TellAsync(services.Ids.Standby, StandbyWatch.TakeOver, cancellationToken))
                return false;
            await _handedOver.Task.WaitAsync(HandOverLimit, services.Time, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is AriException or TimeoutException or OperationCanceledException)
        {
            Logger.NotHandedOver(e.Message);
            return false;
        }
    }

    /// <returns>Why the connection ended; null = another instance took over the app.</returns>
    private async Task<string?> ServeAsync(Action connected, CancellationToken stop)
    {
        var reconciliation = new Reconciliation(services, app);
        await reconciliation.PrepareAsync(stop);
        var info = await services.Rest.GetInfoAsync(stop);
        var version = info.System?.Version ?? "of unknown version";
        await services.Media.ProbeAsync(services.Rest, version, stop);
        using var socket = await AriEventSocket.ConnectAsync(Options, [Options.App, services.Ids.Serving], credentials, certificates, services.Time, Logger, stop);
        connected();
        services.Status.SetConnected(version);
        Logger.Connected(version, Options.Url, Options.App);

        using var replaced = new CancellationTokenSource();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(replaced.Token, stop);
        var events = Channel.CreateBounded<AriEvent>(new BoundedChannelOptions(EventsKept) { SingleReader = true, SingleWriter = true });
        var dispatching = DispatchAsync(events.Reader, replaced);
        var reconciling = reconciliation.RunAsync(over.Token);
        var why = await socket.ReadAsync(events.Writer, over.Token);
        await dispatching;
        await over.CancelAsync();
        await reconciling;
        return replaced.IsCancellationRequested ? null : why;
    }

    private async Task DispatchAsync(ChannelReader<AriEvent> events, CancellationTokenSource replaced)
    {
        await foreach (var happened in events.ReadAllAsync(CancellationToken.None))
        {
            services.Status.EventBegins();
            try
            {
                if (happened is not ApplicationReplaced)
                    app.Dispatch(happened);
                else if (!replaced.IsCancellationRequested)
                    await HandOverAsync(replaced);
            }
            catch (Exception e)
            {
                // One odd event must not end all calls.
                Logger.EventFailed(happened.GetType().Name, e);
            }
            finally
            {
                services.Status.EventEnds();
            }
        }
    }

    /// <summary>Nothing of the other's calls may be touched from here on: first of all the comparisons end.</summary>
    private async Task HandOverAsync(CancellationTokenSource replaced)
    {
        await replaced.CancelAsync();
        app.HandOver();
        services.Status.SetStandby();
        _handedOver.TrySetResult();
    }

    /// <summary>
    /// Doubles with each attempt. An Asterisk that is down or booting is asked at no cost and its end is near when it
    /// restarts, so that wait stays below a second: until we are back, callers get the dialplan's plan B.
    /// </summary>
    internal static TimeSpan LongestWait(AriOptions options, int attempt, bool starting)
    {
        var doubled = options.ReconnectFirst * Math.Pow(2, Math.Min(attempt, 20));
        var most = starting && options.ReconnectMost > StartingMost ? StartingMost : options.ReconnectMost;
        return doubled < most ? doubled : most;
    }

    /// <summary>Full jitter: a random wait below the longest, so that many services do not return in step.</summary>
    private async Task WaitAsync(TimeSpan longest, CancellationToken stop)
    {
        try
        {
            await Task.Delay(Random.Shared.NextDouble() * longest, services.Time, stop);
        }
        catch (OperationCanceledException)
        {
            // The loop's condition ends it.
        }
    }
}

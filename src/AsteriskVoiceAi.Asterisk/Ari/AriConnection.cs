using System.Net.Security;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>Keeps the event connection to Asterisk, for as long as the service runs.</summary>
internal sealed class AriConnection(StasisServices services, StasisApp app, AriCredentials credentials, RemoteCertificateValidationCallback? certificates)
{
    /// <summary>Events that may wait to be given to their calls, which takes microseconds each.</summary>
    private const int EventsKept = 1024;

    private static readonly TimeSpan RefusedMost = TimeSpan.FromSeconds(1);

    private AriOptions Options => services.Options;

    private ILogger Logger => services.Logger;

    /// <summary>Never throws; ends when <paramref name="stop"/> is cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var attempt = 0;
        while (!stop.IsCancellationRequested)
        {
            string why;
            AriException? failure = null;
            try
            {
                why = await ServeAsync(() => attempt = 0, stop);
            }
            catch (AriException e)
            {
                (why, failure) = (e.Message, e);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            if (stop.IsCancellationRequested)
                break;
            app.EventsLost();
            if (services.Status.SetDisconnected(why, failure?.Status))
                Logger.Lost(Options.Url, why, Options.App, Options.User);
            else
                Logger.StillLost(attempt, why);
            await WaitAsync(LongestWait(Options, attempt++, failure?.IsRefused ?? false), stop);
        }
        services.Status.SetDisconnected("the service stops");
    }

    /// <returns>Why the connection ended.</returns>
    private async Task<string> ServeAsync(Action connected, CancellationToken stop)
    {
        credentials.Refresh();
        var reconciliation = await Reconciliation.PrepareAsync(services, app, stop);
        var info = await services.Rest.GetInfoAsync(stop);
        var version = info.System?.Version ?? "of unknown version";
        await services.Media.ProbeAsync(services.Rest, version, stop);
        using var socket = await AriEventSocket.ConnectAsync(Options, credentials, certificates, services.Time, Logger, stop);
        connected();
        services.Status.SetConnected(version);
        Logger.Connected(version, Options.Url, Options.App);

        var events = Channel.CreateBounded<AriEvent>(new BoundedChannelOptions(EventsKept) { SingleReader = true, SingleWriter = true });
        var dispatching = DispatchAsync(events.Reader);
        var reconciling = reconciliation.CompleteAsync(stop);
        var why = await socket.ReadAsync(events.Writer, stop);
        await dispatching;
        await reconciling;
        return why;
    }

    private async Task DispatchAsync(ChannelReader<AriEvent> events)
    {
        await foreach (var happened in events.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                app.Dispatch(happened);
            }
            catch (Exception e)
            {
                // One odd event must not end all calls.
                Logger.EventFailed(happened.GetType().Name, e);
            }
        }
    }

    /// <summary>
    /// Doubles with each attempt. A refused connection costs neither side anything and its end is near when Asterisk
    /// restarts, so that wait stays below a second: until we are back, callers get the dialplan's plan B.
    /// </summary>
    internal static TimeSpan LongestWait(AriOptions options, int attempt, bool refused)
    {
        var doubled = options.ReconnectFirst * Math.Pow(2, Math.Min(attempt, 20));
        var most = refused && options.ReconnectMost > RefusedMost ? RefusedMost : options.ReconnectMost;
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

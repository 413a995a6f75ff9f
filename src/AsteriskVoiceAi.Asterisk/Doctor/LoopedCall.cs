using System.Security.Cryptography;
using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.AudioSocket;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Asterisk.MediaWebSocket;
using AsteriskVoiceAi.Asterisk.Rtp;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Asterisk.Doctor;

/// <summary>
/// A real call through Asterisk from this machine to this machine, over what calls use, without a phone and without a line of dialplan:
/// <code>
/// phone: a media channel that enters the app ──► bridge ◄── media channel of the call ── call, as the service takes it
/// </code>
/// It has an app of its own, so it takes no call from a service that runs.
/// </summary>
public static class LoopedCall
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <summary>A second of tone, and time for the audio to open on its way.</summary>
    private static readonly TimeSpan LongestListening = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestCleaning = TimeSpan.FromSeconds(5);

    /// <param name="ari">Gets an app of the call's own.</param>
    /// <param name="audioSocket">Gets a port of the call's own.</param>
    public static async Task<LoopedCallResult> PlaceAsync(AriOptions ari, RtpOptions rtp, AudioSocketOptions audioSocket, CancellationToken cancellationToken)
    {
        ari.App = $"{ari.App[..Math.Min(ari.App.Length, 40)]}-doctor-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
        ari.Standby = false;
        audioSocket.Port = 0;
        var exchange = new Exchange();
        await using var host = Host(ari, rtp, audioSocket, exchange);
        using var limit = new CancellationTokenSource(Longest, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await host.StartAsync(either.Token);
            return await CallAsync(host.Services, ari, exchange, either.Token);
        }
        catch (IOException e)
        {
            return new($"A port for the call's audio can't be opened: {e.Message}", "", 0, 0);
        }
        finally
        {
            exchange.End();
            using var hurry = new CancellationTokenSource(LongestCleaning, TimeProvider.System);
            await host.StopAsync(hurry.Token);
        }
    }

    private static WebApplication Host(AriOptions ari, RtpOptions rtp, AudioSocketOptions audioSocket, Exchange exchange)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.Services.AddRoutingCore();
        builder.Services
            .AddSingleton<ICallHandler>(exchange)
            .AddSingleton(Options.Create(ari))
            .AddSingleton(Options.Create(rtp))
            .AddSingleton(Options.Create(audioSocket))
            .AddAri();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.ListenAudioSocket();
            server.ListenMediaSockets();
        });
        var app = builder.Build();
        app.UseMediaSockets();
        return app;
    }

    private static async Task<LoopedCallResult> CallAsync(IServiceProvider services, AriOptions ari, Exchange exchange, CancellationToken cancellationToken)
    {
        var (status, media, faults) = (services.GetRequiredService<AriStatus>(), services.GetRequiredService<MediaTransports>(), services.GetRequiredService<MediaStatus>());
        var counts = new Counts();
        LoopedCallResult Failed(string problem) => new(problem, faults.Reason, counts.Up, counts.Down);
        try
        {
            await ConnectedAsync(status, cancellationToken);
            if (media.Plan.Transports is not [var transport, ..])
                return Failed(media.Plan.Reason);
            var credentials = new AriCredentials(ari);
            credentials.Refresh();
            using var rest = new AriRest(ari, credentials, AsteriskTrust.From(ari));
            await TalkAsync(rest, transport, media, $"{ari.App}.phone", exchange, counts, cancellationToken);
            var left = await LeftAsync(rest, ari.App, cancellationToken);
            return Problem(counts, faults, left) is { } problem ? Failed(problem) : new(null, faults.Reason, counts.Up, counts.Down);
        }
        catch (Exception e) when (e is AriException or MediaException or RtpException or MediaSocketException or AudioSocketException)
        {
            return Failed(e.Message);
        }
        catch (OperationCanceledException) when (!status.Connected)
        {
            return Failed(status.LastError ?? $"Asterisk at {ari.Url} did not answer within {Longest.TotalSeconds:0} s");
        }
        catch (OperationCanceledException)
        {
            return Failed($"the call was not done within {Longest.TotalSeconds:0} s ({Seen(faults)})");
        }
    }

    private static async Task ConnectedAsync(AriStatus status, CancellationToken cancellationToken)
    {
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (status.Connected || status.LastError is not null)
                connected.TrySetResult();
        }
        status.Changed += Look;
        Look();
        await connected.Task.WaitAsync(cancellationToken);
        status.Changed -= Look;
        if (!status.Connected)
            throw new AriException(status.LastError!, null);
    }

    private static async Task TalkAsync(AriRest rest, IMediaTransport transport, MediaTransports media, string phone, Exchange exchange, Counts counts, CancellationToken cancellationToken)
    {
        await using var offer = await transport.PrepareAsync(media.FormatFor(transport, MediaFormat.ULaw), null, cancellationToken);
        var channel = await rest.CreateMediaChannelAsync(phone, offer.Request, cancellationToken);
        try
        {
            await using var link = await offer.OpenAsync(channel.ChannelVars ?? new Dictionary<string, string>(), cancellationToken);
            var leg = await exchange.Arrived.WaitAsync(cancellationToken);
            var (up, down) = (new Tone(440), new Tone(740));
            using var limit = new CancellationTokenSource(LongestListening, TimeProvider.System);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            Task[] all =
            [
                link.PlayAsync(up.Samples(link.SampleRate), either.Token),
                leg.Audio.PlayAsync(down.Samples(leg.Audio.SampleRate), either.Token),
                up.ListenAsync(leg.Audio, () => counts.Up++, either.Token),
                down.ListenAsync(link, () => counts.Down++, either.Token),
            ];
            await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            try
            {
                await rest.HangUpAsync(phone, CancellationToken.None);
            }
            catch (AriException)
            {
                // Ended with its link.
            }
        }
    }

    /// <summary>What of the call is still in Asterisk when it should be over.</summary>
    private static async Task<IReadOnlyList<string>> LeftAsync(AriRest rest, string app, CancellationToken cancellationToken)
    {
        while (true)
        {
            string[] left =
            [
                .. (await rest.GetChannelsAsync(cancellationToken)).Select(channel => channel.Id).Where(id => id.StartsWith(app, StringComparison.Ordinal)),
                .. (await rest.GetBridgesAsync(cancellationToken)).Select(bridge => bridge.Id).Where(id => id.StartsWith(app, StringComparison.Ordinal)),
            ];
            if (left.Length == 0 || cancellationToken.IsCancellationRequested)
                return left;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }
    }

    private static string? Problem(Counts counts, MediaStatus faults, IReadOnlyList<string> left) => (counts.Up, counts.Down) switch
    {
        (0, 0) => $"no sound came through, in neither direction ({Seen(faults)})",
        (0, _) => $"sound from Asterisk does not reach the service ({Seen(faults)})",
        (_, 0) => $"sound from the service does not reach Asterisk ({Seen(faults)})",
        ( < Tone.Frames / 2, _) or (_, < Tone.Frames / 2) => $"less than half of the sound came through: {counts.Up} frames to the service, {counts.Down} from it, of {Tone.Frames} ({Seen(faults)})",
        _ => left.Count > 0 ? $"the call left something in Asterisk: {string.Join(", ", left)}" : null,
    };

    private static string Seen(MediaStatus faults) => faults.Faults.Count == 0 ? "no cause was found" : string.Join(", ", faults.Faults.Keys);

    private sealed class Counts
    {
        public int Up { get; set; }

        public int Down { get; set; }
    }

    /// <summary>Takes the call in the place of a conversation.</summary>
    private sealed class Exchange : ICallHandler
    {
        private readonly TaskCompletionSource<ICallLeg> _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<ICallLeg> Arrived => _arrived.Task;

        public void End() => _end.TrySetResult();

        public async Task<CallOutcome> HandleAsync(IncomingCall call, ICallLeg leg, CancellationToken stopping)
        {
            _arrived.TrySetResult(leg);
            await using var gone = leg.HungUp.Register(End);
            await using var stopped = stopping.Register(End);
            await _end.Task;
            return new(call.Id, CallResult.Done, "", NextStep.InDialplan);
        }
    }
}

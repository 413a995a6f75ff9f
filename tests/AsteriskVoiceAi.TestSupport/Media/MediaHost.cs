using System.Collections.Concurrent;
using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.AudioSocket;
using AsteriskVoiceAi.Asterisk.FastAgi;
using AsteriskVoiceAi.Asterisk.MediaWebSocket;
using AsteriskVoiceAi.Asterisk.Rtp;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.TestSupport.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.TestSupport.Media;

/// <summary>
/// The service's Asterisk side in this process, fixed on one media path, with the test in place of the conversation: both
/// ends of a call run by one clock.
/// </summary>
internal sealed class MediaHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Switchboard _switchboard;
    private readonly LogLines _log;

    private MediaHost(WebApplication app, Switchboard switchboard, LogLines log) => (_app, _switchboard, _log) = (app, switchboard, log);

    /// <summary>What the adapters logged from Information on.</summary>
    public IReadOnlyList<string> Log => _log.Lines;

    /// <summary>Counters of everything that a call leaves open somewhere.</summary>
    public int Open
    {
        get
        {
            var (ari, audio, agi) = (_app.Services.GetRequiredService<AriStatus>(), _app.Services.GetRequiredService<AudioSocketStatus>(), _app.Services.GetRequiredService<FastAgiStatus>());
            var rtp = _app.Services.GetRequiredService<RtpStatus>();
            return rtp.Links + rtp.Ports + ari.ActiveCalls + ari.MediaSockets + ari.MediaChannels + ari.Bridges + audio.SocketsOpen + audio.LinksActive + agi.ConnectionsOpen + agi.CallsActive;
        }
    }

    /// <param name="ari">For the paths over ARI; the others switch it off.</param>
    public static async Task<MediaHost> StartAsync(AriOptions ari, int agiPort)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        var (switchboard, log) = (new Switchboard(), new LogLines());
        var rtpPorts = FreePorts.UdpRange();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddRoutingCore();
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddProvider(log);
        builder.Services
            .AddSingleton<ICallHandler>(switchboard)
            .AddSingleton(Options.Create(ari))
            .AddSingleton(Options.Create(new RtpOptions { PortFirst = rtpPorts.First, PortLast = rtpPorts.Last }))
            .AddSingleton(Options.Create(new FastAgiOptions { Port = agiPort }))
            .AddSingleton(Options.Create(new AudioSocketOptions { Port = 0 }))
            .AddFastAgi()
            .AddAri();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.ListenFastAgi();
            server.ListenAudioSocket();
            server.ListenMediaSockets();
        });
        var app = builder.Build();
        app.UseMediaSockets();
        var host = new MediaHost(app, switchboard, log);
        try
        {
            await app.StartAsync();
            await host.ConnectAsync(ari.Enabled);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>The service's end of the call with that SIP Call-ID, once it is there.</summary>
    public Task<ServedCall> WaitForCallAsync(string callId, TimeSpan within) => _switchboard.WaitAsync(callId, within);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task ConnectAsync(bool needed)
    {
        var status = _app.Services.GetRequiredService<AriStatus>();
        var waits = new Waits(() => $"ARI: {status.LastError}\n{string.Join('\n', Log)}");
        status.Changed += waits.Pulse;
        await waits.UntilAsync("The connection to ARI", () => !needed || status.Connected, TimeSpan.FromSeconds(15));
        status.Changed -= waits.Pulse;
    }

    /// <summary>Hands each call to the test that made it.</summary>
    private sealed class Switchboard : ICallHandler
    {
        private readonly ConcurrentDictionary<string, ServedCall> _calls = new();
        private readonly Waits _waits;

        public Switchboard() => _waits = new(() => $"{_calls.Count} calls have come.");

        public async Task<CallOutcome> HandleAsync(IncomingCall call, ICallLeg leg, CancellationToken stopping)
        {
            var served = new ServedCall(leg);
            var name = call.Request is CallRequest.RunFlow flow ? flow.Variables.GetValueOrDefault("call", "") : "";
            _calls[name] = served;
            var serving = served.ServeAsync(stopping);
            _waits.Pulse();
            var next = await serving;
            return new(call.Id, served.HungUp ? CallResult.HangUp : CallResult.Done, "", next);
        }

        public Task<ServedCall> WaitAsync(string name, TimeSpan within) =>
            _waits.ForAsync($"The call {name} at the service", () => _calls.GetValueOrDefault(name), within);
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyList<string> Lines => [.. _lines];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{Moment.Now} {logLevel} {eventId.Id} {formatter(state, exception)}{(exception is null ? "" : " " + exception)}");

        public void Dispose()
        {
            // Holds nothing.
        }
    }
}

using System.Net;
using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.AudioSocket;
using AsteriskVoiceAi.Asterisk.FastAgi;
using AsteriskVoiceAi.Asterisk.MediaWebSocket;
using AsteriskVoiceAi.Asterisk.Rtp;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Service.Health;
using AsteriskVoiceAi.Service.Listening;
using AsteriskVoiceAi.Service.Live;
using AsteriskVoiceAi.Service.Logs;
using AsteriskVoiceAi.Service.Metrics;
using AsteriskVoiceAi.Service.Reload;
using AsteriskVoiceAi.Service.Storage;
using AsteriskVoiceAi.Service.Systemd;
using AsteriskVoiceAi.Service.Webhooks;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Service;

/// <summary>
/// Puts the service together. Reads as its table of contents. Callers of a run that crashed wait for the start, so it goes by what they need:
/// flows and voices, the ports, Asterisk; models load beside that, and what can wait begins when they are there.
/// </summary>
internal static class ServiceHost
{
    /// <summary>After the drain time calls are told so in a sentence; the rest is closing sockets and child processes.</summary>
    internal static readonly TimeSpan Closing = TimeSpan.FromSeconds(10);

    /// <param name="file">Where the settings came from, to be read again when they change; null = they never change.</param>
    public static WebApplication Build(VoiceAiOptions options, ConfigurationFile? file = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Logging.AddLogFormat(options.Log);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Calls.DrainTimeout + Closing);
        AddOptions(builder.Services, options);
        builder.Services
            .AddSystemd()
            .AddCalls()
            .AddSpeechEngines(inBackground: true)
            .AddRecords(options)
            .AddWebhooks()
            .AddFastAgi()
            .AddRtp()
            .AddAri()
            .AddTelemetry(options.Telemetry)
            .AddReload(file)
            .AddSingleton<Readiness>()
            .AddHostedService<StartUpReport>()
            .AddHostedService<MemoryReturn>();
        builder.Services.AddSingleton<IConnectionListenerFactory, GuardedListenerFactory>();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Parse(options.Http.Address), options.Http.Port);
            kestrel.ListenFastAgi();
            kestrel.ListenAudioSocket();
            kestrel.ListenMediaSockets();
        });
        var app = builder.Build();
        app.UseMediaSockets();
        app.MapHealth();
        app.MapMetrics();
        app.MapLiveCalls();
        return app;
    }

    private static void AddOptions(IServiceCollection services, VoiceAiOptions options) => services
        .AddSingleton(options)
        .AddSingleton(Options.Create(options.Calls))
        .AddSingleton(Options.Create(options.Flows))
        .AddSingleton(Options.Create(options.Recording))
        .AddSingleton(Options.Create(options.Prompts))
        .AddSingleton(Options.Create(options.Speech))
        .AddSingleton(Options.Create(options.Webhooks))
        .AddSingleton(Options.Create(options.FastAgi))
        .AddSingleton(Options.Create(options.AudioSocket))
        .AddSingleton(Options.Create(options.Rtp))
        .AddSingleton(Options.Create(options.Ari));
}

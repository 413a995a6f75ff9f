using System.Globalization;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Telemetry;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Service;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.TestSupport.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Tests.Metrics;

/// <summary>The real host on free ports, with a flow and without engines; nothing of Asterisk.</summary>
internal sealed class ServiceRig : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;

    private ServiceRig(DirectoryInfo folder, WebApplication app, int port)
    {
        (_folder, _app) = (folder, app);
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromSeconds(10) };
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public ICallFollower[] Followers => [.. Services.GetServices<ICallFollower>()];

    public static async Task<ServiceRig> StartAsync(Action<VoiceAiOptions>? configure = null)
    {
        var folder = Directory.CreateTempSubdirectory("voiceai-service-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "main.yaml"), Calls.Flows.Desk);
        var options = new VoiceAiOptions();
        (options.Http.Port, options.FastAgi.Port, options.AudioSocket.Port) = (FreePorts.Tcp(), FreePorts.Tcp(), FreePorts.Tcp());
        (options.Ari.Enabled, options.Flows.Folder, options.Flows.VectorsFolder, options.Prompts.DiskMegabytes) = (false, folder.FullName, null, 0);
        (options.Speech.ModelsFolder, options.Speech.Recognizers, options.Speech.Synthesizers) = (folder.FullName, ["missing"], ["missing"]);
        (options.Speech.TurnDetector, options.Speech.SentenceEncoder) = ("none", "none");
        options.Log.Level = LogLevel.None;
        configure?.Invoke(options);
        var app = ServiceHost.Build(options);
        await app.StartAsync();
        await app.Services.GetRequiredService<EngineReadiness>().Ready;
        return new ServiceRig(folder, app, options.Http.Port);
    }

    /// <summary>What Prometheus gets.</summary>
    public async Task<PrometheusText> ScrapeAsync()
    {
        using var response = await Http.GetAsync(new Uri("metrics", UriKind.Relative));
        Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/plain; version=0.0.4; charset=utf-8"));
        return PrometheusText.Parse(await response.Content.ReadAsStringAsync());
    }

    /// <summary>Everything that can be measured happens once.</summary>
    public void EverythingHappens()
    {
        var engines = Services.GetRequiredService<EngineMetrics>();
        engines.Served("recognition", "moonshine-base", isFirstChoice: true, TimeSpan.FromMilliseconds(90));
        engines.Failed("recognition", "moonshine-base", isLate: true);
        engines.Watch(
            new([new(SpeechEngineKind.Recognition, "moonshine-base", IsAvailable: true, "")]), () => [("recognition", "moonshine-base", true)], new EngineWorkers(1, TimeProvider.System), () => 0);
        for (var i = 0; i < 5; i++)
            Services.GetRequiredService<RecognitionSpeed>().Add("moonshine-base", TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(200), isLast: true);
        Services.GetRequiredService<MediaStatus>().CountFault("one-way");
        Services.GetRequiredService<MediaMetrics>().Follow(new FakeLink()).Dispose();
        Services.GetRequiredService<MediaMetrics>().Ended(new PhoneLine(440, 12, TimeSpan.FromMilliseconds(6), 460, 3, TimeSpan.FromMilliseconds(41)));
        Happens(Incoming("main"), Conversation);
        // Some of the runtime's metrics begin with the first collection.
        GC.Collect();
    }

    /// <summary>A call whose events these are.</summary>
    public void Happens(IncomingCall call, IEnumerable<CallEvent> events)
    {
        var all = Services.GetRequiredService<CallEvents>();
        using var followed = all.Follow(call);
        foreach (var happened in events)
            all.Publish(happened with { CallId = call.Id });
    }

    public static IncomingCall Incoming(string flow, string id = "c1") =>
        new(id, "agi:route/" + flow, "PJSIP/5551234-1", "5551234", "100", "", new CallRequest.RunFlow(flow, new Dictionary<string, string>()));

    public static IReadOnlyList<CallEvent> Conversation { get; } =
    [
        new CallEvent.Started("", "agi:route/main", "PJSIP/5551234-1", "5551234", "100"),
        new CallEvent.Said("", Ms(40), "Hello.", "flite", Ms(40), Ms(900), "barged-in"),
        new CallEvent.Paused("", Ms(2000), Ms(800), Ms(550), Ms(550), "open", null, "ended"),
        new CallEvent.Heard("", Ms(2000), "my secret invoice", 0.9, "moonshine-base", Ms(800), Ms(550), Ms(90), Ms(0)),
        new CallEvent.Understood("", Ms(2004), "billing", 0.9, "accept", Ms(4)),
        new CallEvent.Said("", Ms(2060), "Billing it is.", "flite", Ms(50), Ms(700), "completed"),
        new CallEvent.Replied("", Ms(2760), Ms(610)),
        new CallEvent.Pressed("", Ms(3000), "1234"),
        new CallEvent.Heard("", Ms(8000), "", 0, "", Ms(0), Ms(0), Ms(0), Ms(0)),
        new CallEvent.Ended("", Ms(9000), "escalate", "caller-asked", "billing", "602@billing"),
    ];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    public static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"service at {Http.BaseAddress}");
}

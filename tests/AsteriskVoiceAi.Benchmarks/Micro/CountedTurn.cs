using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Telemetry;
using AsteriskVoiceAi.TestSupport.Processes;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AsteriskVoiceAi.Benchmarks.Micro;

/// <summary>What do counting and tracing a turn cost (its pause, its text, its intent, its answer), against telling nobody of it?</summary>
public class CountedTurn
{
    private readonly IncomingCall _call = new("c1", "agi:route/main", "PJSIP/1", "1", "2", "", new CallRequest.RunFlow("main", new Dictionary<string, string>()));
    private readonly CallEvents _nobody = new();

    private CallEvents _counted = new();
    private CallEvents _traced = new();
    private List<IDisposable> _open = [];

    [GlobalSetup]
    public void Start()
    {
        var services = new ServiceCollection().AddLogging().AddMetrics();
        // Nobody reads them meanwhile: what counts is the recording.
        services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter("AsteriskVoiceAi.*").AddPrometheusExporter()).WithTracing(traces => traces.AddSource("AsteriskVoiceAi.*"));
        services.AddSingleton(new FlowCatalog(new FlowsOptions { Folder = Repository.PathOf("flows"), Reload = false }, TimeProvider.System, NullLogger<FlowCatalog>.Instance));
        services.AddSingleton(TimeProvider.System).AddSingleton<CallMetrics>().AddSingleton<CallTraces>();
        var provider = services.BuildServiceProvider();
        _open = [provider, provider.GetRequiredService<MeterProvider>(), provider.GetRequiredService<TracerProvider>()];
        _counted = new CallEvents(provider.GetRequiredService<CallMetrics>());
        _traced = new CallEvents(provider.GetRequiredService<CallTraces>());
        _open.AddRange([_nobody.Follow(_call), _counted.Follow(_call), _traced.Follow(_call)]);
    }

    [GlobalCleanup]
    public void Stop()
    {
        foreach (var each in Enumerable.Reverse(_open))
            each.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Nobody() => Turn(_nobody);

    [Benchmark]
    public void Counted() => Turn(_counted);

    [Benchmark]
    public void Traced() => Turn(_traced);

    private static void Turn(CallEvents events)
    {
        events.Publish(new CallEvent.Paused("c1", Ms(2000), Ms(800), Ms(550), Ms(550), "open", null, "ended"));
        events.Publish(new CallEvent.Heard("c1", Ms(2000), "where is my parcel", 0.9, "moonshine-base", Ms(800), Ms(550), Ms(90), Ms(0)));
        events.Publish(new CallEvent.Understood("c1", Ms(2004), "track-parcel", 0.9, "accept", Ms(4)));
        events.Publish(new CallEvent.Said("c1", Ms(2060), "It is on its way.", "flite", Ms(50), Ms(700), "completed"));
        events.Publish(new CallEvent.Replied("c1", Ms(2760), Ms(610)));
    }

    private static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);
}

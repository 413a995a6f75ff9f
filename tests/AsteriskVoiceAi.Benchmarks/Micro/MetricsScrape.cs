using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Service;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.TestSupport.Processes;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Benchmarks.Micro;

/// <summary>What does a scrape of a service with ten flows' worth of outcomes cost, against asking it whether it lives?</summary>
public class MetricsScrape
{
    private readonly HttpClient _http = new();

    private WebApplication? _service;
    private Uri? _address;

    [GlobalSetup]
    public async Task StartAsync()
    {
        var options = new VoiceAiOptions();
        (options.Http.Port, options.FastAgi.Port, options.AudioSocket.Port) = (FreePorts.Tcp(), FreePorts.Tcp(), FreePorts.Tcp());
        (options.Ari.Enabled, options.Flows.Folder, options.Flows.VectorsFolder, options.Prompts.DiskMegabytes, options.Log.Level) = (false, Repository.PathOf("flows"), null, 0, LogLevel.None);
        (options.Speech.Recognizers, options.Speech.Synthesizers, options.Speech.TurnDetector, options.Speech.SentenceEncoder) = (["none"], ["none"], "none", "none");
        _service = ServiceHost.Build(options);
        await _service.StartAsync();
        _address = new Uri($"http://127.0.0.1:{options.Http.Port}/");
        var events = _service.Services.GetRequiredService<CallEvents>();
        for (var i = 0; i < 100; i++)
        {
            var call = new IncomingCall($"c{i}", $"entry{i % 10}:main", "", "", "", "", new CallRequest.RunFlow("main", new Dictionary<string, string>()));
            using var followed = events.Follow(call);
            events.Publish(new CallEvent.Heard(call.Id, TimeSpan.Zero, "words", 1, $"engine{i % 4}", TimeSpan.Zero, TimeSpan.FromMilliseconds(i * 10), TimeSpan.FromMilliseconds(i), TimeSpan.Zero));
            events.Publish(new CallEvent.Said(call.Id, TimeSpan.Zero, "words", $"voice{i % 3}", TimeSpan.FromMilliseconds(i), TimeSpan.Zero, "completed"));
            events.Publish(new CallEvent.Ended(call.Id, TimeSpan.FromSeconds(i), "escalate", $"reason{i / 10}", "", ""));
        }
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        _http.Dispose();
        await _service!.DisposeAsync();
    }

    [Benchmark(Baseline = true)]
    public Task<string> Alive() => _http.GetStringAsync(new Uri(_address!, "health/live"));

    [Benchmark]
    public Task<string> Scrape() => _http.GetStringAsync(new Uri(_address!, "metrics"));
}

using System.Diagnostics;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Service.Metrics;
using AsteriskVoiceAi.Tests.Ari;
using AsteriskVoiceAi.Tests.Calls;
using AsteriskVoiceAi.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AsteriskVoiceAi.Tests.Metrics;

/// <summary>What a collector gets from the real host.</summary>
internal sealed class CollectorTests
{
    [TestCase(TelemetryProtocol.Grpc)]
    [TestCase(TelemetryProtocol.HttpProtobuf)]
    public async Task Collector_gets_metrics_and_the_trace_of_a_whole_call(TelemetryProtocol protocol)
    {
        await using var collector = await CollectorStandIn.StartAsync(grpc: protocol == TelemetryProtocol.Grpc);
        await using var service = await StartAsync(collector, protocol);
        await using (var call = new CallScript(followers: service.Followers).Arrives())
        {
            await call.HearsAsync("Hello.");
            await call.SaysAsync("I have a question about my invoice.", confidence: 0.8);
            await call.HearsAsync("Billing it is.");
            await call.EndsAsync("done 602@billing");
        }
        Flush(service);
        await collector.WaitForAsync("The trace and the metrics", got => got.Spans.Any(span => span.Name == "call") && got.Metrics.Contains("voiceai.step.duration"));

        var whole = collector.Spans.Single(span => span.Name == "call");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(collector.Metrics, Does.Contain("voiceai.calls").And.Contain("voiceai.step.duration"));
            Assert.That(whole.Parent, Is.Empty);
            Assert.That(whole.Attributes, Does.ContainKey("voiceai.call.id").WithValue("c1"));
            Assert.That(whole.Attributes, Does.ContainKey("voiceai.outcome").WithValue("done"));
            Assert.That(whole.Events, Is.EqualTo(new[] { "replied" }));
            Assert.That(collector.Spans.Select(span => span.Trace).Distinct().Count(), Is.EqualTo(1));
            Assert.That(
                Tree(collector.Spans, whole),
                Is.EqualTo("call(greeting(synthesise play) listen(recognise) understand reply(synthesise play) route)"));
            // Said: 200 ms a word by the script's voice.
            Assert.That(Milliseconds(collector.Spans.Single(span => span.Name == "play" && span.Parent == collector.Spans.Single(parent => parent.Name == "greeting").Id)), Is.EqualTo(200));
            Assert.That(collector.Spans.SelectMany(span => span.Attributes.Values), Has.None.Contains("invoice").And.None.Contains("Billing it is"));
        }
    }

    [Test]
    public async Task Trace_ends_when_the_caller_hangs_up()
    {
        await using var collector = await CollectorStandIn.StartAsync(grpc: false);
        await using var service = await StartAsync(collector, TelemetryProtocol.HttpProtobuf);
        await using (var call = new CallScript(followers: service.Followers).Arrives())
        {
            await call.BeginsToHearAsync("Hello.");
            call.HangsUp();
            await call.EndsAsync("hangup caller-hung-up dialplan");
        }
        Flush(service);
        await collector.WaitForAsync("The trace", got => got.Spans.Any(span => span.Name == "call"));

        Assert.That(Tree(collector.Spans, collector.Spans.Single(span => span.Name == "call")), Is.EqualTo("call(greeting(synthesise play) route)"));
    }

    [Test]
    public async Task Trace_of_a_call_that_broke_ends_as_an_error()
    {
        await using var collector = await CollectorStandIn.StartAsync(grpc: false);
        await using var service = await StartAsync(collector, TelemetryProtocol.HttpProtobuf);
        service.Happens(ServiceRig.Incoming("main"), [new CallEvent.Ended("", TimeSpan.FromSeconds(1), "error", "internal", "", "dialplan")]);
        // Nobody said that it ended: the work for it is over all the same.
        service.Happens(ServiceRig.Incoming("main", "c2"), []);
        Flush(service);
        await collector.WaitForAsync("Both traces", got => got.Spans.Count(span => span.Name == "call") >= 2);

        var ended = collector.Spans.Where(span => span.Name == "call").ToList();
        Assert.That(ended, Has.Count.EqualTo(2));
        Assert.That(ended.Single(span => span.Attributes["voiceai.call.id"] == "c1").Status, Is.EqualTo(2), "STATUS_CODE_ERROR");
        Assert.That(Activity.Current, Is.Null);
    }

    [Test]
    public async Task Token_of_the_headers_file_is_sent()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "token=se cret\n");
        await using var collector = await CollectorStandIn.StartAsync(grpc: false);
        await using (var service = await StartAsync(collector, TelemetryProtocol.HttpProtobuf, options => options.HeadersFile = file))
        {
            Flush(service);
            await collector.WaitForAsync("A request", got => got.Tokens.Count > 0);
        }
        File.Delete(file);

        Assert.That(collector.Tokens, Is.Not.Empty.And.All.EqualTo("se cret"));
    }

    [Test]
    public async Task Collector_that_is_not_there_is_told_once()
    {
        using var lines = new RecordingLogger();
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(lines));
        await using var collector = await CollectorStandIn.StartAsync(grpc: false);
        await using var service = await StartAsync(collector, TelemetryProtocol.HttpProtobuf);
        await collector.DisposeAsync();
        using var problems = new TelemetryProblems(TimeProvider.System, logs.CreateLogger<TelemetryProblems>());
        var told = new Waits(lines.ToString);
        lines.Written += told.Pulse;
        for (var i = 0; i < 2; i++)
        {
            service.Happens(ServiceRig.Incoming("main"), ServiceRig.Conversation);
            service.Services.GetRequiredService<TracerProvider>().ForceFlush(10_000);
            await told.UntilAsync("The warning", () => Warnings() > 0, TimeSpan.FromSeconds(20));
        }

        Assert.That(Warnings(), Is.EqualTo(1), lines.ToString());

        int Warnings() => lines.Lines.Count(line => line.Level == LogLevel.Warning && line.Text.Contains(collector.Endpoint.Authority, StringComparison.Ordinal));
    }

    [Test]
    public async Task Nothing_is_traced_where_no_collector_is_configured()
    {
        await using var service = await ServiceRig.StartAsync();
        Assert.That(service.Services.GetService<TracerProvider>(), Is.Null);
    }

    private static Task<ServiceRig> StartAsync(CollectorStandIn collector, TelemetryProtocol protocol, Action<TelemetryOptions>? configure = null) => ServiceRig.StartAsync(options =>
    {
        (options.Telemetry.Endpoint, options.Telemetry.Protocol) = (collector.Endpoint, protocol);
        configure?.Invoke(options.Telemetry);
    });

    private static void Flush(ServiceRig service)
    {
        Assert.That(service.Services.GetRequiredService<TracerProvider>().ForceFlush(10_000), Is.True);
        // Says no wherever Prometheus' reader is, which has nobody to give them to just now.
        service.Services.GetRequiredService<MeterProvider>().ForceFlush(10_000);
    }

    private static double Milliseconds(CollectedSpan span) => Math.Round((span.End - span.Start) / 1e6);

    private static string Tree(IReadOnlyList<CollectedSpan> spans, CollectedSpan root)
    {
        var children = spans.Where(span => span.Parent == root.Id).OrderBy(span => span.Start).ThenBy(span => span.End).Select(span => Tree(spans, span)).ToList();
        return children.Count == 0 ? root.Name : $"{root.Name}({string.Join(' ', children)})";
    }
}

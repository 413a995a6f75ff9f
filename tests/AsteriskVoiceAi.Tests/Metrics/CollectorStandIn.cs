using System.Collections.Concurrent;
using System.Net;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AsteriskVoiceAi.Tests.Metrics;

/// <summary>An OTLP collector on loopback, over gRPC or HTTP, as opentelemetry-proto defines them. Keeps what it gets.</summary>
internal sealed class CollectorStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<CollectedSpan> _spans = new();
    private readonly ConcurrentQueue<string> _metrics = new();
    private readonly ConcurrentQueue<string> _tokens = new();

    private readonly Waits _waits;

    private CollectorStandIn(WebApplication app, Uri endpoint) =>
        (_app, Endpoint, _waits) = (app, endpoint, new Waits(() => $"It got the spans {string.Join(", ", Spans.Select(span => span.Name))} and the metrics {string.Join(", ", Metrics)}."));

    public Uri Endpoint { get; }

    public IReadOnlyList<CollectedSpan> Spans => [.. _spans];

    public IReadOnlyList<string> Metrics => [.. _metrics];

    /// <summary>What requests brought in the header "token".</summary>
    public IReadOnlyList<string> Tokens => [.. _tokens];

    public static async Task<CollectorStandIn> StartAsync(bool grpc)
    {
        var port = FreePorts.Tcp();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.Listen(IPAddress.Loopback, port, listen => listen.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var app = builder.Build();
        var collector = new CollectorStandIn(app, new Uri($"http://127.0.0.1:{port}"));
        app.Run(context => collector.TakeAsync(context, grpc));
        await app.StartAsync();
        return collector;
    }

    /// <summary>Waits until what was sent has come. A flush of OpenTelemetry may return while its request is still on its way.</summary>
    public Task WaitForAsync(string what, Func<CollectorStandIn, bool> condition) => _waits.UntilAsync(what, () => condition(this), TimeSpan.FromSeconds(20));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context, bool grpc)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        // gRPC: one byte that says whether it is compressed, four bytes of length.
        var message = new ProtobufMessage(body.ToArray().AsSpan(grpc ? 5 : 0));
        _tokens.Enqueue(context.Request.Headers["token"].ToString());
        switch (context.Request.Path.Value)
        {
            case "/v1/traces" or "/opentelemetry.proto.collector.trace.v1.TraceService/Export":
                foreach (var span in message.Messages(1).SelectMany(resource => resource.Messages(2)).SelectMany(scope => scope.Messages(2)))
                    _spans.Enqueue(CollectedSpan.From(span));
                break;
            case "/v1/metrics" or "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export":
                foreach (var metric in message.Messages(1).SelectMany(resource => resource.Messages(2)).SelectMany(scope => scope.Messages(2)))
                    _metrics.Enqueue(metric.Text(1));
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
        }
        _waits.Pulse();
        context.Response.ContentType = grpc ? "application/grpc" : "application/x-protobuf";
        if (!grpc)
            return;
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}

/// <summary>opentelemetry.proto.trace.v1.Span, as far as it is looked at.</summary>
internal sealed record CollectedSpan(string Trace, string Id, string Parent, string Name, ulong Start, ulong End, ulong Status, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Events)
{
    public static CollectedSpan From(ProtobufMessage span) => new(
        span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), span.Number(7), span.Number(8), span.Messages(15).Select(status => status.Number(3)).FirstOrDefault(),
        span.Messages(9).ToDictionary(attribute => attribute.Text(1), attribute => attribute.Messages(2).Single().Text(1)),
        [.. span.Messages(11).Select(happened => happened.Text(2))]);
}

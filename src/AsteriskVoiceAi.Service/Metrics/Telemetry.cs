using System.Reflection;
using AsteriskVoiceAi.Service.Configuration;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AsteriskVoiceAi.Service.Metrics;

/// <summary>Metrics for Prometheus at <c>/metrics</c>; metrics and traces for a collector where one is configured.</summary>
internal static class Telemetry
{
    public const string Path = "/metrics";

    private const string ServiceName = "asterisk-voiceai";

    /// <summary>Meters and trace sources are named after their projects.</summary>
    private const string Ours = "AsteriskVoiceAi.*";

    /// <summary>The runtime's own meter has 20 instruments; these tell whether the process is well.</summary>
    private static readonly string[] RuntimeMetrics =
        ["dotnet.process.memory.working_set", "dotnet.process.cpu.time", "dotnet.gc.pause.time", "dotnet.gc.last_collection.heap.size"];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetryOptions options)
    {
        services.AddHostedService<StatusMetrics>();
        services.AddHostedService<TelemetryProblems>();
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.Clear().AddService(ServiceName, serviceVersion: Version(), serviceInstanceId: Environment.MachineName))
            .WithMetrics(metrics => AddMeters(metrics, options));
        if (options.Endpoint is not null && options.TraceShare > 0)
        {
            telemetry.WithTracing(traces => traces
                .AddSource(Ours)
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TraceShare)))
                .AddOtlpExporter(exporter => Configure(exporter, options, "v1/traces")));
        }
        return services;
    }

    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapPrometheusScrapingEndpoint(Path);

    private static void AddMeters(MeterProviderBuilder metrics, TelemetryOptions options)
    {
        metrics.AddMeter(Ours, "System.Runtime")
            .AddView(instrument => instrument.Meter.Name == "System.Runtime" && !RuntimeMetrics.Contains(instrument.Name) ? MetricStreamConfiguration.Drop : null)
            .AddPrometheusExporter(prometheus =>
            {
                // Whose meter it is says nothing that the name doesn't.
                prometheus.ScopeInfoEnabled = false;
                // What is asked for is what is now; asking costs milliseconds.
                prometheus.ScrapeResponseCacheDurationMilliseconds = 0;
            });
        if (options.Endpoint is not null)
        {
            metrics.AddOtlpExporter((exporter, reader) =>
            {
                Configure(exporter, options, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Interval.TotalMilliseconds;
            });
        }
    }

    private static void Configure(OtlpExporterOptions exporter, TelemetryOptions options, string path)
    {
        exporter.Protocol = options.Protocol == TelemetryProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        // Over HTTP the exporter appends the path only to an endpoint from its own environment variable.
        exporter.Endpoint = options.Protocol == TelemetryProtocol.Grpc ? options.Endpoint! : new Uri($"{options.Endpoint!.ToString().TrimEnd('/')}/{path}");
        if (options.HeadersFile is not null)
            exporter.Headers = string.Join(',', File.ReadLines(options.HeadersFile).Select(line => line.Trim()).Where(line => line.Length > 0));
    }

    private static string Version() => typeof(Telemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}

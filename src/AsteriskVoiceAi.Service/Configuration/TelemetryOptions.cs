using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AsteriskVoiceAi.Service.Configuration;

/// <summary>Where metrics and traces go; Prometheus fetches its own from <c>/metrics</c>.</summary>
public sealed class TelemetryOptions : IValidatableObject
{
    [Description("An OpenTelemetry collector for metrics and traces, such as http://127.0.0.1:4317 (grpc) or http://127.0.0.1:4318 (http-protobuf). Default none = nothing is sent. It gets no words of callers and no numbers.")]
    public Uri? Endpoint { get; set; }

    [Description("How the collector is spoken to.")]
    public TelemetryProtocol Protocol { get; set; } = TelemetryProtocol.Grpc;

    [Description("A file with headers for the collector, one NAME=VALUE a line, such as a token. Default none. It is read at start and never logged.")]
    public string? HeadersFile { get; set; }

    [Description("How often metrics are sent. Default 30s.")]
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    [Description("Share of calls whose trace is sent. Default 1 = all; a call of ten turns is about 60 spans, 20 kB.")]
    [Range(0.0, 1.0)]
    public double TraceShare { get; set; } = 1;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        string? problem = null;
        try
        {
            if (HeadersFile is not null && File.ReadLines(HeadersFile).Any(line => line.Trim().Length > 0 && line.IndexOf('=', StringComparison.Ordinal) < 1))
                problem = "each line must be NAME=VALUE.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"the file can't be read: {e.Message}";
        }
        return problem is null ? [] : [new ValidationResult(problem, [nameof(HeadersFile)])];
    }
}

/// <summary>OTLP's two transports.</summary>
public enum TelemetryProtocol
{
    Grpc,
    HttpProtobuf,
}

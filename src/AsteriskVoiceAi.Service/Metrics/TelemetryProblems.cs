using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace AsteriskVoiceAi.Service.Metrics;

/// <summary>
/// Tells an operator what the exporters only tell event listeners, such as a collector that can't be reached: each kind of problem once in
/// a while, not with every export. Thread-safe.
/// </summary>
internal sealed partial class TelemetryProblems : EventListener, IHostedService
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);

    /// <summary>Warnings are for who writes the program: an instrument that no view takes, a signal that is not exported.</summary>
    private const EventLevel Worst = EventLevel.Error;

    private readonly ConcurrentDictionary<string, long> _told = new();
    private readonly TimeProvider _time;
    private readonly ILogger<TelemetryProblems> _log;

    public TelemetryProblems(TimeProvider time, ILogger<TelemetryProblems> log)
    {
        (_time, _log) = (time, log);
        // Sources that were there before us were shown to the base class, before there was a log.
        foreach (var source in EventSource.GetSources())
            Listen(source);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (_log is not null)
            Listen(eventSource);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.Level > Worst)
            return;
        var now = _time.GetTimestamp();
        var name = $"{eventData.EventSource.Name}/{eventData.EventName}";
        if (_told.TryGetValue(name, out var told) && _time.GetElapsedTime(told, now) < Quiet)
            return;
        _told[name] = now;
        Problem(_log, eventData.EventName ?? "", Words(eventData));
    }

    private void Listen(EventSource source)
    {
        if (source.Name.StartsWith("OpenTelemetry", StringComparison.Ordinal))
            EnableEvents(source, Worst);
    }

    /// <summary>The event's own sentence with what it holds; the first line of each, as some hold a stack.</summary>
    private static string Words(EventWrittenEventArgs happened)
    {
        var values = (happened.Payload ?? []).Select(value => (value?.ToString() ?? "").Split('\n')[0].Trim()).ToArray();
        try
        {
            return string.Format(System.Globalization.CultureInfo.InvariantCulture, happened.Message ?? string.Join("; ", values), values);
        }
        catch (FormatException)
        {
            return string.Join("; ", values);
        }
    }

    [LoggerMessage(9030, LogLevel.Warning, "Telemetry: {Event}: {Message} (told once in ten minutes; calls are not touched. See telemetry.endpoint)")]
    private static partial void Problem(ILogger log, string @event, string message);
}

using AsteriskVoiceAi.Service.Configuration;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Service.Logs;

/// <summary>Sets up the log.</summary>
internal static class LogFormats
{
    public static void AddLogFormat(this ILoggingBuilder logging, LogOptions options)
    {
        logging.ClearProviders();
        var levels = new LogLevels(options.Level);
        logging.Services
            .AddSingleton(levels)
            .AddSingleton<IConfigureOptions<LoggerFilterOptions>>(levels)
            .AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(levels);
        var format = Chosen(options.Format);
        // The trace's id is a field for collectors; beside the call's id it tells people nothing.
        logging.Configure(factory => factory.ActivityTrackingOptions = format == LogFormat.Json ? ActivityTrackingOptions.TraceId : ActivityTrackingOptions.None);
        switch (format)
        {
            case LogFormat.Systemd:
                logging.AddSystemdConsole(console => console.IncludeScopes = true);
                break;
            case LogFormat.Json:
                logging.AddJsonConsole(console => { console.IncludeScopes = true; console.UseUtcTimestamp = true; console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ"; });
                break;
            default:
                logging.AddSimpleConsole(console => { console.SingleLine = true; console.IncludeScopes = true; console.TimestampFormat = "HH:mm:ss.fff "; });
                break;
        }
    }

    private static LogFormat Chosen(LogFormat format) =>
        format != LogFormat.Auto ? format
        : JournalStream.IsOurs(Environment.GetEnvironmentVariable("JOURNAL_STREAM"), JournalStream.StandardOutput) ? LogFormat.Systemd
        : LogFormat.Text;
}

using AsteriskVoiceAi.Service.Configuration;

namespace AsteriskVoiceAi.Service.Logs;

/// <summary>How log lines look.</summary>
public enum LogFormat
{
    Text,
    Systemd,
    Json,
}

internal static class LogFormats
{
    public static void AddLogFormat(this ILoggingBuilder logging, LogOptions options)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(options.Level);
        // The framework's own start-up chatter says nothing to an operator; its warnings do.
        if (options.Level > LogLevel.Debug)
            logging.AddFilter("Microsoft", LogLevel.Warning);
        switch (options.Format)
        {
            case LogFormat.Systemd:
                logging.AddSystemdConsole(console => console.IncludeScopes = true);
                break;
            case LogFormat.Json:
                logging.AddJsonConsole(console => { console.IncludeScopes = true; console.UseUtcTimestamp = true; });
                break;
            default:
                logging.AddSimpleConsole(console => { console.SingleLine = true; console.IncludeScopes = true; console.TimestampFormat = "HH:mm:ss.fff "; });
                break;
        }
    }
}

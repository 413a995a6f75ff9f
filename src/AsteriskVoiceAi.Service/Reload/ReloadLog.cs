namespace AsteriskVoiceAi.Service.Reload;

internal static partial class ReloadLog
{
    [LoggerMessage(9020, LogLevel.Information, "{Key} is {New} from now on; it was {Old}")]
    public static partial void Applied(this ILogger log, string key, string @new, string old);

    [LoggerMessage(9021, LogLevel.Warning, "{Key} has changed from {Old} to {New}; that applies after a restart")]
    public static partial void NeedsRestart(this ILogger log, string key, string old, string @new);

    [LoggerMessage(9028, LogLevel.Warning, "{Key} has changed; that applies after a restart")]
    public static partial void SecretNeedsRestart(this ILogger log, string key);

    [LoggerMessage(9022, LogLevel.Information, "{Key} is again what runs: no restart is needed for it")]
    public static partial void IsAsRunning(this ILogger log, string key);

    [LoggerMessage(9023, LogLevel.Error, "{Problem}")]
    public static partial void Refused(this ILogger log, string problem);

    [LoggerMessage(9024, LogLevel.Error, "The settings in {Source} have mistakes, so nothing was changed: the service runs on with those it has. It would not start with these")]
    public static partial void KeptRunning(this ILogger log, string source);

    [LoggerMessage(9025, LogLevel.Information, "SIGHUP: no setting in {Source} has changed")]
    public static partial void NothingNew(this ILogger log, string source);

    [LoggerMessage(9026, LogLevel.Warning, "Changes of {File} can't be seen ({Message}): send SIGHUP after a change")]
    public static partial void WatchFailed(this ILogger log, string file, string message);

    [LoggerMessage(9027, LogLevel.Error, "Reading the settings again failed; the service runs on with those it has. Please report this")]
    public static partial void Broken(this ILogger log, Exception exception);
}

namespace AsteriskVoiceAi.Service.Storage;

/// <summary>Log lines about call records. No words of callers.</summary>
internal static partial class RecordsLog
{
    [LoggerMessage(9300, LogLevel.Information, "Call records go to the {Database}")]
    public static partial void Opened(this ILogger logger, string database);

    [LoggerMessage(9301, LogLevel.Information, "Database of call records brought up to date: {Migrations}")]
    public static partial void Migrated(this ILogger logger, string migrations);

    [LoggerMessage(9302, LogLevel.Warning, "{Calls} calls were running when the service ended; their records are marked as interrupted")]
    public static partial void Interrupted(this ILogger logger, int calls);

    [LoggerMessage(9303, LogLevel.Error, "Call records can't be written ({Cause}): {Reason}. Calls go on; up to {Room} calls and turns wait in memory")]
    public static partial void Failing(this ILogger logger, string cause, string reason, int room);

    [LoggerMessage(9304, LogLevel.Information, "Call records are written again to the {Database}")]
    public static partial void Recovered(this ILogger logger, string database);

    [LoggerMessage(9305, LogLevel.Error, "The database of call records is damaged; it is kept as {Aside} and a new one is begun: {Reason}")]
    public static partial void SetAside(this ILogger logger, string aside, string reason);

    [LoggerMessage(9306, LogLevel.Error, "Call records are being lost: more wait than there is room for ({Room} calls and turns). Of how many calls /status counts, and the line that says when it is over")]
    public static partial void Losing(this ILogger logger, int room);

    [LoggerMessage(9307, LogLevel.Warning, "Of {Calls} calls the record, or a part of it, was lost")]
    public static partial void WereLost(this ILogger logger, long calls);

    [LoggerMessage(9308, LogLevel.Information, "{Calls} call records older than {Days} days deleted")]
    public static partial void Deleted(this ILogger logger, int calls, int days);

    [LoggerMessage(9309, LogLevel.Warning, "{Waiting} calls and turns could not be written before the service ended")]
    public static partial void LeftUnwritten(this ILogger logger, int waiting);

    [LoggerMessage(9310, LogLevel.Error, "Writing call records failed for a reason that is ours; it is tried again")]
    public static partial void Broken(this ILogger logger, Exception broken);
}

using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>Log lines about flow files; 2100s.</summary>
internal static partial class FlowLog
{
    [LoggerMessage(2100, LogLevel.Information, "Flow {Flow} loaded: {Intents} intents, learned after {Milliseconds:0} ms; callers are understood {How}: {Forecast}")]
    public static partial void Loaded(ILogger logger, string flow, int intents, double milliseconds, string how, string forecast);

    [LoggerMessage(2101, LogLevel.Error, "Flow file refused: {Problem}")]
    public static partial void Refused(ILogger logger, string problem);

    [LoggerMessage(2102, LogLevel.Warning, "Flow {Flow} stays as it was before the change: its file has {Problems} problems")]
    public static partial void KeptLastGood(ILogger logger, string flow, int problems);

    [LoggerMessage(2103, LogLevel.Information, "Flow {Flow} removed: its file is gone; calls that run it go on")]
    public static partial void Removed(ILogger logger, string flow);

    [LoggerMessage(2104, LogLevel.Error, "Flow folder {Folder} can't be read ({Why}); create it or set Flows:Folder")]
    public static partial void FolderUnreadable(ILogger logger, string folder, string why);

    [LoggerMessage(2105, LogLevel.Warning, "File {File} is not loaded: flow files end in .yaml")]
    public static partial void WrongExtension(ILogger logger, string file);

    [LoggerMessage(2106, LogLevel.Warning, "Watching flow folder {Folder} failed ({Why}); changes need a restart")]
    public static partial void WatchFailed(ILogger logger, string folder, string why);

    [LoggerMessage(2107, LogLevel.Error, "Loading changed flows failed; flows stay as they were or are loaded in part")]
    public static partial void ReloadFailed(ILogger logger, Exception exception);

    [LoggerMessage(2108, LogLevel.Error, "Flow {Flow} could not learn from its examples: its callers would be greeted and not understood")]
    public static partial void NotLearned(ILogger logger, string flow, Exception exception);
}

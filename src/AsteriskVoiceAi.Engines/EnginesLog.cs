using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Engines;

internal static partial class EnginesLog
{
    /// <summary>Tells of each engine whether it is there.</summary>
    public static void Found(ILogger logger, SpeechEnginesReport report)
    {
        var speaks = report.Engines.FirstOrDefault(engine => engine is { Kind: SpeechEngineKind.Synthesis, IsAvailable: true })?.Name ?? "nobody";
        foreach (var engine in report.Engines)
        {
            if (engine.IsAvailable)
                Ready(logger, engine.Name, engine.Kind.ToString(), engine.Detail);
            else if (engine.Kind == SpeechEngineKind.TurnDetection)
                Without(logger, engine.Name, engine.Kind.ToString(), engine.Detail);
            else if (engine.Kind == SpeechEngineKind.Synthesis)
                VoiceMissing(logger, engine.Name, speaks, engine.Detail);
            else
                Missing(logger, engine.Name, engine.Kind.ToString(), engine.Detail);
        }
    }

    [LoggerMessage(8400, LogLevel.Information, "Speech engine {Engine} ({Kind}) is ready: {Detail}")]
    private static partial void Ready(ILogger logger, string engine, string kind, string detail);

    [LoggerMessage(8401, LogLevel.Warning, "Speech engine {Engine} ({Kind}) is not available: {Detail}")]
    private static partial void Missing(ILogger logger, string engine, string kind, string detail);

    [LoggerMessage(8402, LogLevel.Warning, "{Kind} engine {Engine} failed, trying the next: {Reason}")]
    public static partial void RungFailed(ILogger logger, string kind, string engine, string reason);

    [LoggerMessage(8403, LogLevel.Debug, "Speech engines warmed up in {Milliseconds} ms")]
    public static partial void WarmedUp(ILogger logger, double milliseconds);

    [LoggerMessage(8404, LogLevel.Warning, "Warming up {Engine} failed: {Reason}")]
    public static partial void WarmUpFailed(ILogger logger, string engine, string reason);

    [LoggerMessage(8409, LogLevel.Error, "The voice {Engine} can't be had, so {Otherwise} speaks in its place: {Detail}")]
    private static partial void VoiceMissing(ILogger logger, string engine, string otherwise, string detail);

    [LoggerMessage(8407, LogLevel.Information, "Recognizers by accuracy, those first that heard a clip of 4 s within {Milliseconds} ms: {Order}")]
    public static partial void Arranged(ILogger logger, double milliseconds, string order);

    [LoggerMessage(8408, LogLevel.Information, "English calls are heard by {English}, calls in other languages by {Others}")]
    public static partial void Leads(ILogger logger, string english, string others);

    [LoggerMessage(8405, LogLevel.Information, "Speech engine {Engine} ({Kind}) is not installed, and calls go on without it: {Detail}")]
    private static partial void Without(ILogger logger, string engine, string kind, string detail);

    [LoggerMessage(8406, LogLevel.Warning, "{Engine} could not judge a pause, so words and time decide: {Reason}")]
    public static partial void TurnDetectorFailed(ILogger logger, string engine, string reason);

    [LoggerMessage(8412, LogLevel.Warning, "The language model of speech.language-model could not be asked and is left alone for {Seconds:0} s: {Why}")]
    public static partial void AdvisorFailed(ILogger logger, double seconds, string why);

    [LoggerMessage(8411, LogLevel.Critical, "The speech engines could not be started, so the service ends. Please report this")]
    public static partial void StartFailed(ILogger logger, Exception exception);

    [LoggerMessage(8413, LogLevel.Information, "Prepared {File} for this machine in {Milliseconds:0} ms; later starts take it as it is")]
    public static partial void ModelPrepared(ILogger logger, string file, double milliseconds);

    [LoggerMessage(8414, LogLevel.Warning, "{File} can't be kept prepared ({Why}), so every start takes longer; make speech.prepared-models-folder a folder that the service may write, with room for 250 MB, or empty")]
    public static partial void ModelNotPrepared(ILogger logger, string file, string why);

    [LoggerMessage(8415, LogLevel.Warning, "The prepared model {File} is thrown away and made again: {Why}")]
    public static partial void PreparedModelDiscarded(ILogger logger, string file, string why);

    [LoggerMessage(8410, LogLevel.Warning, "The key of speech.language-model.key-file can't be read ({Why}), so the language model is not asked")]
    public static partial void AdvisorKeyUnreadable(ILogger logger, string why);
}

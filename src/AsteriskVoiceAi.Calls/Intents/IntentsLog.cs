using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Log lines about what flows learn and how callers are understood; 4000s.</summary>
internal static partial class IntentsLog
{
    [LoggerMessage(4000, LogLevel.Warning, "The kept vectors of flow {Flow} can't be read ({Why}), so its examples are encoded again; see flows.vectors-folder")]
    public static partial void VectorsUnreadable(ILogger logger, string flow, string why);

    [LoggerMessage(4001, LogLevel.Warning, "The vectors of flow {Flow} can't be kept ({Why}), so every start encodes its examples again; make flows.vectors-folder a folder that the service may write")]
    public static partial void VectorsNotKept(ILogger logger, string flow, string why);

    [LoggerMessage(4002, LogLevel.Warning, "The sentence encoder failed ({Why}); flow {Flow} understands callers by their words alone until it is loaded again")]
    public static partial void EncoderFailed(ILogger logger, string flow, string why);

    [LoggerMessage(4003, LogLevel.Warning, "The sentence encoder failed ({Why}); an utterance was understood by its words alone")]
    public static partial void UtteranceNotEncoded(ILogger logger, string why);
}

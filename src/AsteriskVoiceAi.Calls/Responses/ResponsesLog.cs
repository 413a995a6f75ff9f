using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls.Responses;

/// <summary>Log lines about conversations; 5000s.</summary>
internal static partial class ResponsesLog
{
    [LoggerMessage(5000, LogLevel.Warning, "Flow {Flow} uses {{{Variable}}}, but the dialplan passed no value, no server answered one, and the flow has no default; nothing stands in its place")]
    public static partial void VariableMissing(ILogger logger, string flow, string variable);

    [LoggerMessage(5001, LogLevel.Information, "Flow {Flow}: conversation ended after {Turns} turns, the limit")]
    public static partial void TooManyTurns(ILogger logger, string flow, int turns);

    [LoggerMessage(5002, LogLevel.Warning, "Flow {Flow}: {Server} failed for intent {Intent} ({Why}); the caller goes {Where}")]
    public static partial void WebhookFailed(ILogger logger, string flow, string server, string intent, string why, string where);
}

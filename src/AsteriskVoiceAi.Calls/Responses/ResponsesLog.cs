using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls.Responses;

/// <summary>Log lines about conversations; 5000s.</summary>
internal static partial class ResponsesLog
{
    [LoggerMessage(5000, LogLevel.Warning, "Flow {Flow} says {{{Variable}}}, but the dialplan passed no value and the flow has no default; nothing is said in its place")]
    public static partial void VariableMissing(ILogger logger, string flow, string variable);

    [LoggerMessage(5001, LogLevel.Information, "Flow {Flow}: conversation ended after {Turns} turns, the limit")]
    public static partial void TooManyTurns(ILogger logger, string flow, int turns);
}

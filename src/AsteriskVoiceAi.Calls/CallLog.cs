using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls;

internal static partial class CallLog
{
    [LoggerMessage(1001, LogLevel.Debug, "Call by {Entry} on {Channel}")]
    public static partial void Arrived(this ILogger log, string entry, string channel);

    [LoggerMessage(1002, LogLevel.Information, "Call on {Channel} ended: {Result} {Reason} intent '{Intent}', on to {Next}, after {Seconds:0.0} s")]
    public static partial void Ended(this ILogger log, string channel, string result, string reason, string intent, string next, double seconds);

    [LoggerMessage(1003, LogLevel.Warning, "Call by {Entry} on {Channel} refused ({Reason}): {Active} calls run, calls.max-calls is {MaxCalls}; the dialplan goes on")]
    public static partial void Refused(this ILogger log, string entry, string channel, string reason, int active, int maxCalls);

    [LoggerMessage(1004, LogLevel.Error, "Call by {Entry} on {Channel} broke; the dialplan goes on with VOICEAI_RESULT=error. Please report this")]
    public static partial void Broken(this ILogger log, Exception exception, string entry, string channel);

    [LoggerMessage(1005, LogLevel.Error, "No flow named '{Flow}' for {Channel}; there are: {Known}. The dialplan goes on with VOICEAI_RESULT=error")]
    public static partial void UnknownFlow(this ILogger log, string flow, string channel, string known);

    [LoggerMessage(1006, LogLevel.Information, "Call on {Channel} is taken up again: flow '{Flow}' goes on after {Turns} turns")]
    public static partial void TakenUp(this ILogger log, string channel, string flow, int turns);

    [LoggerMessage(1007, LogLevel.Information, "Call on {Channel} is taken up again: flow '{Flow}' begins anew, nothing that fits it was noted")]
    public static partial void BegunAnew(this ILogger log, string channel, string flow);

    [LoggerMessage(1008, LogLevel.Warning, "Call by {Entry} on {Channel} refused (overloaded): with {Active} calls recognition takes {Delay:0.0} s (calls.max-recognition-delay {Limit:0.0} s) and works {Factor:0.00} times the speech's length (calls.max-real-time-factor {MostFactor:0.00}); the dialplan goes on. Lower calls.max-calls, add cores, or put a lighter engine first")]
    public static partial void Overloaded(this ILogger log, string entry, string channel, int active, double delay, double limit, double factor, double mostFactor);

    [LoggerMessage(1009, LogLevel.Information, "Told to stop: new calls are refused, {Active} that run may go on for {Seconds:0.#} s (calls.drain-timeout)")]
    public static partial void Draining(this ILogger log, int active, double seconds);

    [LoggerMessage(1010, LogLevel.Error, "Too many open files: no more than {Left} of {Limit} file descriptors are left, which calls that run may need. New calls are refused (too-many-open-files) until there are more. Raise LimitNOFILE (systemctl edit asterisk-voiceai) or ulimit -n, or see what holds them: ls -l /proc/PID/fd")]
    public static partial void FewDescriptors(this ILogger log, long left, long limit);

    [LoggerMessage(1011, LogLevel.Information, "There are enough file descriptors again; {Refused} calls and connections were refused since the service began")]
    public static partial void DescriptorsAgain(this ILogger log, long refused);

    [LoggerMessage(1012, LogLevel.Debug, "Call by {Entry} on {Channel} refused ({Reason}); the dialplan goes on")]
    public static partial void RefusedAsSaid(this ILogger log, string entry, string channel, string reason);

    [LoggerMessage(3001, LogLevel.Error, "Nothing could recognise the caller on {Channel}: {Message}. The caller was told and the dialplan goes on")]
    public static partial void RecognitionFailed(this ILogger log, string channel, string message);

    [LoggerMessage(4100, LogLevel.Warning, "Call on {Channel}: the sentence encoder did not answer within {Milliseconds:0} ms, so the words alone were understood; raise speech.workers, or admit fewer calls")]
    public static partial void UnderstoodByWords(this ILogger log, string channel, double milliseconds);

    [LoggerMessage(6001, LogLevel.Error, "Nothing could speak to the caller on {Channel}: {Message}. The dialplan goes on")]
    public static partial void SynthesisFailed(this ILogger log, string channel, string message);

    [LoggerMessage(6002, LogLevel.Warning, "Prompts of flow '{Flow}' could not be made ahead: {Message}")]
    public static partial void NotPrepared(this ILogger log, string flow, string message);

    [LoggerMessage(6003, LogLevel.Debug, "Prompts of flow '{Flow}' are ready")]
    public static partial void Prepared(this ILogger log, string flow);

    [LoggerMessage(6004, LogLevel.Warning, "The text of {Entry} on {Channel} is broken markup and was said without its tags: found {Found}; expected {Expected}")]
    public static partial void BrokenMarkup(this ILogger log, string entry, string channel, string found, string expected);
}

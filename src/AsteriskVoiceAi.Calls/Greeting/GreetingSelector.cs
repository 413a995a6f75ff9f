using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Flows;

namespace AsteriskVoiceAi.Calls.Greeting;

/// <summary>Chooses how a call is greeted: its language now; hours and returning callers have their place here.</summary>
internal static class GreetingSelector
{
    /// <summary>The flow's own language wins: its prompts are written in it.</summary>
    public static string Language(Flow flow, IncomingCall call, CallOptions options) =>
        flow.Language is { Length: > 0 } own ? own
        : call.Language is { Length: > 0 } asked ? asked
        : options.Language;
}

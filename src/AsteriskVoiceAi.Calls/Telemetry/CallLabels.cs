using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Flows;

namespace AsteriskVoiceAi.Calls.Telemetry;

/// <summary>What metrics may say of a call: words of which there are few, whatever callers and peers send.</summary>
/// <param name="Entry">The way in without what follows it: <c>agi</c>, <c>stasis</c>.</param>
/// <param name="Request">What the dialplan asked for: <c>flow</c>, <c>say</c>, <c>listen</c>, <c>ask</c>.</param>
/// <param name="Flow">A loaded flow; <c>unknown</c>, or <c>none</c> where no flow was asked for.</param>
internal sealed record CallLabels(string Entry, string Request, string Flow)
{
    public const string None = "none";
    public const string Unknown = "unknown";

    public static CallLabels Of(IncomingCall call, FlowCatalog flows)
    {
        var entry = call.Entry.Split(':')[0];
        return call.Request switch
        {
            CallRequest.RunFlow(var name, _) => new(entry, "flow", flows.Get(name) is null ? Unknown : name),
            CallRequest.Say => new(entry, "say", None),
            CallRequest.Listen => new(entry, "listen", None),
            CallRequest.Ask => new(entry, "ask", None),
            _ => new(entry, Unknown, None),
        };
    }
}

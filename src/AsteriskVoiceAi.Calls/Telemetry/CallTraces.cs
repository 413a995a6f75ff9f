using System.Diagnostics;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Flows;

namespace AsteriskVoiceAi.Calls.Telemetry;

/// <summary>One trace a call. Costs nothing while nobody listens to the source.</summary>
internal sealed class CallTraces(FlowCatalog flows, TimeProvider time) : ICallFollower
{
    public const string SourceName = "AsteriskVoiceAi.Calls";

    private static readonly ActivitySource Source = new(SourceName);

    public ICallFollowing Follow(IncomingCall call) => Source.HasListeners() ? new CallTrace(Source, call, CallLabels.Of(call, flows), time) : NoTrace.Instance;

    private sealed class NoTrace : ICallFollowing
    {
        public static NoTrace Instance { get; } = new();

        public void On(CallEvent happened)
        {
        }

        public void Dispose()
        {
        }
    }
}

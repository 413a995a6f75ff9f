using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>A flow and what was learned from its examples. Immutable: a conversation keeps the one it began with.</summary>
public sealed class LoadedFlow
{
    internal LoadedFlow(Flow flow)
    {
        Flow = flow;
        Router = IntentRouter.Train([.. flow.Intents.Select(intent => new IntentExamples(intent.Name, intent.Examples))], flow.Language, flow.Confidence);
    }

    public Flow Flow { get; }

    internal IntentRouter Router { get; }
}

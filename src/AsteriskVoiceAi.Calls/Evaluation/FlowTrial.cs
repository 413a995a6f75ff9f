using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Intents;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Calls.Evaluation;

/// <summary>Loads a flow outside of the service, for commands that look at it.</summary>
public static class FlowTrial
{
    /// <param name="vectorsFolder">Where vectors of examples are kept; null = they are not.</param>
    public static LoadedFlow Load(Flow flow, ISentenceEncoder encoder, string? vectorsFolder) =>
        new(flow, new IntentTraining(encoder, VectorShelf.In(vectorsFolder), NullLogger.Instance));
}

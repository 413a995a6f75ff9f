using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>A flow and what was learned from its examples. Immutable: a conversation keeps the one it began with.</summary>
public sealed class LoadedFlow
{
    internal LoadedFlow(Flow flow, IntentTraining training, string version = "")
    {
        Flow = flow;
        Version = version;
        Training = training;
        Router = training.Train(flow.Name, flow.Lessons, flow.Language, flow.Confidence);
    }

    public Flow Flow { get; }

    /// <summary>Same file, same version: twelve hexadecimal digits. Empty where the flow is of no file.</summary>
    public string Version { get; }

    /// <summary>What the flow's confidences mean in calls.</summary>
    public RouterForecast Forecast => Router.Forecast;

    /// <summary>Whether callers are understood by what they mean, or by their words alone.</summary>
    public bool UsesMeaning => Router.HasMeaning;

    internal IntentRouter Router { get; }

    /// <summary>Makes vectors of utterances for the <see cref="Router"/>.</summary>
    internal IntentTraining Training { get; }
}

using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>A flow and what was learned from its examples. Immutable: a conversation keeps the one it began with.</summary>
/// <remarks>What it says is there at once. It learns on a thread of its own, as soon as the sentence encoder is there: what was learned blocks until <see cref="Learned"/> ends.</remarks>
public sealed class LoadedFlow
{
    private readonly Task<IntentRouter> _learning;

    internal LoadedFlow(Flow flow, IntentTraining training, string version = "")
    {
        Flow = flow;
        Version = version;
        Training = training;
        _learning = Task.Factory.StartNew(
            () => training.Train(flow.Name, flow.Lessons, flow.Language, flow.Confidence), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public Flow Flow { get; }

    /// <summary>Same file, same version: twelve hexadecimal digits. Empty where the flow is of no file.</summary>
    public string Version { get; }

    /// <summary>Ends when callers can be understood.</summary>
    public Task Learned => _learning;

    /// <summary>What the flow's confidences mean in calls.</summary>
    public RouterForecast Forecast => Router.Forecast;

    /// <summary>Whether callers are understood by what they mean, or by their words alone.</summary>
    public bool UsesMeaning => Router.HasMeaning;

    /// <summary>Conversations await <see cref="Learned"/> first, so it blocks none of them; commands and the log may block.</summary>
    internal IntentRouter Router => _learning.GetAwaiter().GetResult();

    /// <summary>Makes vectors of utterances for the <see cref="Router"/>.</summary>
    internal IntentTraining Training { get; }
}

namespace AsteriskVoiceAi.Calls.Routing;

/// <summary>How a call ended, as the dialplan reads it from <c>VOICEAI_RESULT</c>.</summary>
public enum CallResult
{
    /// <summary>The caller was served; the flow, or the single request, came to its end.</summary>
    Done,
    NoInput,
    NoMatch,
    /// <summary>A person should take over.</summary>
    Escalate,
    /// <summary>The caller hung up.</summary>
    HangUp,
    /// <summary>The service did not take the call.</summary>
    Refused,
    Error,
}

/// <summary>Where the channel goes when the service is done with it.</summary>
public abstract record NextStep
{
    private NextStep() { }

    /// <summary>On in the dialplan, at the next priority.</summary>
    public sealed record Continue : NextStep;

    /// <summary>On in the dialplan at this place. Parts that the flow left empty stay as they are; priority 1.</summary>
    public sealed record Transfer(Destination Destination) : NextStep;

    /// <summary>The service hangs up.</summary>
    public sealed record HangUp : NextStep;

    public static NextStep InDialplan { get; } = new Continue();
}

/// <summary>Where a transfer goes; checked when the flow is loaded, so both parts are plain dialplan names.</summary>
public sealed record Destination(string Context, string Extension)
{
    public override string ToString() => $"{Extension}@{Context}";
}

/// <summary>How a call ended and what the dialplan gets back.</summary>
/// <param name="Reason">Short stable word, e.g. <c>caller-asked</c>, <c>low-confidence</c>; the same word in logs and metrics. Empty for a plain <see cref="CallResult.Done"/>.</param>
public sealed record CallOutcome(string CallId, CallResult Result, string Reason, NextStep Next)
{
    public string Intent { get; init; } = "";

    /// <summary>0 to 1, of the intent, or of the transcript where no intent was asked for; null = nothing was heard.</summary>
    public double? Confidence { get; init; }

    /// <summary>The caller's last utterance.</summary>
    public string Text { get; init; } = "";

    /// <summary>Keys pressed.</summary>
    public string Digits { get; init; } = "";

    /// <summary>Path of the recording; empty = there is none.</summary>
    public string Recording { get; init; } = "";

    /// <summary>Normalised slot values by the flow's slot names.</summary>
    public IReadOnlyDictionary<string, string> Slots { get; init; } = new Dictionary<string, string>();
}

using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Calls.Arrival;

/// <summary>A call as it came in, before a word was said. Every text here was sent by a caller or a peer: data, never code.</summary>
/// <param name="Id">Id of the call record; what the dialplan gets as <c>VOICEAI_CALL</c>.</param>
/// <param name="Entry">The way in, as an operator knows it, e.g. <c>agi:route/main</c> or <c>stasis:main</c>.</param>
/// <param name="Channel">The platform's own name of the channel, for log lines.</param>
/// <param name="CallerNumber">Caller's number, or empty when withheld.</param>
/// <param name="DialedNumber">What the caller dialled, or empty.</param>
/// <param name="Language">BCP 47 tag or the platform's short form, or empty when nobody said.</param>
public sealed record IncomingCall(
    string Id,
    string Entry,
    string Channel,
    string CallerNumber,
    string DialedNumber,
    string Language,
    CallRequest Request)
{
    /// <summary>The platform's id of all channels that the call belongs to; empty = unknown.</summary>
    public string LinkedId { get; init; } = "";

    /// <summary>The call was in the hands of a service that is gone, and is taken up again.</summary>
    public bool IsAdopted { get; init; }

    /// <summary>What that service had noted as <see cref="Routing.CallVariables.Resume"/>, as it was found: data of unknown make; empty = nothing.</summary>
    public string Checkpoint { get; init; } = "";
}

/// <summary>What the dialplan asked for.</summary>
public abstract record CallRequest
{
    private CallRequest() { }

    /// <summary>Speak a text.</summary>
    /// <param name="InterruptKeys">Keys that stop it, each one of <c>0-9*#</c>; empty = none.</param>
    /// <param name="Speed">1 is the voice's own pace; 0.5 to 2.</param>
    public sealed record Say(string Text, string InterruptKeys, double Speed) : CallRequest;

    /// <summary>Hear one utterance.</summary>
    /// <param name="Wait">How long the caller may stay silent before <c>no-input</c>; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> waits for ever, null takes the configured time.</param>
    /// <param name="EndKeys">Keys that end listening at once.</param>
    /// <param name="Beep">Play a short tone first.</param>
    public sealed record Listen(TimeSpan? Wait, string EndKeys, bool Beep) : CallRequest
    {
        /// <summary>Anything else is <see cref="Routing.CallResult.NoMatch"/>.</summary>
        public Expectation Expectation { get; init; } = Expectation.Anything;
    }

    /// <summary>Speak a text that the caller may interrupt, then hear one utterance.</summary>
    public sealed record Ask(string Prompt) : CallRequest
    {
        /// <inheritdoc cref="Listen.Expectation"/>
        public Expectation Expectation { get; init; } = Expectation.Anything;
    }

    /// <summary>Run a flow to its end.</summary>
    /// <param name="Name">Name of the flow.</param>
    /// <param name="Variables">Flow variables that the dialplan passed.</param>
    public sealed record RunFlow(string Name, IReadOnlyDictionary<string, string> Variables) : CallRequest;
}

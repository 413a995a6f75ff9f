using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Calls.Webhooks;

namespace AsteriskVoiceAi.Calls.Responses;

/// <summary>The answer to a turn.</summary>
/// <param name="Prompts">To say, in this order; may be empty.</param>
/// <param name="Decision">How the words were understood; null when no words were looked at.</param>
internal sealed record Reply(IReadOnlyList<Prompt> Prompts, ReplyNext Next, IntentDecision? Decision = null);

/// <summary>What comes after the prompts of a reply.</summary>
internal abstract record ReplyNext
{
    private ReplyNext() { }

    /// <param name="BargeIn">Whether the caller may talk over the prompts; keys always stop them.</param>
    /// <param name="NoInputAfter">How long the caller may stay silent; null takes the configured time.</param>
    public sealed record Listen(Expectation Expectation, bool BargeIn, TimeSpan? NoInputAfter) : ReplyNext
    {
        /// <summary>Whether "mm-hm" over the prompts leaves them playing.</summary>
        public bool IgnoresBackchannels { get; init; }
    }

    /// <summary>A server is asked; the next turn is its answer.</summary>
    public sealed record Fetch(WebhookRequest Request) : ReplyNext;

    /// <param name="Reason">One of <see cref="Reasons"/>, or empty.</param>
    public sealed record End(CallResult Result, string Reason, NextStep Next) : ReplyNext;
}

/// <summary>What is known of a conversation, for the call's outcome.</summary>
/// <param name="Intent">The last intent that the caller chose; empty = none.</param>
/// <param name="Confidence">Of that intent; 1 when keys chose it.</param>
/// <param name="Text">The last utterance.</param>
/// <param name="Digits">The last keys.</param>
internal sealed record ConversationState(string Intent = "", double? Confidence = null, string Text = "", string Digits = "")
{
    /// <summary>Values of slots by their names.</summary>
    public IReadOnlyDictionary<string, string> Slots { get; init; } = NoSlots;

    /// <summary>What servers answered that the flow's texts use, by its place: parcel.status.</summary>
    public IReadOnlyDictionary<string, string> Saved { get; init; } = NoSlots;

    private static readonly Dictionary<string, string> NoSlots = [];
}

/// <summary>The words for <c>VOICEAI_REASON</c> with which a conversation ends.</summary>
public static class Reasons
{
    /// <summary>Silence after every no-input prompt.</summary>
    public const string Silence = "silence";

    /// <summary>Nothing understood after every no-match prompt.</summary>
    public const string LowConfidence = "low-confidence";

    /// <summary>The caller asked for a person.</summary>
    public const string CallerAsked = "caller-asked";

    public const string CallerHungUp = "caller-hung-up";

    /// <summary>The audio ended and could not be made anew, while the caller was there.</summary>
    public const string AudioLost = "audio-lost";

    /// <summary>The service stops.</summary>
    public const string Draining = "draining";

    /// <summary>As many calls run as may.</summary>
    public const string OverCapacity = "over-capacity";

    /// <summary>Recognition is too slow for another call.</summary>
    public const string Overloaded = "overloaded";

    /// <summary>The process has hardly any file descriptor left.</summary>
    public const string TooManyOpenFiles = "too-many-open-files";

    /// <summary>A server that the flow asked failed.</summary>
    public const string WebhookFailed = "webhook-failed";

    public const string TooManyTurns = "too-many-turns";

    public const string FlowHungUp = "flow-hung-up";

    /// <summary>The caller said goodbye, or had no further question.</summary>
    public const string CallerFinished = "caller-finished";

    /// <summary>The service that had the call is gone, and the call can't be taken up again.</summary>
    public const string ServiceRestarted = "service-restarted";

    /// <summary>Another instance of the service has the call now.</summary>
    public const string TakenOver = "taken-over";
}

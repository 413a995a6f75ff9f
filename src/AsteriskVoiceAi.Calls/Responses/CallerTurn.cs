using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Webhooks;

namespace AsteriskVoiceAi.Calls.Responses;

/// <summary>What the caller did, or a server that was asked for them, as far as a conversation cares.</summary>
internal abstract record CallerTurn
{
    private CallerTurn() { }

    /// <summary>The call begins.</summary>
    public sealed record Start : CallerTurn;

    /// <param name="Confidence">0 to 1, the recogniser's.</param>
    public sealed record Heard(string Text, double Confidence) : CallerTurn
    {
        /// <summary>Other readings of the same words, the likeliest first.</summary>
        public IReadOnlyList<Hypothesis> Alternatives { get; init; } = [];

        /// <summary>What the recogniser made of what was expected; null = something else, or nothing was expected.</summary>
        public string? Expected { get; init; }

        /// <summary>Made by <see cref="TurnHandler.UnderstandAsync"/>; without them the words alone are understood.</summary>
        public UtteranceVectors Vectors { get; init; } = UtteranceVectors.None;
    }

    /// <param name="Pressed">All keys of one entry, e.g. <c>1</c> or <c>12</c>.</param>
    public sealed record Keys(string Pressed) : CallerTurn;

    public sealed record NoInput : CallerTurn;

    /// <summary>What came of <see cref="ReplyNext.Fetch"/>.</summary>
    public sealed record Answered(WebhookAnswer Answer) : CallerTurn;
}

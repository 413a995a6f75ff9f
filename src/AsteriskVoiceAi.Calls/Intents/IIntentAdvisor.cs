namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>A second opinion on utterances that a router refuses. Whatever it says is only asked about, never acted on. Safe for many calls at once.</summary>
public interface IIntentAdvisor
{
    /// <summary>Longest time that an answer takes; zero = there is no advisor.</summary>
    TimeSpan Budget { get; }

    /// <summary>The name of one of these intents; null = none of them, no answer in time, or an answer that is none. Never faults but by cancellation.</summary>
    /// <param name="text">What the caller said.</param>
    ValueTask<string?> SuggestAsync(string text, IReadOnlyList<IntentExamples> intents, CancellationToken cancellationToken);

    /// <summary>An answer to a question from what a flow knows, unchecked; null = it is no question, the flow does not know, or nothing came in time. Never faults but by cancellation.</summary>
    /// <param name="language">BCP 47 tag to answer in.</param>
    ValueTask<string?> AnswerAsync(string text, string knowledge, string language, CancellationToken cancellationToken);
}

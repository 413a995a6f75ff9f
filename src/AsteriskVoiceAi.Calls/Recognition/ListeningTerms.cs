using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>What a turn waits for.</summary>
/// <param name="NoInputAfter">Silence after the prompt that counts as no input; <see cref="Timeout.InfiniteTimeSpan"/> = never.</param>
/// <param name="KeysComplete">Whether these keys need no further one; else <see cref="ListeningTurn.InterKey"/> of quiet ends them.</param>
/// <param name="VoiceInterrupts">Whether speech stops the prompt and is heard from its first sound.</param>
internal sealed record ListeningTerms(Expectation Expectation, TimeSpan NoInputAfter, TimeSpan MaxUtterance, Func<string, bool> KeysComplete, bool VoiceInterrupts = true)
{
    /// <summary>What the caller speaks (BCP 47 tag).</summary>
    public required string Language { get; init; }

    /// <summary>Keys that count; others are as if never pressed.</summary>
    public string Keys { get; init; } = "0123456789*#ABCD";

    /// <summary>Keys that end an utterance at once, as if the caller had fallen silent.</summary>
    public string EndKeys { get; init; } = "";

    /// <summary>Whether "mm-hm" and the like over a prompt leave it playing and are no answer.</summary>
    public bool IgnoresBackchannels { get; init; }

    /// <summary>Prepares the answer to what was recognised in a pause, before it is known whether the caller goes on; null = nothing to prepare. Never faults but by cancellation.</summary>
    public Func<Transcript, CancellationToken, Task<UtteranceVectors>>? Understand { get; init; }

    /// <summary>The utterance that the prompt answers: a caller who goes on as it begins takes it back. Null = it stands.</summary>
    public AnsweredUtterance? Answered { get; init; }
}

/// <summary>An utterance that is being answered, and the terms under which it was heard.</summary>
internal sealed record AnsweredUtterance(CallerUtterance Utterance, ListeningTerms Terms);

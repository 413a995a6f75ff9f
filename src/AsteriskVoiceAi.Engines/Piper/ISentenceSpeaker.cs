using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>Says one sentence at a time with one Piper voice: in this process, by a child process, or by a server. Thread-safe; bounds its own work.</summary>
internal interface ISentenceSpeaker : IAsyncDisposable
{
    /// <summary>Ends when it is up and warm, or has failed to come up; never faults.</summary>
    Task Started { get; }

    /// <returns>Its sound as the voice made it; empty when the sentence has none.</returns>
    /// <exception cref="SpeechEngineException">It broke, or is busy; another engine may be tried.</exception>
    Task<SpokenPrompt> SayAsync(Sentence sentence, CancellationToken cancellationToken);
}

/// <summary>What one run of a voice says.</summary>
/// <param name="Clauses">At least one, together at most 300 characters.</param>
/// <param name="Speed">1 is the voice's own pace; 0.5 to 2.</param>
/// <param name="Speaker">Number of the speaker; 0 for a voice with one.</param>
internal sealed record Sentence(IReadOnlyList<Clause> Clauses, double Speed, long Speaker)
{
    /// <summary>As it stands in the prompt.</summary>
    public string Text => string.Join(' ', Clauses.Select(clause => clause.Written));
}

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

using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>Words to phonemes, as a voice was trained on them. Thread-safe.</summary>
internal interface IPhonemizer : IAsyncDisposable
{
    /// <summary>The phonemes of one sentence, with the marks between and behind its clauses.</summary>
    /// <exception cref="SpeechEngineException">What it needs for that broke.</exception>
    Task<string> SpellAsync(IReadOnlyList<Clause> sentence, CancellationToken cancellationToken);
}

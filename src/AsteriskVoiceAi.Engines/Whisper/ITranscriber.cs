using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines.Whisper;

/// <summary>Servers that transcribe, with a line before them: children of this service, or one elsewhere. Thread-safe.</summary>
internal interface ITranscriber : IAsyncDisposable
{
    /// <summary>Whether the line is so long that a lighter engine answers sooner.</summary>
    bool IsCongested { get; }

    /// <summary>Ends when the servers are up for the first time, or have failed to; never faults.</summary>
    Task Started { get; }

    /// <exception cref="SpeechEngineException">It failed, or no server became free in time.</exception>
    Task<WhisperReply> TranscribeAsync(WhisperQuestion question, CancellationToken cancellationToken);
}

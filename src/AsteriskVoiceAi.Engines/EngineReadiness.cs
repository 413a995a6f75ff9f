namespace AsteriskVoiceAi.Engines;

/// <summary>How far the start of the speech engines is. Thread-safe.</summary>
public sealed class EngineReadiness
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile SpeechEnginesReport? _report;

    /// <summary>Ends when all are loaded and have run once: the first seconds' computing is done, and what can wait may begin.</summary>
    public Task Ready => _ready.Task;

    /// <summary>What there is; null while they are being loaded.</summary>
    public SpeechEnginesReport? Report => _report;

    internal void SetReady(SpeechEnginesReport report)
    {
        _report = report;
        _ready.TrySetResult();
    }
}

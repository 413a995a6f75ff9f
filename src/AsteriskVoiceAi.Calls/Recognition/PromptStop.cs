namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>One chance to stop a prompt, and whether that turned out to be right. A prompt that goes on gets the next one.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PromptStop
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<bool> _wasFalse = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Cancelled when the prompt should stop.</summary>
    public CancellationToken Token => _stop.Token;

    public bool IsStopped => _stop.IsCancellationRequested;

    /// <summary>Ends once it is known what stopped the prompt: true = nothing that needs an answer, so it goes on.</summary>
    public Task<bool> WasFalse => _wasFalse.Task;

    /// <summary>Not under a lock: whoever waits for the token runs on inside.</summary>
    public void Stop() => _stop.Cancel();

    public void Decide(bool wasFalse) => _wasFalse.TrySetResult(wasFalse);
}

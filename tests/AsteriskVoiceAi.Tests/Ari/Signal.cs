namespace AsteriskVoiceAi.Tests.Ari;

/// <summary>Lets a test wait for a condition by being told of changes, without looking at intervals.</summary>
internal sealed class Signal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Raise()
    {
        lock (_gate)
        {
            _next.TrySetResult();
            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public async Task UntilAsync(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            Task next;
            lock (_gate)
                next = _next.Task;
            if (condition())
                return;
            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Never came: {what}");
            }
        }
    }
}

namespace AsteriskVoiceAi.Engines.Programs;

/// <summary>One life of a child process that answers one question at a time, from its start to its end.</summary>
internal abstract class PooledProcess(LongRunningProgram program) : IAsyncDisposable
{
    private readonly TaskCompletionSource<string> _retired = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Id => program.Id;

    /// <summary>It runs and nobody has given it up.</summary>
    public bool IsUp => !_retired.Task.IsCompleted && !program.Ended.IsCompleted;

    public long ResidentBytes => program.ResidentBytes;

    protected LongRunningProgram Program => program;

    /// <summary>Ends when it can be asked again after a question was taken back.</summary>
    /// <returns>False: it hangs.</returns>
    public abstract Task<bool> BecomesFreeAsync();

    /// <summary>Gives it up; its keeper ends it.</summary>
    public void Retire(string why) => _retired.TrySetResult(why);

    /// <returns>Why it is no more, for the log.</returns>
    public async Task<string> EndAsync(CancellationToken cancellationToken) =>
        await Task.WhenAny(_retired.Task, program.Ended).WaitAsync(cancellationToken) == _retired.Task ? await _retired.Task : $"ended with {program.Ending}";

    public virtual async ValueTask DisposeAsync()
    {
        _retired.TrySetResult("was ended");
        await program.DisposeAsync();
    }
}

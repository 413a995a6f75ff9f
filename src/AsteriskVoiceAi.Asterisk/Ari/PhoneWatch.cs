using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>One caller's line, watched from its making until it is disposed.</summary>
internal sealed class PhoneWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly Action<PhoneLine> _ended;
    private readonly Task _watching;
    private volatile PhoneLine? _latest;

    /// <param name="watch">Runs until it is cancelled, and tells how the line fares.</param>
    /// <param name="ended">Gets what was told last.</param>
    public PhoneWatch(Func<Action<PhoneLine>, CancellationToken, Task> watch, Action<PhoneLine> ended)
    {
        _ended = ended;
        _watching = watch(line => _latest = line, _over.Token);
    }

    /// <summary>Up to 5 s old. Null = nothing is known: the call is younger than that, has no RTP (DAHDI, Local), or ARI is not connected.</summary>
    public PhoneLine? Latest => _latest;

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _over.Dispose();
        if (_latest is { } line)
            _ended(line);
    }
}

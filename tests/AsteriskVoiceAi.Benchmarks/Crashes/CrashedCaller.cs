using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Sip;

namespace AsteriskVoiceAi.Benchmarks.Crashes;

/// <summary>One caller who listens, asks and is answered, until the service is killed in the middle of it.</summary>
internal sealed class CrashedCaller(Lab lab, string extension, short[] question, TimeSpan arrives) : IAsyncDisposable
{
    /// <summary>What Asterisk and the phone still had on the way when the service died.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMilliseconds(150);

    private readonly SipCaller _caller = new(lab.Asterisk.Sip, new() { Patience = TimeSpan.FromSeconds(20) });
    private readonly CancellationTokenSource _crashed = new();
    private Task _talking = Task.CompletedTask;

    public string Extension => extension;

    /// <summary>The call came through before the kill.</summary>
    public bool WasAnswered { get; private set; }

    /// <summary>Begins to call after its time; returns at once.</summary>
    public void Begin() => _talking = TalkAsync();

    /// <summary>From the kill to the next thing that the caller heard; null = nothing came.</summary>
    public async Task<TimeSpan?> WaitForWordAsync(Moment killed, TimeSpan within)
    {
        await _crashed.CancelAsync();
        try
        {
            return await _caller.WaitForAudioAsync(killed + OnItsWay, within: within) - killed;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _crashed.CancelAsync();
        try
        {
            await _talking;
        }
        catch (Exception cut) when (cut is TimeoutException or InvalidOperationException)
        {
            // Its conversation ended as the service did.
        }
        if (_caller.IsUp)
            await _caller.HangUpAsync();
        await _caller.DisposeAsync();
        _crashed.Dispose();
    }

    private async Task TalkAsync()
    {
        await Task.Delay(arrives, TimeProvider.System);
        var heard = Moment.Now;
        await _caller.CallAsync(extension);
        WasAnswered = true;
        while (!_crashed.IsCancellationRequested)
        {
            await _caller.WaitForAudioAsync(heard);
            await _caller.WaitForQuietAsync(TimeSpan.FromMilliseconds(600));
            if (_crashed.IsCancellationRequested)
                return;
            heard = (await _caller.SpeakAsync(question)).Last;
        }
    }
}

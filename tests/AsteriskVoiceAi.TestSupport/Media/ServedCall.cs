using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Routing;

namespace AsteriskVoiceAi.TestSupport.Media;

/// <summary>The service's end of a call, in the hands of a test: what it hears, what it plays, the keys that reach it.</summary>
public sealed class ServedCall
{
    private readonly TaskCompletionSource<NextStep> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ICallLeg _leg;
    private readonly Lock _gate = new();
    private readonly Waits _waits;
    private string _keys = "";

    internal ServedCall(ICallLeg leg)
    {
        _leg = leg;
        _waits = new(ToString);
        Ear = new(leg.Audio.SampleRate);
    }

    public LegEar Ear { get; }

    /// <summary>The link itself.</summary>
    public IAudioLink Link => _leg.Audio;

    public int SampleRate => _leg.Audio.SampleRate;

    /// <summary>What the link has carried; nothing is known of the dialplan's AudioSocket().</summary>
    internal MediaCounters Counters => _leg.Audio is CallAudio audio ? audio.Counters : default;

    /// <summary>The caller is gone, as far as the service knows.</summary>
    public bool HungUp => _leg.HungUp.IsCancellationRequested;

    /// <summary>Keys so far.</summary>
    public string Keys
    {
        get
        {
            lock (_gate)
                return _keys;
        }
    }

    /// <summary>Plays to the caller.</summary>
    /// <returns>Samples that the caller was sent.</returns>
    public Task<int> PlayAsync(short[] samples, CancellationToken stop = default) => _leg.Audio.PlayAsync(samples, stop);

    public Task WaitForKeysAsync(int count) => _waits.UntilAsync($"{count} keys", () => Keys.Length >= count, TimeSpan.FromSeconds(10));

    /// <summary>Waits until the service knows that the caller is gone.</summary>
    public Task WaitForHangUpAsync(TimeSpan? within = null) => _waits.UntilAsync("The hangup at the service", () => HungUp, within ?? TimeSpan.FromSeconds(10));

    /// <summary>The service hangs up.</summary>
    public void HangUp() => _end.TrySetResult(new NextStep.HangUp());

    /// <summary>The service gives the caller back to the dialplan.</summary>
    public void GoOn() => _end.TrySetResult(NextStep.InDialplan);

    public override string ToString() => $"{Ear} Keys: {Keys}. {(HungUp ? "The caller hung up." : "")}";

    /// <summary>Serves the call until the test ends it, or the caller does.</summary>
    internal async Task<NextStep> ServeAsync(CancellationToken stopping)
    {
        var hearing = Ear.ListenAsync(_leg.Audio);
        var typing = ReadKeysAsync();
        using var gone = _leg.HungUp.Register(OnHungUp);
        using var stop = stopping.Register(GoOn);
        var next = await _end.Task;
        // The link ends with the call, which ends when this returns: neither loop is waited for.
        _ = hearing;
        _ = typing;
        return next;
    }

    private void OnHungUp()
    {
        GoOn();
        _waits.Pulse();
    }

    private async Task ReadKeysAsync()
    {
        await foreach (var key in _leg.Keys.ReadAllAsync(CancellationToken.None))
        {
            lock (_gate)
                _keys += key;
            _waits.Pulse();
        }
    }
}

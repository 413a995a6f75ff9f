using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Sip;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.CallTests.Support;

/// <summary>A call as the caller lives it: hears, speaks, presses keys.</summary>
internal sealed class PhoneCall(SipCaller caller) : IAsyncDisposable
{
    /// <summary>Silence that means a prompt is over: longer than any pause between its sentences.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(900);

    private Moment _heardUntil = Moment.Now;

    public SipCaller Caller => caller;

    /// <summary>Waits for the next thing said and its end; what it was, recognised from what came to the caller's ear.</summary>
    public async Task<string> HearAsync()
    {
        var start = await caller.WaitForAudioAsync(_heardUntil);
        var end = await caller.WaitForQuietAsync(Pause);
        _heardUntil = end;
        return await Ear.UnderstandAsync(caller.HeardBetween(start - TimeSpan.FromMilliseconds(100), end + TimeSpan.FromMilliseconds(100)), caller.SampleRate);
    }

    /// <summary>Waits until nothing is said for a while; what was said until then does not count for <see cref="HearAsync"/>.</summary>
    public async Task WaitForQuietAsync(TimeSpan duration) => _heardUntil = await caller.WaitForQuietAsync(duration) + duration;

    /// <summary>Waits for the next sound, not for its end.</summary>
    public Task<Moment> WaitForSoundAsync() => caller.WaitForAudioAsync(_heardUntil);

    /// <summary>Speaks with a synthetic voice.</summary>
    public async Task<Spoken> SayAsync(string text) => await SpeakAsync(await Flite.SpeakAsync(text));

    /// <summary>Speaks with a recorded human's voice.</summary>
    public async Task<Spoken> SayHumanAsync(string prompt) => await SpeakAsync(await HumanPrompts.ReadAsync(prompt));

    public async Task PressAsync(string keys)
    {
        await caller.PressAsync(keys);
        _heardUntil = Moment.Now;
    }

    public ValueTask DisposeAsync() => caller.DisposeAsync();

    private async Task<Spoken> SpeakAsync(short[] speech)
    {
        var spoken = await caller.SpeakAsync(Resampler.Convert(speech, 8000, caller.SampleRate));
        _heardUntil = spoken.Last;
        return spoken;
    }
}

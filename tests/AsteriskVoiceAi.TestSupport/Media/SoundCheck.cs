using System.Globalization;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.TestSupport.Media;

/// <summary>What came out at the other end of a call.</summary>
/// <param name="Asked">Hz of the tone that was sent.</param>
/// <param name="Delay">From where a sample was given to where it was heard; null = the mark before the tone was not heard.</param>
public sealed record HeardTone(double Asked, ToneReading Tone, TimeSpan? Delay)
{
    /// <summary>Nothing of it is missing, doubled or made up.</summary>
    /// <remarks>Beside it the delay has a bound of behaviour, not of performance: a jitter buffer's longest wait, and a busy machine.</remarks>
    public bool IsWhole => Delay >= TimeSpan.Zero && Delay < TimeSpan.FromMilliseconds(250) && Math.Abs(Tone.Frequency - Asked) <= 2 && Tone.Gaps == 0 && Tone.Purity > 0.95;

    public override string ToString() => Delay is { } delay ? string.Create(CultureInfo.InvariantCulture, $"{Tone}, after {delay.TotalMilliseconds:0.0} ms") : "nothing of it was heard";
}

/// <summary>Sends a chirp and a tone through a call, both ways at once, and reads what comes out.</summary>
public static class SoundCheck
{
    /// <summary>Peak of chirps and tones.</summary>
    public const int Amplitude = 8000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ToneLength = TimeSpan.FromMilliseconds(1200);

    /// <summary>Left out at both ends of the tone: filters take a few milliseconds to follow.</summary>
    private static readonly TimeSpan Edge = TimeSpan.FromMilliseconds(40);

    /// <summary>On a machine that is busy otherwise, Asterisk, the caller or the service may be held up for longer than links bridge, which makes a hole that says nothing about the path: a path that is bad is bad five times.</summary>
    private const int Tries = 5;

    /// <summary>Tries again when a tone has a hole.</summary>
    /// <param name="up">Hz of the caller's tone.</param>
    /// <param name="down">Hz of the service's.</param>
    /// <returns>What the service heard, and what the caller heard.</returns>
    public static async Task<(HeardTone Up, HeardTone Down)> BothWaysAsync(MediaCall call, double up = 437, double down = 1004)
    {
        for (var i = 1; ; i++)
        {
            var heard = await OnceAsync(call, up, down);
            if (i == Tries || (heard.Up.IsWhole && heard.Down.IsWhole))
                return heard;
        }
    }

    private static async Task<(HeardTone Up, HeardTone Down)> OnceAsync(MediaCall call, double up, double down)
    {
        var (caller, service) = (call.Caller, call.Service);
        var (heardBefore, servedBefore) = (caller.Heard.Samples.Length, service.Ear.Position);
        var playedAt = Moment.Now;
        var playing = service.PlayAsync(Signal(down, service.SampleRate));
        var spoken = await caller.SpeakAsync(Signal(up, caller.SampleRate));
        await playing;
        await service.Ear.WaitForAsync(TimeSpan.FromMilliseconds(300), service.Ear.Position);
        // What was played may still be on its way: until the chirp has come and the tone after it is over.
        await caller.WaitForQuietAsync(Pause * 1.5, within: TimeSpan.FromSeconds(5));

        var servedSound = Read(service.Ear.Since(servedBefore), service.SampleRate);
        var heardSound = Read(caller.Heard.Samples[heardBefore..], caller.SampleRate);
        return (
            new(up, servedSound.Tone, servedSound.At is { } at ? service.Ear.HeardAt(servedBefore + at) - spoken.First : null),
            new(down, heardSound.Tone, heardSound.At is { } there ? caller.HeardAt(heardBefore + there) - playedAt : null));
    }

    private static short[] Signal(double frequency, int sampleRate) =>
        [.. new Chirp(sampleRate, Amplitude).Samples, .. Tones.Silence(Pause, sampleRate), .. Tones.Sine(frequency, ToneLength, Amplitude, sampleRate)];

    private static (int? At, ToneReading Tone) Read(short[] sound, int sampleRate)
    {
        var chirp = new Chirp(sampleRate, Amplitude);
        if (chirp.Find(sound) is not { } at)
            return (null, ToneReading.Of(sound, sampleRate));
        int Samples(TimeSpan span) => (int)(span.TotalSeconds * sampleRate);
        var start = Math.Min(sound.Length, at + chirp.Samples.Length + Samples(Pause + Edge));
        var end = Math.Min(sound.Length, start + Samples(ToneLength - (2 * Edge)));
        return (at, ToneReading.Of(sound.AsSpan(start..end), sampleRate));
    }
}

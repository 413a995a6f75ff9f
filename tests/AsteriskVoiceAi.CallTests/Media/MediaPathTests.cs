using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Media;
using AsteriskVoiceAi.TestSupport.Sip;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.CallTests.Media;

/// <summary>Every way that a call's audio can take, with every codec that a phone may speak: sound and keys both ways, through a real Asterisk.</summary>
[TestFixture(MediaPath.Rtp)]
[TestFixture(MediaPath.WebSocketConnect)]
[TestFixture(MediaPath.WebSocketListen)]
[TestFixture(MediaPath.AudioSocketAri)]
[TestFixture(MediaPath.AudioSocketAgi)]
[Parallelizable(ParallelScope.Self)]
public sealed class MediaPathTests(MediaPath path)
{
    /// <summary>Asterisk tells every 200 ms of what it has played (the media socket's marks): as much can be unknown to a process that was held up, and a packet.</summary>
    private static readonly TimeSpan KnownTo = TimeSpan.FromMilliseconds(220);

    private static Task<MediaCall> CallAsync(MediaPath path, CallerCodec codec) => LabOfTheMediaTests.Lab.CallAsync(path, new() { Codec = codec });

    [TestCase(CallerCodec.Ulaw)]
    [TestCase(CallerCodec.Alaw)]
    [TestCase(CallerCodec.G722)]
    public async Task Tones_of_both_sides_arrive_whole_at_their_level_and_soon(CallerCodec codec)
    {
        await using var call = await CallAsync(path, codec);

        var (up, down) = await SoundCheck.BothWaysAsync(call);

        TestContext.Out.WriteLine($"{path} {codec}: up {up}; down {down}");
        Whole(up);
        Whole(down);
    }

    [TestCase(CallerCodec.Ulaw)]
    [TestCase(CallerCodec.Alaw)]
    [TestCase(CallerCodec.G722)]
    public async Task Keys_arrive_once_each_and_in_their_order(CallerCodec codec)
    {
        await using var call = await CallAsync(path, codec);

        await call.Caller.PressAsync("1123#*0");
        await call.Service.WaitForKeysAsync(7);
        // Whatever else were to tell of them has had its time when this has gone both ways.
        await SoundCheck.BothWaysAsync(call);

        Assert.That(call.Service.Keys, Is.EqualTo("1123#*0"));
    }

    [TestCase(CallerCodec.Ulaw)]
    [TestCase(CallerCodec.Alaw)]
    [TestCase(CallerCodec.G722)]
    public async Task Stopped_playback_ends_at_the_ear_and_the_next_one_is_whole(CallerCodec codec)
    {
        await using var call = await CallAsync(path, codec);
        using var stop = new CancellationTokenSource();
        var asked = Moment.Now;
        var playing = call.Service.PlayAsync(Tones.Sine(600, TimeSpan.FromSeconds(5), sampleRate: call.Service.SampleRate), stop.Token);
        var began = await call.Caller.WaitForAudioAsync(asked);
        await call.Caller.WaitUntilAsync("A second of it", caller => Moment.Now - began > TimeSpan.FromSeconds(1));

        var stopped = Moment.Now;
        await stop.CancelAsync();
        var played = TimeSpan.FromSeconds((double)await playing / call.Service.SampleRate);
        var quietSince = await call.Caller.WaitForQuietAsync(TimeSpan.FromMilliseconds(300));
        // Sound, not time: while Asterisk is held up nothing is played, and it doesn't make up for it.
        var (heard, after) = (call.Caller.SoundBetween(asked, quietSince), call.Caller.SoundBetween(stopped, quietSince));
        var (_, down) = await SoundCheck.BothWaysAsync(call);

        TestContext.Out.WriteLine($"{path} {codec}: {after.TotalMilliseconds:0} ms heard after the stop, {played.TotalMilliseconds:0} ms played of {heard.TotalMilliseconds:0} heard");
        Assert.That(after, Is.LessThan(TimeSpan.FromMilliseconds(200)));
        Assert.That(played, Is.EqualTo(heard).Within(KnownTo));
        Whole(down);
    }

    [Test]
    public async Task Caller_who_hangs_up_is_gone_at_the_service()
    {
        await using var call = await CallAsync(path, CallerCodec.Ulaw);

        await call.Caller.HangUpAsync();

        await call.Service.WaitForHangUpAsync();
    }

    [Test]
    public async Task Service_that_hangs_up_ends_the_call_at_the_phone()
    {
        await using var call = await CallAsync(path, CallerCodec.Ulaw);

        call.Service.HangUp();

        Assert.That(await call.Caller.WaitForHangupAsync(), Has.Property(nameof(Hangup.ByOther)).True);
    }

    private static void Whole(HeardTone heard) => Assert.Multiple(() =>
    {
        Assert.That(heard.IsWhole, Is.True, $"{heard.Asked} Hz came as {heard}");
        Assert.That(heard.Tone.Decibels(SoundCheck.Amplitude), Is.Zero.Within(1), "level in dB");
    });
}

using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.CallTests.Support;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Media;
using AsteriskVoiceAi.TestSupport.Sip;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.CallTests.Media;

/// <summary>What happens to a call's audio while it runs: words, hold, a phone that moves, a phone that is gone.</summary>
[TestFixture(MediaPath.Rtp)]
[TestFixture(MediaPath.WebSocketConnect)]
[TestFixture(MediaPath.WebSocketListen)]
[TestFixture(MediaPath.AudioSocketAri)]
[TestFixture(MediaPath.AudioSocketAgi)]
[Parallelizable(ParallelScope.Self)]
public sealed class RunningCallTests(MediaPath path)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private Task<MediaCall> CallAsync(CallerCodec codec = CallerCodec.Ulaw) => LabOfTheMediaTests.Lab.CallAsync(path, new() { Codec = codec });

    [TestCase(CallerCodec.Ulaw)]
    [TestCase(CallerCodec.G722)]
    public async Task Words_of_both_sides_are_recognised_at_the_other_end(CallerCodec codec)
    {
        await using var call = await CallAsync(codec);
        var said = await HumanPrompts.ReadAsync("queue-callswaiting");
        var told = await HumanPrompts.ReadAsync("vm-nobodyavail");

        var (from, before) = (call.Service.Ear.Position, Moment.Now);
        var playing = call.Service.PlayAsync(Resampler.Convert(told, 8000, call.Service.SampleRate));
        await call.Caller.SpeakAsync(Resampler.Convert(said, 8000, call.Caller.SampleRate));
        await playing;
        await call.Service.Ear.WaitForAsync(Second / 2, call.Service.Ear.Position);
        await call.Caller.WaitForQuietAsync(Second / 2);

        Said.Like(await Ear.UnderstandAsync(call.Service.Ear.Since(from), call.Service.SampleRate), "Waiting to speak with a representative.");
        Said.Like(await Ear.UnderstandAsync(call.Caller.HeardBetween(before, Moment.Now), call.Caller.SampleRate), "Nobody is available to take your call at the moment.");
    }

    [TestCase(HoldStyle.Direction)]
    [TestCase(HoldStyle.NoAddress)]
    public async Task Held_caller_is_silent_while_time_goes_on_and_both_are_heard_after_it(HoldStyle style)
    {
        await using var call = await CallAsync();
        Whole(call, await SoundCheck.BothWaysAsync(call));

        await call.Caller.HoldAsync(style);
        var (held, since) = (call.Service.Ear.Position, Moment.Now);
        await call.Service.Ear.WaitForAsync(Second, held);
        var pause = call.Service.Ear.LongestPause(since);
        await call.Caller.ResumeAsync();
        await LearnAgainAsync(call);
        var after = await SoundCheck.BothWaysAsync(call, up: 550, down: 880);

        Assert.That(pause, Is.LessThan(Second / 4), "the service's time stood still");
        Assert.That(Tones.Level(call.Service.Ear.Since(held).AsSpan(0, call.Service.SampleRate)), Is.LessThan(100), "sound from a phone on hold");
        Whole(call, after);
    }

    [Test]
    public async Task Phone_that_moves_to_another_port_and_codec_is_heard_and_hears()
    {
        await using var call = await CallAsync();
        Whole(call, await SoundCheck.BothWaysAsync(call));

        await call.Caller.MoveMediaAsync();
        await LearnAgainAsync(call);
        var moved = await SoundCheck.BothWaysAsync(call, up: 550, down: 880);
        await call.Caller.ChangeCodecAsync(CallerCodec.Alaw);
        await LearnAgainAsync(call);
        var changed = await SoundCheck.BothWaysAsync(call, up: 660, down: 770);

        Whole(call, moved);
        Whole(call, changed);
    }

    [Test]
    public async Task Phone_that_vanishes_leaves_silence_and_a_call_that_the_service_can_end()
    {
        await using var call = await CallAsync();
        Whole(call, await SoundCheck.BothWaysAsync(call));

        call.Caller.Vanish();
        var (gone, since) = (call.Service.Ear.Position, Moment.Now);
        await call.Service.Ear.WaitForAsync(Second, gone);
        var pause = call.Service.Ear.LongestPause(since);
        var played = await call.Service.PlayAsync(Tones.Sine(500, Second / 2, sampleRate: call.Service.SampleRate));
        call.Service.HangUp();

        Assert.That(pause, Is.LessThan(Second / 4), "the service's time stood still");
        Assert.That(played, Is.EqualTo(call.Service.SampleRate / 2), "samples played to nobody");
    }

    /// <summary>After a change Asterisk takes the first packets only to learn where the phone is now.</summary>
    private static Task LearnAgainAsync(MediaCall call) => call.Service.Ear.WaitForAsync(TimeSpan.FromMilliseconds(300), call.Service.Ear.Position);

    private void Whole(MediaCall call, (HeardTone Up, HeardTone Down) heard) => Assert.Multiple(() =>
    {
        Assert.That(heard.Up.IsWhole, Is.True, () => $"at the service {heard.Up}\n{call.Service}\n{string.Join('\n', LabOfTheMediaTests.Lab.Log(path).TakeLast(10))}\n{string.Join('\n', LabOfTheMediaTests.Lab.Asterisk.Log().TakeLast(20))}");
        Assert.That(heard.Down.IsWhole, Is.True, () => $"at the caller {heard.Down}\n{call.Caller}");
    });
}

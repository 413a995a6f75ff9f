using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Processes;
using AsteriskVoiceAi.TestSupport.Sip;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.CallTests.Support;

/// <summary>The measuring instrument itself, tried against the real Asterisk.</summary>
[TestFixture]
public sealed class SipCallerTests
{
    private const string Dialplan = """
        [default]
        exten => 700,1,Answer()
         same => n,Echo()
         same => n,Hangup(18)
        exten => 702,1,Busy(0)
        exten => 703,1,Ringing()
         same => n,Wait(60)
        exten => 704,1,Answer()
         same => n,Playback(demo-congrats)
         same => n,Hangup()
        exten => 705,1,Answer()
         same => n,Playback(vm-goodbye)
         same => n,Hangup()

        """;

    private AsteriskProcess _asterisk = null!;

    [OneTimeSetUp]
    public async Task StartAsterisk()
    {
        if (await AsteriskProcess.WhyMissingAsync() is { } why)
            Missing.Skip(why);
        _asterisk = await AsteriskProcess.StartAsync(new() { Dialplan = Dialplan });
    }

    [OneTimeTearDown]
    public async Task StopAsterisk()
    {
        if (_asterisk is not null)
            await _asterisk.DisposeAsync();
    }

    [TestCase(CallerCodec.Ulaw)]
    [TestCase(CallerCodec.Alaw)]
    public async Task Echoed_tone_comes_back_whole_and_at_once(CallerCodec codec)
    {
        await using var caller = new SipCaller(_asterisk.Sip, new() { Codec = codec });
        await caller.CallAsync("700");
        var said = await caller.SpeakAsync(Tones.Sine(440, TimeSpan.FromSeconds(1)));
        var back = await caller.WaitForAudioAsync(said.First);
        var quietSince = await caller.WaitForQuietAsync(TimeSpan.FromMilliseconds(300));
        var heard = caller.HeardBetween(back, back + TimeSpan.FromSeconds(1));
        Assert.Multiple(() =>
        {
            Assert.That(said.Whole, Is.True);
            // 50 packets: the last leaves 49 beats after the first.
            Assert.That(said.Last - said.First, Is.EqualTo(TimeSpan.FromMilliseconds(980)).Within(TimeSpan.FromMilliseconds(40)));
            Assert.That(back - said.First, Is.LessThan(TimeSpan.FromMilliseconds(200)));
            Assert.That(quietSince - said.Last, Is.LessThan(TimeSpan.FromMilliseconds(220)));
            Assert.That(caller.Statistics.Lost, Is.Zero);
            Assert.That(Tones.Strongest(heard), Is.EqualTo(440));
            Assert.That(Tones.Amplitude(heard, 440), Is.EqualTo(8000).Within(500));
        });
    }

    [TestCase(HoldStyle.Direction)]
    [TestCase(HoldStyle.NoAddress)]
    public async Task Held_call_is_silent_and_goes_on_when_it_is_resumed(HoldStyle style)
    {
        await using var caller = new SipCaller(_asterisk.Sip);
        await caller.CallAsync("700");
        await EchoesAsync(caller, 440);
        await caller.HoldAsync(style);
        var sent = caller.SentPackets;
        Assert.That(caller.IsUp, Is.True);
        await caller.ResumeAsync();
        Assert.That(caller.SentPackets - sent, Is.LessThan(5));
        await EchoesAsync(caller, 660);
    }

    [Test]
    public async Task Media_that_moves_to_another_port_and_codec_is_followed()
    {
        await using var caller = new SipCaller(_asterisk.Sip);
        await caller.CallAsync("700");
        await EchoesAsync(caller, 440);
        await caller.MoveMediaAsync();
        await EchoesAsync(caller, 550);
        await caller.ChangeCodecAsync(CallerCodec.Alaw);
        await EchoesAsync(caller, 660);
    }

    /// <summary>After a change Asterisk takes a few packets to learn where we are now, so the middle of a tone is looked at.</summary>
    private static async Task EchoesAsync(SipCaller caller, double frequency)
    {
        var said = await caller.SpeakAsync(Tones.Sine(frequency, TimeSpan.FromSeconds(1)));
        var heard = caller.HeardBetween(said.Last - TimeSpan.FromMilliseconds(400), said.Last);
        Assert.That(ToneReading.Of(heard), Has.Property(nameof(ToneReading.Frequency)).EqualTo(frequency).Within(2).And.Property(nameof(ToneReading.Gaps)).Zero);
    }

    [Test]
    public async Task Keys_are_sent_and_heard()
    {
        await using var caller = new SipCaller(_asterisk.Sip);
        await caller.CallAsync("700");
        // Echo() sends keys back too, and # ends it.
        await caller.PressAsync("1195#");
        var hangup = await caller.WaitForHangupAsync();
        Assert.Multiple(() =>
        {
            Assert.That(caller.HeardDigits, Does.StartWith("1195"));
            Assert.That(hangup.ByOther, Is.True);
            Assert.That(hangup.Cause, Is.EqualTo(18));
        });
    }

    [Test]
    public async Task Refusal_is_a_result()
    {
        await using var caller = new SipCaller(_asterisk.Sip);
        var result = await caller.DialAsync("702");
        Assert.That(result, Has.Property(nameof(DialResult.Status)).EqualTo(486));
    }

    [Test]
    public async Task Unknown_extension_is_refused()
    {
        await using var caller = new SipCaller(_asterisk.Sip);
        Assert.That((await caller.DialAsync("999")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Call_is_cancelled_while_it_rings()
    {
        await using var caller = new SipCaller(_asterisk.Sip);
        var dialling = caller.DialAsync("703");
        await caller.WaitForRingingAsync();
        await caller.CancelAsync();
        Assert.That((await dialling).Status, Is.EqualTo(487));
        await _asterisk.WaitForNothingLeftAsync(TimeSpan.FromSeconds(5));
    }

    [Test]
    public async Task Cancelled_token_cancels_the_call()
    {
        await using var caller = new SipCaller(_asterisk.Sip);
        using var cancel = new CancellationTokenSource();
        var dialling = caller.DialAsync("703", cancellationToken: cancel.Token);
        await caller.WaitForRingingAsync();
        await cancel.CancelAsync();
        Assert.That((await dialling).Status, Is.EqualTo(487));
    }

    [Test]
    public async Task Our_hangup_leaves_nothing_behind()
    {
        await using (var caller = new SipCaller(_asterisk.Sip))
        {
            await caller.CallAsync("700");
            Assert.That(await _asterisk.CountChannelsAsync(), Is.GreaterThan(0));
        }
        await _asterisk.WaitForNothingLeftAsync(TimeSpan.FromSeconds(5));
    }

    [Test]
    public async Task Muted_phone_hears_but_sends_nothing()
    {
        await using var caller = new SipCaller(_asterisk.Sip, new() { SendsAudio = false });
        await caller.CallAsync("704");
        await caller.WaitUntilAsync("50 packets", c => c.Statistics.Packets >= 50);
        Assert.Multiple(() =>
        {
            Assert.That(caller.SentPackets, Is.Zero);
            Assert.That(Tones.Level(caller.Heard.Samples), Is.GreaterThan(SipCaller.SoundLevel));
        });
    }

    [Test]
    public async Task Phone_that_vanishes_sends_no_goodbye()
    {
        await using (var caller = new SipCaller(_asterisk.Sip))
        {
            await caller.CallAsync("700");
            caller.Vanish();
        }
        Assert.That(await _asterisk.CountChannelsAsync(), Is.GreaterThan(0));
        await _asterisk.CliAsync("channel request hangup all");
    }

    [Test]
    public async Task Wait_that_runs_out_tells_what_the_caller_knows()
    {
        await using var caller = new SipCaller(_asterisk.Sip);
        await caller.CallAsync("700");
        var timeout = await Assert.ThrowsAsync<TimeoutException>(() => caller.WaitForAudioAsync(Moment.Now, within: TimeSpan.FromMilliseconds(200)));
        Assert.That(timeout!.Message, Does.Contain("A sound after").And.Contains("did not come within 0.2 s").And.Contains("Caller of 700").And.Contains("< SIP/2.0 200 OK"));
    }

    [Test]
    public async Task Twenty_callers_keep_time_together()
    {
        var callers = Enumerable.Range(0, 20).Select(_ => new SipCaller(_asterisk.Sip)).ToArray();
        await Task.WhenAll(callers.Select(c => c.CallAsync("700")));
        await Task.WhenAll(callers.Select((c, i) => c.SpeakAsync(Tones.Sine(400 + (50 * i), TimeSpan.FromSeconds(2)))));
        TestContext.Out.WriteLine(string.Join('\n', callers.Select(c => $"{c.SentPackets} sent, {c.Statistics}")));
        Assert.Multiple(() =>
        {
            foreach (var (i, caller) in callers.Index())
            {
                Assert.That(caller.Statistics.Lost, Is.Zero);
                Assert.That(caller.Statistics.Packets, Is.GreaterThanOrEqualTo(90));
                Assert.That(Tones.Strongest(caller.Heard.Samples.AsSpan(^6400..^1600)), Is.EqualTo(400 + (50 * i)));
            }
        });
        await Task.WhenAll(callers.Select(c => c.DisposeAsync().AsTask()));
        await _asterisk.WaitForNothingLeftAsync(TimeSpan.FromSeconds(5));
    }

    [Test]
    public async Task Asterisk_takes_calls_again_after_a_restart()
    {
        await using var before = new SipCaller(_asterisk.Sip);
        await before.CallAsync("700");
        await _asterisk.RestartAsync();
        await using var after = new SipCaller(_asterisk.Sip);
        await after.CallAsync("700");
        Assert.That(before.Ended, Has.Property(nameof(Hangup.ByOther)).True);
    }

    [Test]
    public async Task Asterisk_that_crashed_starts_again()
    {
        await using var before = new SipCaller(_asterisk.Sip);
        await before.CallAsync("700");
        await _asterisk.KillAsync();
        before.Vanish();
        await _asterisk.StartAgainAsync();
        await using var after = new SipCaller(_asterisk.Sip);
        await after.CallAsync("700");
        Assert.That(after.IsUp, Is.True);
    }

    [Test]
    public async Task Human_prompt_is_heard_as_it_was_recorded()
    {
        await using var caller = new SipCaller(_asterisk.Sip);
        await caller.CallAsync("705");
        await caller.WaitForHangupAsync();
        var prompt = await HumanPrompts.ReadAsync("vm-goodbye");
        Assert.That(caller.Heard.Samples.Length, Is.EqualTo(prompt.Length).Within(1600));
        Assert.That(Tones.Level(caller.Heard.Samples), Is.EqualTo(Tones.Level(prompt)).Within(10).Percent);
    }
}

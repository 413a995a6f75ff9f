using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Tests.AudioSocket;

namespace AsteriskVoiceAi.Tests.FastAgi;

public class FastAgiCallTests
{
    [Test]
    public async Task Call_is_answered_served_and_given_back_with_its_variables()
    {
        IncomingCall? seen = null;
        await using var server = await VoiceServer.StartAsync((call, _, _) =>
        {
            seen = call;
            return Task.FromResult(Done(call) with { Intent = "track-parcel", Confidence = 0.914, Text = "where is \"my\" parcel\nEXEC System x", Digits = "12", Slots = new Dictionary<string, string> { ["number"] = "123" } });
        });
        using var asterisk = await FakeAsteriskAgi.CallAsync(server.AgiPort, "route/main", "tier=gold");
        asterisk.Variables["CHANNEL(linkedid)"] = "1795340802.7";
        Assert.That(await asterisk.RunAsync(), Is.EqualTo("SUCCESS"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen, Is.EqualTo(seen! with { Entry = "agi:route/main", Channel = "PJSIP/caller-00000001", CallerNumber = "5551234", DialedNumber = "100", Language = "en", LinkedId = "1795340802.7" }));
            Assert.That(asterisk.Variables, Is.SupersetOf(new Dictionary<string, string>
            {
                ["VOICEAI_RESULT"] = "done",
                ["VOICEAI_REASON"] = "",
                ["VOICEAI_CALL"] = seen.Id,
                ["VOICEAI_INTENT"] = "track-parcel",
                ["VOICEAI_CONFIDENCE"] = "0.91",
                ["VOICEAI_TEXT"] = "where is \"my\" parcel EXEC System x",
                ["VOICEAI_DIGITS"] = "12",
                ["VOICEAI_SLOT_NUMBER"] = "123",
            }));
            Assert.That(asterisk.Commands, Has.None.StartsWith("EXEC System"));
        }
        await server.BecomesEmptyAsync();
    }

    [Test]
    public async Task Service_that_dies_in_the_call_has_left_its_mark()
    {
        var marks = new Dictionary<string, string>();
        await using var server = await VoiceServer.StartAsync(static (call, _, _) => Task.FromResult(Done(call)));
        using var asterisk = await FakeAsteriskAgi.CallAsync(server.AgiPort, "say", "hello");
        asterisk.OnAudio = async audio =>
        {
            marks = new(asterisk.Variables);
            return await audio.ReadToEndAsync();
        };
        await asterisk.RunAsync();
        Assert.That(marks, Is.SupersetOf(new Dictionary<string, string> { ["VOICEAI_RESULT"] = "error", ["VOICEAI_REASON"] = "service-lost" }));
        Assert.That(marks["VOICEAI_CALL"], Has.Length.EqualTo(32));
    }

    [Test]
    public async Task Transfer_points_the_channel_at_its_destination()
    {
        var asterisk = await RunAsync("route/main", static (call, _, _) => Task.FromResult(Done(call) with { Next = new NextStep.Transfer(new Destination("support", "600")) }));
        Assert.That(asterisk.Variables, Is.SupersetOf(new Dictionary<string, string> { ["CONTEXT"] = "support", ["EXTENSION"] = "600", ["PRIORITY"] = "1" }));
    }

    [Test]
    public async Task Transfer_within_the_context_leaves_the_context_alone()
    {
        var asterisk = await RunAsync("route/main", static (call, _, _) => Task.FromResult(Done(call) with { Next = new NextStep.Transfer(new Destination("", "600")) }));
        Assert.That(asterisk.Variables, Does.Not.ContainKey("CONTEXT").And.ContainKey("EXTENSION"));
    }

    [Test]
    public async Task Service_hangs_up_after_the_variables()
    {
        var asterisk = await RunAsync("route/main", static (call, _, _) => Task.FromResult(Done(call) with { Next = new NextStep.HangUp() }));
        Assert.That(asterisk.Commands[^1], Is.EqualTo("HANGUP"));
        Assert.That(asterisk.Variables["VOICEAI_RESULT"], Is.EqualTo("done"));
    }

    [Test]
    public async Task Handler_that_breaks_leaves_the_caller_in_the_dialplan()
    {
        var asterisk = await RunAsync("route/main", static (_, _, _) => throw new InvalidOperationException("broken"));
        AssertEnd(asterisk, "error", "internal");
    }

    [Test]
    public async Task Caller_who_hangs_up_cancels_the_leg_and_variables_are_set_all_the_same()
    {
        var served = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await VoiceServer.StartAsync(async (call, leg, _) =>
        {
            served.SetResult();
            await Cancelled(leg.HungUp);
            var heard = new short[160];
            while (await leg.Audio.ReceiveAsync(heard, CancellationToken.None) > 0) ;
            var played = await leg.Audio.PlayAsync(new short[1600], CancellationToken.None);
            var keys = await leg.Keys.WaitToReadAsync(CancellationToken.None);
            return new CallOutcome(call.Id, CallResult.HangUp, $"{played} {keys}", new NextStep.Transfer(new Destination("a", "b")));
        });
        using var asterisk = await FakeAsteriskAgi.CallAsync(server.AgiPort, "route/main");
        asterisk.OnAudio = async audio =>
        {
            // Before the call is served a hangup is one too, but no handler sees it.
            await served.Task;
            audio.Dispose();
            return false;
        };
        await asterisk.RunAsync();
        AssertEnd(asterisk, "hangup", "0 False");
        Assert.That(server.Logs.ForOperator, Is.Empty);
    }

    [Test]
    public async Task Audio_that_breaks_while_the_caller_is_there_is_made_anew_and_what_played_goes_on()
    {
        short[] prompt = [.. Enumerable.Range(1, 8 * 160).Select(static i => (short)i)];
        List<short> heard = [];
        var key = ' ';
        var lives = 0;
        var isPlayed = false;
        await using var server = await VoiceServer.StartAsync(async (call, leg, _) =>
        {
            var played = await leg.Audio.PlayAsync(prompt, CancellationToken.None);
            Volatile.Write(ref isPlayed, true);
            key = await leg.Keys.ReadAsync(CancellationToken.None);
            return Done(call) with { Reason = $"{played} {leg.HungUp.IsCancellationRequested}" };
        });
        using var asterisk = await FakeAsteriskAgi.CallAsync(server.AgiPort, "route/main");
        asterisk.OnAudio = async audio =>
        {
            lives++;
            while (lives == 1 ? heard.Count < 3 * 160 : !Volatile.Read(ref isPlayed))
            {
                server.Time.Advance(FrameClock.Period);
                heard.AddRange((await audio.ReadFrameAsync()).Where(static sample => sample != 0));
            }
            if (lives == 1)
            {
                // Not the goodbye of a hangup: the network cut it.
                audio.Dispose();
                return true;
            }
            await audio.SendKeyAsync('5');
            return await audio.ReadToEndAsync();
        };

        await asterisk.RunAsync();

        AssertEnd(asterisk, "done", $"{prompt.Length} False");
        Assert.That((lives, key), Is.EqualTo((2, '5')));
        // What was on its way when the network broke is lost; all else is heard, once and in its order.
        Assert.That(prompt.Except(heard).Count(), Is.LessThanOrEqualTo(2 * 160));
        Assert.That(heard, Is.Ordered.Ascending.And.Unique);
        Assert.That(server.Logs.ForOperator, Has.Length.EqualTo(2));
        Assert.That(server.Logs.ForOperator[0], Does.Contain("link-lost"));
        Assert.That(server.Logs.ForOperator[1], Does.Contain("made anew"));
    }

    [Test]
    public async Task Audio_that_breaks_again_at_once_is_the_end_of_it()
    {
        var served = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await VoiceServer.StartAsync(async (call, leg, _) =>
        {
            served.SetResult();
            var frame = new short[160];
            while (await leg.Audio.ReceiveAsync(frame, CancellationToken.None) > 0) ;
            return new CallOutcome(call.Id, CallResult.Error, $"no-media {leg.HungUp.IsCancellationRequested}", NextStep.InDialplan);
        });
        using var asterisk = await FakeAsteriskAgi.CallAsync(server.AgiPort, "route/main");
        var lives = 0;
        asterisk.OnAudio = async audio =>
        {
            lives++;
            // The first frame comes before the call knows of its audio.
            await served.Task;
            await audio.ReadFrameAsync();
            audio.Dispose();
            return true;
        };

        await asterisk.RunAsync();

        AssertEnd(asterisk, "error", "no-media False");
        Assert.That(lives, Is.EqualTo(2));
    }

    [Test]
    public async Task Hangup_that_the_session_tells_before_the_audio_is_a_hangup()
    {
        await using var server = await VoiceServer.StartAsync(static (call, _, _) => Task.FromResult(Done(call)));
        using var asterisk = await FakeAsteriskAgi.CallAsync(server.AgiPort, "say", "hello");
        asterisk.Reply = line =>
        {
            asterisk.Dead |= line == "ANSWER";
            return line == "ANSWER" ? "200 result=-1\nHANGUP" : null;
        };
        await asterisk.RunAsync();
        AssertEnd(asterisk, "hangup", "caller-hung-up");
    }

    [Test]
    public async Task Channel_that_is_dead_from_the_start_is_told_so_and_gets_no_audio()
    {
        await using var server = await VoiceServer.StartAsync(static (call, _, _) => Task.FromResult(Done(call)));
        using var asterisk = await FakeAsteriskAgi.CallAsync(server.AgiPort, "say", "hello");
        asterisk.Dead = true;
        await asterisk.RunAsync();
        AssertEnd(asterisk, "error", "channel-dead");
        Assert.That(asterisk.Commands, Has.None.StartsWith("EXEC"));
    }

    [TestCase("NOAPP", "app_audiosocket")]
    [TestCase("FAILED", "AudioSocket:Advertise")]
    public async Task Asterisk_without_audio_is_an_error_that_an_operator_can_mend(string tryStatus, string advice)
    {
        await using var server = await VoiceServer.StartAsync(static (call, _, _) => Task.FromResult(Done(call)));
        using var asterisk = await FakeAsteriskAgi.CallAsync(server.AgiPort, "say", "hello");
        asterisk.Variables["TRYSTATUS"] = tryStatus;
        asterisk.Reply = static line => line.StartsWith("EXEC", StringComparison.Ordinal) ? "200 result=0" : null;
        await asterisk.RunAsync();
        AssertEnd(asterisk, "error", "no-audio");
        Assert.That(server.NotServed.Select(outcome => outcome.Reason), Is.EqualTo(new[] { "no-audio" }));
        Assert.That(server.Logs.ForOperator, Has.One.Contains(advice).And.One.Contains($"127.0.0.1:{server.AudioPort}"));
    }

    [Test]
    public async Task Asterisk_that_brings_no_audio_in_time_is_an_error_once_it_answers()
    {
        var asked = new TaskCompletionSource();
        await using var server = await VoiceServer.StartAsync(static (call, _, _) => Task.FromResult(Done(call)));
        using var asterisk = await FakeAsteriskAgi.CallAsync(server.AgiPort, "say", "hello");
        var release = new TaskCompletionSource();
        asterisk.OnAudioRequested = async () =>
        {
            asked.SetResult();
            await release.Task;
        };
        var running = asterisk.RunAsync();
        await asked.Task.Soon("the request for audio");
        server.Time.Advance(TimeSpan.FromSeconds(6));
        release.SetResult();
        await running;
        AssertEnd(asterisk, "error", "no-audio");
    }

    [Test]
    public async Task Session_that_breaks_in_the_call_hangs_the_leg_up_with_one_log_line()
    {
        var ended = new TaskCompletionSource();
        await using var server = await VoiceServer.StartAsync(async (call, leg, _) =>
        {
            await Cancelled(leg.HungUp);
            ended.SetResult();
            return Done(call);
        });
        using var asterisk = await FakeAsteriskAgi.CallAsync(server.AgiPort, "route/main");
        asterisk.OnAudio = async audio =>
        {
            // The first frame says that the call has its audio.
            await audio.ReadFrameAsync();
            asterisk.Dispose();
            return await audio.ReadToEndAsync();
        };
        Assert.That(asterisk.RunAsync, Throws.Exception);
        await ended.Task.Soon("the end of the leg");
        await server.BecomesEmptyAsync();
        Assert.That(server.Logs.ForOperator, Has.Length.EqualTo(1).And.One.Contains("broke"));
    }

    [Test]
    public async Task Drop_in_googletts_jumps_to_the_key_that_interrupted()
    {
        var asterisk = await RunAsync("googletts.agi", static (call, _, _) => Task.FromResult(Done(call) with { Digits = "2" }), "Press 1 or 2", "en", "12");
        Assert.That(asterisk.Variables, Is.SupersetOf(new Dictionary<string, string> { ["EXTENSION"] = "2", ["PRIORITY"] = "1" }));
    }

    [Test]
    public async Task Say_does_not_jump()
    {
        var asterisk = await RunAsync("say", static (call, _, _) => Task.FromResult(Done(call) with { Digits = "2" }), "Press 1 or 2", "en", "12");
        Assert.That(asterisk.Variables, Does.Not.ContainKey("EXTENSION"));
        Assert.That(asterisk.Variables["VOICEAI_DIGITS"], Is.EqualTo("2"));
    }

    [TestCase("hello world", 0.875, "hello world", "0.875")]
    [TestCase("", null, "-1", "-1")]
    public async Task Drop_in_speech_recog_sets_its_own_variables(string text, double? confidence, string utterance, string expected)
    {
        var asterisk = await RunAsync("speech-recog.agi", (call, _, _) => Task.FromResult(Done(call) with { Text = text, Confidence = confidence }), "en-US");
        Assert.That(asterisk.Variables, Is.SupersetOf(new Dictionary<string, string> { ["utterance"] = utterance, ["confidence"] = expected }));
    }

    [Test]
    public async Task Request_without_its_text_is_an_error_without_audio()
    {
        var asterisk = await RunAsync("say", static (call, _, _) => Task.FromResult(Done(call)));
        AssertEnd(asterisk, "error", "bad-request");
        Assert.That(asterisk.Commands, Has.None.StartsWith("EXEC").And.None.EqualTo("ANSWER"));
    }

    private static async Task<FakeAsteriskAgi> RunAsync(string script, Serve serve, params string[] arguments)
    {
        await using var server = await VoiceServer.StartAsync(serve);
        using var asterisk = await FakeAsteriskAgi.CallAsync(server.AgiPort, script, arguments);
        Assert.That(await asterisk.RunAsync(), Is.EqualTo("SUCCESS"));
        return asterisk;
    }

    private static void AssertEnd(FakeAsteriskAgi asterisk, string result, string reason)
    {
        Assert.That(asterisk.Variables["VOICEAI_RESULT"], Is.EqualTo(result));
        Assert.That(asterisk.Variables["VOICEAI_REASON"], Is.EqualTo(reason));
        Assert.That(asterisk.Variables, Does.Not.ContainKey("CONTEXT"));
    }

    private static CallOutcome Done(IncomingCall call) => new(call.Id, CallResult.Done, "", NextStep.InDialplan);

    private static async Task Cancelled(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = token.Register(cancelled.SetResult);
        await cancelled.Task.Soon("the hangup");
    }
}

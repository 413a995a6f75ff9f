using System.Runtime.InteropServices;
using System.Threading.Channels;
using AsteriskVoiceAi.Asterisk.AudioSocket;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Tests.FastAgi;

namespace AsteriskVoiceAi.Tests.AudioSocket;

public class AudioSocketTests
{
    private VoiceServer _server = null!;

    [SetUp]
    public async Task Start() => _server = await VoiceServer.StartAsync(static (_, _, _) => throw new NotSupportedException());

    [TearDown]
    public async Task Nothing_leaks() => await _server.DisposeAsync();

    [Test]
    public async Task Silence_flows_from_the_first_moment_at_the_pace_of_the_clock()
    {
        await using var call = await ConnectAsync();
        Assert.That(await call.Asterisk.ReadFrameAsync(), Is.EqualTo(new short[160]));
        for (var i = 0; i < 50; i++)
        {
            _server.Time.Advance(FrameClock.Period);
            Assert.That(await call.Asterisk.ReadFrameAsync(), Is.EqualTo(new short[160]));
        }
    }

    [Test]
    public async Task Two_playbacks_follow_without_a_gap_and_then_silence()
    {
        await using var call = await ConnectAsync();
        await call.Asterisk.ReadFrameAsync();
        var first = call.Link.PlayAsync(Ramp(1, 200), CancellationToken.None);
        var second = call.Link.PlayAsync(Ramp(201, 100), CancellationToken.None);
        List<short> heard = [.. await TickAsync(call), .. await TickAsync(call)];
        Assert.That(await first.Soon("the end of the first") + await second.Soon("the end of the second"), Is.EqualTo(300));
        Assert.That(heard, Is.EqualTo(Ramp(1, 300).Concat(new short[20])));
    }

    [Test]
    public async Task Playback_that_is_stopped_ends_at_once_and_says_how_much_was_sent()
    {
        await using var call = await ConnectAsync();
        await call.Asterisk.ReadFrameAsync();
        using var stop = new CancellationTokenSource();
        var playing = call.Link.PlayAsync(Ramp(1, 1600), stop.Token);
        var next = call.Link.PlayAsync(Ramp(5000, 160), CancellationToken.None);
        await TickAsync(call);
        await TickAsync(call);
        await stop.CancelAsync();
        Assert.That(await playing.Soon("the end of the playback"), Is.EqualTo(320));
        Assert.That(await TickAsync(call), Is.EqualTo(Ramp(5000, 160)));
        Assert.That(await next, Is.EqualTo(160));
    }

    [Test]
    public async Task Playback_that_is_stopped_before_it_begins_sends_nothing()
    {
        await using var call = await ConnectAsync();
        Assert.That(await call.Link.PlayAsync(Ramp(1, 160), new CancellationToken(canceled: true)), Is.Zero);
    }

    [Test]
    public async Task Playback_ends_when_the_link_ends()
    {
        await using var call = await ConnectAsync();
        await call.Asterisk.ReadFrameAsync();
        var playing = call.Link.PlayAsync(Ramp(1, 1600), CancellationToken.None);
        await TickAsync(call);
        call.Asterisk.Dispose();
        Assert.That(await playing.Soon("the end of the playback"), Is.EqualTo(160));
    }

    [Test]
    public async Task Audio_of_the_caller_is_heard_however_it_was_cut()
    {
        await using var call = await ConnectAsync();
        var message = new byte[3 + 320];
        message[0] = 0x10;
        message[1] = 1;
        message[2] = 64;
        for (var i = 0; i < 160; i++)
            BitConverter.TryWriteBytes(message.AsSpan(3 + 2 * i), (short)(i * 3));
        await call.Asterisk.SendRawAsync(message.AsMemory(0, 2));
        await call.Asterisk.SendRawAsync(message.AsMemory(2, 100));
        await call.Asterisk.SendRawAsync(message.AsMemory(102));
        var heard = new short[160];
        Assert.That(await call.Link.ReceiveAsync(heard, CancellationToken.None).Soon("the audio"), Is.EqualTo(160));
        Assert.That(heard, Is.EqualTo(Enumerable.Range(0, 160).Select(static i => (short)(i * 3))));
    }

    [Test]
    public async Task Silent_caller_is_heard_as_silence()
    {
        await using var call = await ConnectAsync();
        var heard = call.Link.ReceiveAsync(new short[160], CancellationToken.None);
        for (var i = 0; i < ReceiveBuffer.GapTicks; i++)
            _server.Time.Advance(FrameClock.Period);
        Assert.That(await heard.Soon("silence"), Is.EqualTo(160));
    }

    [Test]
    public async Task Keys_arrive_in_order_and_others_are_ignored()
    {
        await using var call = await ConnectAsync();
        var keys = Channel.CreateUnbounded<char>();
        call.Link.KeyPressed += key => keys.Writer.TryWrite(key);
        foreach (var key in "4#?d")
            await call.Asterisk.SendKeyAsync(key);
        var pressed = "";
        while (pressed.Length < 3)
            pressed += await keys.Reader.ReadAsync().Soon("a key");
        Assert.That(pressed, Is.EqualTo("4#D"));
    }

    [Test]
    public async Task Asterisk_that_closes_ends_the_link()
    {
        await using var call = await ConnectAsync();
        call.Asterisk.Dispose();
        await EndOf(call);
        Assert.That(await call.Link.ReceiveAsync(new short[160], CancellationToken.None), Is.Zero);
        Assert.That(call.Link.EndReason, Is.EqualTo("Asterisk closed the connection").Or.EqualTo("Connection reset by peer"));
    }

    [Test]
    public async Task Our_own_end_says_goodbye()
    {
        await using var call = await ConnectAsync();
        var reading = call.Asterisk.ReadToEndAsync();
        await call.Link.EndAsync().Soon("the end");
        Assert.That(await reading, Is.True);
    }

    [Test]
    public async Task Asterisk_that_does_not_close_after_our_goodbye_is_cut_off()
    {
        await using var call = await ConnectAsync();
        var ending = call.Link.EndAsync();
        _server.Time.Advance(TimeSpan.FromSeconds(3));
        await ending.Soon("the end");
    }

    [Test]
    public async Task Asterisk_that_takes_nothing_costs_frames_and_then_the_link()
    {
        await using var call = await ConnectAsync();
        // About 300 KB a kilo-frame; the system's buffers and ours hold a few MB at most.
        for (var i = 0; i < 60_000 && !call.Link.Ended.IsCompleted; i++)
            _server.Time.Advance(FrameClock.Period);
        await EndOf(call);
        Assert.That(call.Link.SkippedFrames, Is.GreaterThanOrEqualTo(250));
    }

    [Test]
    public async Task Unknown_id_is_refused_with_one_line()
    {
        using var stranger = await FakeAudioSocket.ConnectAsync(_server.AudioPort);
        await stranger.SendUuidAsync(Guid.NewGuid());
        Assert.That(await stranger.ReadAsync().Soon("the refusal"), Is.Null);
        await _server.BecomesEmptyAsync();
        Assert.That(_server.Logs.ForOperator, Has.Length.EqualTo(1).And.One.Contains("no call waits"));
        Assert.That(_server.Audio.Refused, Is.EqualTo(1));
    }

    [Test]
    public async Task Second_connection_with_the_same_id_is_refused()
    {
        await using var call = await ConnectAsync();
        using var second = await FakeAudioSocket.ConnectAsync(_server.AudioPort);
        await second.SendUuidAsync(call.Uuid);
        Assert.That(await second.ReadAsync().Soon("the refusal"), Is.Null);
        Assert.That(call.Link.Ended.IsCompleted, Is.False);
    }

    [TestCase("GET / HTTP/1.1\r\n")]
    [TestCase("\u0001\u0000\u0002ab")]
    [TestCase("\u0001\u00ff\u00ff")]
    public async Task Garbage_is_refused_with_one_line(string bytes)
    {
        using var stranger = await FakeAudioSocket.ConnectAsync(_server.AudioPort);
        await stranger.SendRawAsync(System.Text.Encoding.Latin1.GetBytes(bytes));
        Assert.That(await stranger.ReadAsync().Soon("the refusal"), Is.Null);
        await _server.BecomesEmptyAsync();
        Assert.That(_server.Logs.ForOperator, Has.Length.EqualTo(1));
    }

    [TestCase((byte)0x12, 640, "came for a call in slin (0x10)")]
    [TestCase((byte)0x77, 3, "makes no sense")]
    [TestCase((byte)0xff, 1, "reported an error")]
    [TestCase((byte)0x10, 9000, "limit")]
    public async Task Wrong_message_in_a_call_ends_it_with_one_line(byte kind, int length, string told)
    {
        await using var call = await ConnectAsync();
        await call.Asterisk.SendAsync(kind, new byte[length]);
        await EndOf(call);
        await _server.BecomesEmptyAsync();
        Assert.That(_server.Logs.ForOperator, Has.Length.EqualTo(1).And.One.Contains(told));
    }

    [Test]
    public async Task Connection_that_does_not_say_its_id_is_cut_off()
    {
        using var stranger = await FakeAudioSocket.ConnectAsync(_server.AudioPort);
        await stranger.SendRawAsync(new byte[] { 1, 0 });
        await _server.SocketsAsync(1);
        _server.Time.Advance(TimeSpan.FromSeconds(7));
        Assert.That(await stranger.ReadAsync().Soon("the end"), Is.Null);
    }

    [Test]
    public async Task Probe_that_connects_and_leaves_is_not_told()
    {
        (await FakeAudioSocket.ConnectAsync(_server.AudioPort)).Dispose();
        await using (await ConnectAsync())
        {
        }
        await _server.BecomesEmptyAsync();
        Assert.That(_server.Logs.ForOperator, Is.Empty);
    }

    [Test]
    public async Task Nobody_waiting_any_longer_ends_a_connection_that_comes_late()
    {
        var uuid = Guid.NewGuid();
        var expected = _server.Rendezvous.Expect(uuid, MediaFormat.Slin);
        await expected.DisposeAsync();
        using var late = await FakeAudioSocket.ConnectAsync(_server.AudioPort);
        await late.SendUuidAsync(uuid);
        Assert.That(await late.ReadAsync().Soon("the refusal"), Is.Null);
    }

    [TestCaseSource(nameof(Rates))]
    public async Task Every_linear_format_goes_both_ways_in_its_own_kind(string name, byte kind, int rate)
    {
        var format = MediaFormat.Of(Enum.Parse<FormatChoice>(name, ignoreCase: true));
        await using var call = await ConnectAsync(format);
        var spoken = Ramp(1, rate / 50);
        var received = new short[rate / 50];

        var silence = await call.Asterisk.ReadAsync().Soon("the first silence");
        await call.Asterisk.SendAsync(kind, MemoryMarshal.AsBytes(spoken.AsSpan()).ToArray());
        await call.Link.ReceiveAsync(received, CancellationToken.None).Soon("the caller's audio");

        Assert.Multiple(() =>
        {
            Assert.That((call.Link.SampleRate, silence!.Value.Kind, silence.Value.Payload.Length), Is.EqualTo((rate, kind, rate / 50 * 2)));
            Assert.That(received, Is.EqualTo(spoken));
            Assert.That(call.Link.Counters, Is.EqualTo(new MediaCounters(1, 1)));
        });
    }

    private static readonly object[] Rates =
    [
        new object[] { "slin", (byte)0x10, 8000 }, new object[] { "slin12", (byte)0x11, 12000 }, new object[] { "slin16", (byte)0x12, 16000 },
        new object[] { "slin24", (byte)0x13, 24000 }, new object[] { "slin32", (byte)0x14, 32000 }, new object[] { "slin44", (byte)0x15, 44100 },
        new object[] { "slin48", (byte)0x16, 48000 }, new object[] { "slin96", (byte)0x17, 96000 }, new object[] { "slin192", (byte)0x18, 192000 },
    ];

    private static Task EndOf(Call call) => call.Link.Ended.Soon("the end of the link");

    private async Task<short[]> TickAsync(Call call)
    {
        _server.Time.Advance(FrameClock.Period);
        return await call.Asterisk.ReadFrameAsync();
    }

    private static short[] Ramp(int from, int count) => [.. Enumerable.Range(from, count).Select(static i => (short)i)];

    private async Task<Call> ConnectAsync(MediaFormat? format = null)
    {
        var uuid = Guid.NewGuid();
        var expected = _server.Rendezvous.Expect(uuid, format ?? MediaFormat.Slin);
        var asterisk = await FakeAudioSocket.ConnectAsync(_server.AudioPort);
        await asterisk.SendUuidAsync(uuid);
        return new Call(uuid, asterisk, await expected.Connected.Soon("the link"));
    }

    private sealed record Call(Guid Uuid, FakeAudioSocket Asterisk, AudioSocketLink Link) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            Asterisk.Dispose();
            await Link.EndAsync().Soon("the end of the link");
        }
    }
}

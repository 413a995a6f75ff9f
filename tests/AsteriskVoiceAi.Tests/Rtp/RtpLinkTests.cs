using System.Net;
using System.Threading.Channels;
using AsteriskVoiceAi.Asterisk.Rtp;
using AsteriskVoiceAi.Tests.FastAgi;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Tests.Rtp;

internal sealed class RtpLinkTests
{
    private static readonly short[] Tone = Tones.Sine(1000, TimeSpan.FromMilliseconds(20));

    private RtpRig _rig = null!;

    [SetUp]
    public void Start() => _rig = new RtpRig();

    [TearDown]
    public async Task Nothing_leaks()
    {
        await _rig.DisposeAsync();
        Assert.That((_rig.Status.Links, _rig.Status.Ports), Is.EqualTo((0, 0)), "links and ports left");
    }

    [Test]
    public async Task Silence_flows_from_the_first_moment_with_continuous_numbers()
    {
        await using var call = _rig.Call();
        var heard = await call.Peer.HearAsync(20);
        Assert.Multiple(() =>
        {
            Assert.That(heard.Select(static p => p.PayloadType), Is.All.Zero);
            Assert.That(heard.Select(static p => p.Payload), Is.All.EqualTo(Enumerable.Repeat((byte)0xFF, 160)));
            Assert.That(heard.Select(static p => p.Ssrc).Distinct().Count(), Is.EqualTo(1));
            Assert.That(heard.Zip(heard.Skip(1)).Select(static p => (ushort)(p.Second.Sequence - p.First.Sequence)), Is.All.EqualTo(1));
            Assert.That(heard.Zip(heard.Skip(1)).Select(static p => p.Second.Timestamp - p.First.Timestamp), Is.All.EqualTo(160));
        });
    }

    [Test]
    public async Task Playbacks_follow_without_a_gap_and_the_first_packet_after_silence_is_marked()
    {
        await using var call = _rig.Call();
        await call.Peer.HearAsync(1);
        var first = call.Link.PlayAsync(Enumerable.Repeat((short)1000, 240).ToArray(), CancellationToken.None);
        var second = call.Link.PlayAsync(Enumerable.Repeat((short)-1000, 240).ToArray(), CancellationToken.None);
        Assert.That(await first.Soon("the end of the first") + await second.Soon("the end of the second"), Is.EqualTo(480));
        await call.Peer.UntilHeardAsync("silence again", static p => p.Payload[0] == 0xFF && p.Sequence > 0);
        var heard = await call.Peer.HearAsync(call.Peer.Heard.Count + 2);
        var spoken = heard.SkipWhile(static p => p.Payload[0] == 0xFF).Take(4).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(spoken.Select(static p => p.Marker), Is.EqualTo(new[] { true, false, false, false }));
            Assert.That(spoken.SelectMany(static p => p.Samples).Select(static s => Math.Sign(s)),
                Is.EqualTo(Enumerable.Repeat(1, 240).Concat(Enumerable.Repeat(-1, 240)).Concat(Enumerable.Repeat(0, 160))));
        });
    }

    [Test]
    public async Task Playback_that_is_stopped_ends_at_once_and_says_how_much_was_sent()
    {
        await using var call = _rig.Call();
        using var stop = new CancellationTokenSource();
        var playing = call.Link.PlayAsync(Enumerable.Repeat((short)1000, 80_000).ToArray(), stop.Token);
        await call.Peer.UntilHeardAsync("the playback", static p => p.Payload[0] != 0xFF);
        await stop.CancelAsync();
        var sent = await playing.Soon("the end of the playback");
        var now = call.Peer.Heard.Count;
        var heard = await call.Peer.HearAsync(now + 3);
        Assert.Multiple(() =>
        {
            Assert.That(sent, Is.Positive.And.LessThan(80_000));
            Assert.That(heard.Count(static p => p.Payload[0] != 0xFF) * 160, Is.EqualTo(sent));
            Assert.That(heard[^1].Payload[0], Is.EqualTo(0xFF));
        });
    }

    [Test]
    public async Task Playback_ends_when_the_link_ends()
    {
        var call = _rig.Call();
        var playing = call.Link.PlayAsync(new short[80_000], CancellationToken.None);
        await call.Peer.HearAsync(2);
        await call.DisposeAsync();
        Assert.That(await playing.Soon("the end of the playback"), Is.LessThan(80_000));
        Assert.That(call.Link.Ended.IsCompletedSuccessfully, Is.True);
        Assert.That(await call.Link.ReceiveAsync(new short[160], CancellationToken.None), Is.Zero);
    }

    [Test]
    public async Task Link_that_takes_anothers_place_goes_on_with_its_numbers()
    {
        var first = _rig.Call();
        var before = await first.Peer.HearAsync(5);
        await first.DisposeAsync();
        await using var second = _rig.Call(from: first.Link.StreamState);
        var after = await second.Peer.HearAsync(1);
        var last = first.Peer.Heard[^1];
        Assert.Multiple(() =>
        {
            Assert.That(after[0].Ssrc, Is.EqualTo(before[0].Ssrc));
            Assert.That((ushort)(after[0].Sequence - last.Sequence), Is.InRange(1, 3), "packets on their way when the first ended are not seen");
            Assert.That(after[0].Timestamp - last.Timestamp, Is.InRange(160, 480));
            Assert.That(second.Link.LocalEndPoint, Is.Not.EqualTo(first.Link.LocalEndPoint));
        });
    }

    [Test]
    public async Task New_stream_begins_with_a_low_number()
    {
        await using var call = _rig.Call();
        Assert.That((await call.Peer.HearAsync(1))[0].Sequence, Is.LessThan(256));
    }

    [Test]
    public async Task Audio_of_Asterisk_is_heard_across_the_wraps_of_its_numbers()
    {
        await using var call = _rig.Call();
        for (var i = 0; i < 20; i++)
            call.Peer.SendFrame(Tone);
        var heard = await call.HearAsync(3200);
        Assert.Multiple(() =>
        {
            Assert.That(Tones.Amplitude(heard.AsSpan()[..3200], 1000), Is.EqualTo(8000).Within(300));
            Assert.That(call.Link.Counters, Has.Property("Received").EqualTo(20).And.Property("Lost").Zero.And.Property("Concealed").Zero);
        });
    }

    [TestCase(80)]
    [TestCase(240)]
    [TestCase(1600)]
    public async Task Packets_may_be_of_any_length_from_10_to_200_ms(int samples)
    {
        await using var call = _rig.Call();
        var sound = Tones.Sine(1000, TimeSpan.FromMilliseconds(400));
        for (var at = 0; at + samples <= sound.Length; at += samples)
            call.Peer.SendFrame(sound.AsSpan(at, samples));
        var heard = await call.HearAsync(3120);
        Assert.That(Tones.Amplitude(heard.AsSpan()[..3120], 1000), Is.EqualTo(8000).Within(300));
    }

    [Test]
    public async Task Contributing_sources_extension_and_padding_are_not_heard()
    {
        await using var call = _rig.Call();
        var packet = FakeRtpPeer.Packet(1, 1000, 7, 0, marker: true, [1, 2, 3, 4, 0xBE, 0xDE, 0, 1, 9, 9, 9, 9, .. Enumerable.Repeat((byte)0x80, 160), 0, 0, 3]);
        packet[0] = 0x80 | 0x20 | 0x10 | 1;
        call.Peer.SendRaw(packet);
        Assert.That((await call.HearAsync(160))[..160], Is.All.EqualTo(32124));
    }

    [Test]
    public async Task Silent_Asterisk_is_heard_as_silence_before_and_after_it_spoke()
    {
        await using var call = _rig.Call();
        Assert.That(await call.HearAsync(480), Is.All.Zero);
        call.Peer.SendFrame(Tone);
        var heard = await call.HearAsync(3200);
        Assert.That(heard[^160..], Is.All.Zero);
        Assert.That(call.Link.Counters.Lost, Is.Zero, "a pause is no loss");
    }

    [Test]
    public async Task Lost_packet_is_concealed_and_counted()
    {
        await using var call = _rig.Call();
        var sound = Tones.Sine(200, TimeSpan.FromMilliseconds(400));
        for (var i = 0; i < 20; i++)
        {
            if (i == 10)
                call.Peer.Sequence++;
            if (i == 10)
                call.Peer.Timestamp += 160;
            else
                call.Peer.SendFrame(sound.AsSpan(i * 160, 160));
        }
        var heard = await call.HearAsync(3200);
        Assert.Multiple(() =>
        {
            Assert.That(Tones.Amplitude(heard.AsSpan(1600, 160), 200), Is.GreaterThan(6000), "where the packet is missing");
            Assert.That(call.Link.Counters, Has.Property("Lost").EqualTo(1).And.Property("Concealed").EqualTo(1).And.Property("Received").EqualTo(19));
        });
    }

    [Test]
    public async Task Duplicates_and_disorder_are_put_right_and_counted()
    {
        await using var call = _rig.Call();
        var packets = Enumerable.Range(0, 4).Select(static i => FakeRtpPeer.Packet((ushort)i, (uint)i * 160, 9, 0, false, Enumerable.Repeat((byte)(0x80 + i), 160).ToArray())).ToArray();
        foreach (var i in new[] { 0, 0, 2, 1, 3, 3 })
            call.Peer.SendRaw(packets[i]);
        var heard = await call.HearAsync(640);
        Assert.Multiple(() =>
        {
            Assert.That(heard[..640].Chunk(160).Select(static frame => frame[80]), Is.Ordered.Descending);
            Assert.That(call.Link.Counters, Has.Property("Duplicate").EqualTo(2).And.Property("Reordered").EqualTo(1).And.Property("Lost").Zero);
        });
    }

    [Test]
    public async Task New_stream_of_Asterisk_is_heard_at_once()
    {
        await using var call = _rig.Call();
        for (var i = 0; i < 5; i++)
            call.Peer.SendFrame(Tone);
        (call.Peer.Ssrc, call.Peer.Sequence, call.Peer.Timestamp) = (0xBEEF, 7, 12345);
        for (var i = 0; i < 5; i++)
            call.Peer.SendFrame(Tone);
        await call.HearAsync(1600);
        Assert.That(call.Link.Counters, Has.Property("Received").EqualTo(10).And.Property("Lost").Zero);
        Assert.That(call.Link.Statistics.SsrcChanges, Is.EqualTo(1));
    }

    [Test]
    public async Task Key_is_told_once_however_often_its_packets_come()
    {
        await using var call = _rig.Call();
        var keys = Channel.CreateUnbounded<char>();
        call.Link.KeyPressed += key => keys.Writer.TryWrite(key);
        foreach (var (key, code) in new[] { ('5', 5), ('5', 5), ('#', 11) })
        {
            for (var n = 1; n <= 5; n++)
                call.Peer.Send([(byte)code, 10, 0, (byte)(n * 10)], payloadType: 101, marker: n == 1);
            for (var n = 0; n < 3; n++)
                call.Peer.Send([(byte)code, 0x80 | 10, 0, 60], payloadType: 101);
            call.Peer.Timestamp += 1600;
            call.Peer.SendFrame(Tone);
            Assert.That(await keys.Reader.ReadAsync().Soon("a key"), Is.EqualTo(key));
        }
        await call.HearAsync(1600);
        Assert.That(keys.Reader.TryPeek(out _), Is.False);
    }

    [Test]
    public async Task Strangers_packets_are_dropped_counted_and_told_once()
    {
        await using var call = _rig.Call();
        await using var stranger = FakeRtpPeer.Open();
        stranger.Target = call.Link.LocalEndPoint;
        for (var i = 0; i < 5; i++)
            stranger.SendFrame(Tone);
        call.Peer.SendFrame(Tone);
        Assert.That(Tones.Amplitude((await call.HearAsync(160)).AsSpan()[..160], 1000), Is.GreaterThan(7000));
        // Of one socket packets come in order, of two they need not.
        while (call.Link.Counters.Foreign < 5)
            await call.Peer.HearAsync(call.Peer.Heard.Count + 1);
        Assert.Multiple(() =>
        {
            Assert.That(call.Link.Counters, Has.Property("Received").EqualTo(1).And.Property("Foreign").EqualTo(5));
            Assert.That(call.Link.Statistics, Has.Property("Strangers").EqualTo(5).And.Property("Stranger").EqualTo(stranger.EndPoint));
            Assert.That(_rig.Status.Strangers, Is.EqualTo(5));
            Assert.That(_rig.Logs.ForOperator, Has.Length.EqualTo(1).And.One.Contains(stranger.EndPoint.ToString()));
        });
    }

    [Test]
    public async Task Wrong_codec_is_dropped_and_told_in_the_statistics()
    {
        await using var call = _rig.Call();
        call.Peer.Send(new byte[33], payloadType: 3);
        call.Peer.SendFrame(Tone);
        await call.HearAsync(160);
        Assert.That(call.Link.Statistics, Has.Property("WrongPayloads").EqualTo(1).And.Property("WrongPayloadType").EqualTo((byte)3));
    }

    [Test]
    public async Task Garbage_is_dropped_and_the_call_goes_on()
    {
        await using var call = _rig.Call();
        foreach (var garbage in new byte[][] { [], [1], new byte[12], [.. Enumerable.Repeat((byte)0xFF, 500)], [.. Enumerable.Repeat((byte)0x80, 8000)] })
            call.Peer.SendRaw(garbage);
        call.Peer.SendFrame(Tone);
        Assert.That(Tones.Amplitude((await call.HearAsync(160)).AsSpan()[..160], 1000), Is.GreaterThan(7000));
        Assert.That(call.Link.Counters.Foreign, Is.EqualTo(5));
    }

    [Test]
    public async Task Asterisk_whose_port_is_closed_ends_the_link()
    {
        await using var call = _rig.Call();
        await call.Peer.HearAsync(1);
        await call.Peer.DisposeAsync();
        await call.Link.Ended.Soon("the end of the link");
        Assert.That(call.Link.EndReason, Does.Contain("nobody listens"));
        Assert.That(_rig.Logs.ForOperator, Has.Length.EqualTo(1).And.One.Contains("is gone"));
    }

    [Test]
    public async Task Port_behind_a_NAT_is_learned_once_where_that_is_allowed()
    {
        await _rig.DisposeAsync();
        _rig = new RtpRig(static options => options.LearnPort = true);
        await using var call = _rig.Call();
        await using var moved = FakeRtpPeer.Open();
        await using var stranger = FakeRtpPeer.Open();
        moved.Target = stranger.Target = call.Link.LocalEndPoint;
        moved.SendFrame(Tone);
        await call.HearAsync(160);
        await moved.HearAsync(3);
        stranger.SendFrame(Tone);
        while (call.Link.Counters.Foreign < 1)
            await moved.HearAsync(moved.Heard.Count + 1);
        Assert.That(call.Link.Asterisk, Is.EqualTo(moved.EndPoint));
    }

    [Test]
    public async Task Other_address_family_is_refused_in_words()
    {
        using var port = _rig.Engine.Reserve();
        Assert.That(() => port.Open(new IPEndPoint(IPAddress.IPv6Loopback, 4000), Asterisk.Media.MediaFormat.ULaw), Throws.TypeOf<RtpException>().With.Message.Contains("rtp.address"));
        await Task.CompletedTask;
    }
}

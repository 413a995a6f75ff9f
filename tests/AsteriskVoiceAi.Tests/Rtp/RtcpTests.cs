using System.Buffers.Binary;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Asterisk.Rtp;
using AsteriskVoiceAi.Tests.FastAgi;
using FsCheck;
using FsCheck.Fluent;

namespace AsteriskVoiceAi.Tests.Rtp;

internal sealed class RtcpTests
{
    private const long Second = 1_000_000_000;
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Reports_are_written_as_the_RFC_lays_them_out()
    {
        var session = new RtcpSession("voiceai-1", Noon, 0);
        var sender = new RtpTransmitter(MediaFormat.ULaw, new PlayoutQueue(), new RtpStreamState(0x01020304, 10, 1000));
        sender.Write(new byte[200]);
        var received = new ReceptionCount();
        foreach (var sequence in new ushort[] { 65_534, 65_535, 1, 2 })
            received.Add(sequence);
        var datagram = new byte[200];
        var length = session.Write(datagram, sender, 0xCAFE, ref received, 17, Second);

        Assert.That(RtcpPacket.IsCompound(datagram.AsSpan(0, length)), Is.True);
        var rest = (ReadOnlySpan<byte>)datagram.AsSpan(0, length);
        RtcpPacket.TryTake(ref rest, out var report);
        Assert.That((report.Type, report.Ssrc), Is.EqualTo((RtcpType.SenderReport, 0x01020304u)));
        // 2026-01-01 12:00:01 in seconds since 1900.
        Assert.That(BinaryPrimitives.ReadUInt32BigEndian(report.Body[4..]), Is.EqualTo((uint)(Noon - new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds + 1));
        Assert.That((BinaryPrimitives.ReadUInt32BigEndian(report.Body[12..]), BinaryPrimitives.ReadUInt32BigEndian(report.Body[16..]), BinaryPrimitives.ReadUInt32BigEndian(report.Body[20..])), Is.EqualTo((1160u, 1u, 160u)));
        Assert.That(report.TryFindReport(0xCAFE, out var about), Is.True);
        // 5 expected, 4 came: one in five is 51/256. The highest is 2 after one wrap.
        Assert.That(about, Is.EqualTo(new RtcpReport(51, 1, 65_538, 17, 0, 0)));
        RtcpPacket.TryTake(ref rest, out var description);
        Assert.That(description.Type, Is.EqualTo(RtcpType.SourceDescription));
        Assert.That(System.Text.Encoding.ASCII.GetString(description.Body[6..15]), Is.EqualTo("voiceai-1"));
        Assert.That(rest.IsEmpty, Is.True);
    }

    [Test]
    public void Round_trip_is_the_time_since_our_report_less_what_the_peer_kept_it()
    {
        var session = new RtcpSession("x", Noon, 0);
        var sender = new RtpTransmitter(MediaFormat.ULaw, new PlayoutQueue(), new RtpStreamState(5, 0, 0));
        var nothing = new ReceptionCount();
        var sent = new byte[100];
        session.Write(sent, sender, 0, ref nothing, 0, 7 * Second);
        var middle = BinaryPrimitives.ReadUInt32BigEndian(sent.AsSpan(10));

        // Kept for 2 s, back after 2.03 s.
        var reply = ReceiverReport(9, 5, new RtcpReport(64, -3, 77, 80, middle, 2 * 65_536));
        Assert.That(session.Read(reply, 5, 9, (9 * Second) + 30_000_000, out var goodbye), Is.True);
        Assert.Multiple(() =>
        {
            Assert.That(goodbye, Is.False);
            Assert.That(session.RoundTrip!.Value.TotalMilliseconds, Is.EqualTo(30).Within(0.1));
            Assert.That(session.Remote, Is.EqualTo(new RtcpReport(64, -3, 77, 80, middle, 2 * 65_536)));
        });

        session.Read(ReceiverReport(9, 5, new RtcpReport(0, 0, 0, 0, middle, 60 * 65_536)), 5, 9, 10 * Second, out _);
        Assert.That(session.RoundTrip!.Value.TotalMilliseconds, Is.EqualTo(30).Within(0.1), "a peer's nonsense is not believed");
    }

    [Test]
    public void Peers_report_time_comes_back_to_it()
    {
        var session = new RtcpSession("x", Noon, 0);
        var report = new byte[28];
        report[0] = 0x80;
        report[1] = 200;
        report[3] = 6;
        BinaryPrimitives.WriteUInt64BigEndian(report.AsSpan(8), 0x1122_3344_5566_7788);
        session.Read(report, 5, 9, Second, out _);
        var received = new ReceptionCount();
        received.Add(1);
        var sent = new byte[200];
        session.Write(sent, new RtpTransmitter(MediaFormat.ULaw, new PlayoutQueue(), new RtpStreamState(5, 0, 0)), 9, ref received, 0, 3 * Second);
        var rest = (ReadOnlySpan<byte>)sent;
        RtcpPacket.TryTake(ref rest, out var packet);
        packet.TryFindReport(9, out var about);
        Assert.That((about.LastReport, about.Since), Is.EqualTo((0x3344_5566u, 2 * 65_536u)));
    }

    [Test]
    public void Reports_come_at_random_intervals_around_5_s()
    {
        var gaps = new List<long>();
        var session = new RtcpSession("x", Noon, 0);
        var sender = new RtpTransmitter(MediaFormat.ULaw, new PlayoutQueue(), new RtpStreamState(5, 0, 0));
        var nothing = new ReceptionCount();
        var last = 0L;
        for (var now = 0L; gaps.Count < 200; now += 20_000_000)
        {
            if (!session.IsDue(now))
                continue;
            session.Write(new byte[100], sender, 0, ref nothing, 0, now);
            gaps.Add(now - last);
            last = now;
        }
        Assert.That(gaps[0], Is.InRange(1.25 * Second, 3.8 * Second));
        Assert.That(gaps.Skip(1), Is.All.InRange(2.5 * Second, 7.55 * Second));
        Assert.That(gaps.Distinct().Count(), Is.GreaterThan(20));
    }

    [Test]
    public async Task Receiver_reports_prove_what_Asterisk_took()
    {
        await using var rig = new RtpRig();
        await using var call = rig.Call();
        var heard = await call.Peer.HearAsync(20);
        Assert.That(call.Link.Counters.Consumed, Is.Null, "nothing is known before a report");
        call.Peer.SendRtcp(ReceiverReport(9, heard[0].Ssrc, new RtcpReport(128, 2, heard[19].Sequence, 80, 0, 0)));
        while (call.Link.Statistics.Remote is null)
            await call.Peer.HearAsync(call.Peer.Heard.Count + 1);
        Assert.Multiple(() =>
        {
            Assert.That(call.Link.Counters.Consumed, Is.EqualTo(18));
            Assert.That(call.Link.Statistics.Remote, Is.EqualTo(new RtpRemoteView(0.5, 2, TimeSpan.FromMilliseconds(10))));
        });
    }

    [Test]
    public async Task Link_that_ends_says_goodbye()
    {
        await using var rig = new RtpRig();
        var call = rig.Call();
        await call.Peer.HearAsync(1);
        await call.Link.DisposeAsync();
        var ssrc = call.Peer.Heard[0].Ssrc;
        await call.Peer.ReportAsync(report => HasGoodbye(report, ssrc)).Soon("the goodbye");
        await call.DisposeAsync();
    }

    [Test]
    public async Task Goodbye_of_Asterisk_ends_the_link_unless_audio_goes_on()
    {
        await using var rig = new RtpRig();
        await using var call = rig.Call();
        call.Peer.SendFrame(new short[160]);
        await call.HearAsync(160);
        byte[] goodbye = [.. ReceiverReport(call.Peer.Ssrc, 1, default), 0x81, 203, 0, 1, 0, 0, 0xCA, 0xFE];
        call.Peer.SendRtcp(goodbye);
        await call.Link.Ended.Soon("the end of the link");
        Assert.That(call.Link.EndReason, Does.Contain("goodbye"));
    }

    [TestCase("81c8000600000001", TestName = "Reports are announced that are not there")]
    [TestCase("80c9000100000001" + "81caffff", TestName = "Length beyond the end")]
    [TestCase("80ca000100000001", TestName = "Compound that does not begin with a report")]
    [TestCase("a0c9000100000001", TestName = "Padding in the first packet")]
    [TestCase("00c9000100000001", TestName = "Another version")]
    [TestCase("80c90001000000", TestName = "Cut off")]
    public void What_is_no_RTCP_is_refused(string hex) => Assert.That(RtcpPacket.IsCompound(Convert.FromHexString(hex)), Is.False);

    [Test]
    public void No_bytes_break_the_parser() =>
        Prop.ForAll(Gen.Choose(0, 255).Select(static b => (byte)b).ArrayOf().ToArbitrary(), static bytes => Survives(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    /// <summary>A real compound with a few bytes changed or the end cut off gets much further into the parser than noise does.</summary>
    [Test]
    public void No_damaged_report_breaks_the_parser() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ArrayOf(4).ToArbitrary(), static dice =>
        {
            byte[] compound = [.. ReceiverReport(9, 5, new RtcpReport(1, 2, 3, 4, 5, 6)), 0x81, 202, 0, 3, 0, 0, 0, 9, 1, 4, 97, 98, 99, 100, 0, 0, 0x82, 203, 0, 2, 0, 0, 0, 9, 0, 0, 0, 5];
            foreach (var die in dice.Take(3))
                compound[die % compound.Length] = (byte)(die >> 16);
            return Survives(compound.AsSpan(0, dice[3] % 3 == 0 ? dice[3] % compound.Length : compound.Length).ToArray());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    private static bool Survives(byte[] bytes)
    {
        var session = new RtcpSession("x", Noon, 0);
        var taken = session.Read(bytes, 5, 9, Second, out var goodbye);
        var rest = (ReadOnlySpan<byte>)bytes;
        var total = 0;
        while (RtcpPacket.TryTake(ref rest, out var packet))
        {
            total += 4 + packet.Body.Length;
            _ = packet.Ssrc + packet.Sent;
            _ = packet.TryFindReport(5, out _) || packet.SaysGoodbyeOf(5);
        }
        return (taken || !goodbye) && total + rest.Length == bytes.Length && session.RoundTrip is null or { TotalSeconds: >= 0 and < 10 };
    }

    private static byte[] ReceiverReport(uint from, uint about, RtcpReport report)
    {
        var packet = new byte[32];
        packet[0] = 0x81;
        packet[1] = 201;
        packet[3] = 7;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), from);
        report.Write(packet.AsSpan(8), about);
        return packet;
    }

    private static bool HasGoodbye(byte[] compound, uint ssrc)
    {
        var rest = (ReadOnlySpan<byte>)compound;
        while (RtcpPacket.TryTake(ref rest, out var packet))
        {
            if (packet.SaysGoodbyeOf(ssrc))
                return true;
        }
        return false;
    }
}

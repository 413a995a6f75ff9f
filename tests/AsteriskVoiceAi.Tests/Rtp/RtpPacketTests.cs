using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Asterisk.Rtp;
using AsteriskVoiceAi.Audio;
using FsCheck;
using FsCheck.Fluent;

namespace AsteriskVoiceAi.Tests.Rtp;

internal sealed class RtpPacketTests
{
    private static readonly MediaFormat[] Formats = [MediaFormat.ULaw, MediaFormat.ALaw, MediaFormat.G722, MediaFormat.Slin];

    [Test]
    public void Header_that_was_written_is_read_back()
    {
        var datagram = new byte[14];
        RtpPacket.WriteHeader(datagram, 8, marker: true, new RtpStreamState(0xA1B2C3D4, 65_535, 0xFFFF_FFFF));
        Assert.That(RtpPacket.TryParse(datagram, out var packet), Is.True);
        Assert.That((packet.PayloadType, packet.Marker, packet.Sequence, packet.Timestamp, packet.Ssrc, packet.Payload.Length), Is.EqualTo(((byte)8, true, (ushort)65_535, 0xFFFF_FFFF, 0xA1B2C3D4, 2)));
    }

    [TestCase("", TestName = "Nothing")]
    [TestCase("80000001000000010000000", TestName = "Shorter than a header")]
    [TestCase("400000010000000100000001", TestName = "Version 1")]
    [TestCase("8f0000010000000100000001", TestName = "Contributing sources beyond the end")]
    [TestCase("900000010000000100000001beefffff", TestName = "Extension beyond the end")]
    [TestCase("900000010000000100000001be", TestName = "Half an extension's header")]
    [TestCase("a0000001000000010000000100", TestName = "Padding of nothing")]
    [TestCase("a0000001000000010000000105", TestName = "Padding beyond the beginning")]
    [TestCase("80c900010000000100000001", TestName = "RTCP on the RTP port")]
    public void What_is_no_RTP_is_refused(string hex) =>
        Assert.That(RtpPacket.TryParse(Convert.FromHexString(hex.Length % 2 == 0 ? hex : hex[..^1]), out _), Is.False);

    [TestCase("800000010000000100000001", 0, TestName = "Without a payload")]
    [TestCase("b10000010000000100000001aaaaaaaabede000111223344ffffff01", 3, TestName = "Everything that a header can have")]
    [TestCase("a000000100000001000000010101", 1, TestName = "Padding of one byte")]
    public void Payload_is_what_is_left(string hex, int length)
    {
        Assert.That(RtpPacket.TryParse(Convert.FromHexString(hex), out var packet), Is.True);
        Assert.That(packet.Payload.Length, Is.EqualTo(length));
    }

    [Test]
    public void No_bytes_break_the_parser() =>
        Prop.ForAll(Gen.Choose(0, 255).Select(static b => (byte)b).ArrayOf().ToArbitrary(), static bytes =>
        {
            if (bytes.Length > 0)
                bytes[0] = (byte)(bytes[0] & 0x3F | 0x80);
            return !RtpPacket.TryParse(bytes, out var packet) || (packet.Payload.Length <= bytes.Length - RtpPacket.HeaderBytes && packet.PayloadType < 128);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    /// <summary>Everything behind the parser too: order, keys, codec, concealment.</summary>
    [TestCase("ulaw")]
    [TestCase("alaw")]
    [TestCase("g722")]
    [TestCase("slin")]
    public void No_stream_of_packets_breaks_the_reception(string name) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ArrayOf(60).ToArbitrary(), dice =>
        {
            var format = Formats.Single(f => f.Name == name);
            var heard = new ReceiveBuffer(format.SampleRate, TimeSpan.FromSeconds(5));
            var reception = new RtpReception(format, heard, TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(200));
            var workspace = new RtpWorkspace();
            var now = 0L;
            foreach (var die in dice)
            {
                var types = new byte[] { format.PayloadType, format.PayloadType, format.PayloadType, 101, 13, 77 };
                var datagram = FakeRtpPeer.Packet((ushort)(die >> 4), (uint)die, (uint)(die >> 28), types[die % types.Length], (die & 8) != 0, new byte[(die >> 8) % 3300]);
                datagram[0] |= (byte)((die >> 20) & 0x3F);
                now += die % 400;
                if (RtpPacket.TryParse(datagram, out var packet))
                    reception.Take(packet, workspace, now);
                reception.Tick(workspace, now);
            }
            return reception.Frames >= 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Test]
    public void Key_held_for_longer_than_its_counter_is_one_press()
    {
        var events = new TelephoneEvents();
        byte[] five = [5, 10, 0, 160];
        Assert.Multiple(() =>
        {
            Assert.That(events.Add(five, 1000), Is.EqualTo('5'));
            Assert.That(events.Add(five, 1000), Is.Null);
            Assert.That(events.Add(five, 1000 + 65_535), Is.Null, "the next segment of the same press");
            Assert.That(events.Add([5, 0x8A, 0, 160], 1000 + 65_535), Is.Null);
            Assert.That(events.Add(five, 1000 + (2 * 65_535)), Is.EqualTo('5'), "pressed again after its end");
            Assert.That(events.Add(five, 1000), Is.Null, "a straggler");
            Assert.That(events.Add([16, 10, 0, 160], 500_000), Is.Null, "a flash is no key");
            Assert.That(events.Add([5], 600_000), Is.Null);
        });
    }

    [Test]
    public void Linear_audio_is_big_endian_in_RTP()
    {
        var queue = new PlayoutQueue();
        _ = queue.PlayAsync(new short[] { 0x1234, -2 }, CancellationToken.None);
        var packet = new byte[400];
        Assert.That(new RtpTransmitter(MediaFormat.Slin, queue, RtpStreamState.New()).Write(packet), Is.EqualTo(12 + 320));
        Assert.That(packet[12..16], Is.EqualTo(new byte[] { 0x12, 0x34, 0xFF, 0xFE }));
    }

}

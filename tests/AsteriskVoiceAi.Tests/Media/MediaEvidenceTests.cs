using AsteriskVoiceAi.Asterisk.Media;

namespace AsteriskVoiceAi.Tests.Media;

[TestFixture]
public sealed class MediaEvidenceTests
{
    [TestCase(MediaTransport.Rtp, 0, 0, 100L, 0, 100, 100, MediaFault.WrongAddress, TestName = "Caller who hears us while Asterisk's packets go elsewhere")]
    [TestCase(MediaTransport.WebSocket, 0, 0, 100L, 0, 100, 100, MediaFault.OneWay, TestName = "Caller who hears us but is not heard")]
    [TestCase(MediaTransport.Rtp, 0, 0, null, 0, 100, 0, MediaFault.NoPackets, TestName = "Nothing either way")]
    [TestCase(MediaTransport.Rtp, 0, 90, null, 0, 100, 100, MediaFault.WrongCodec, TestName = "Packets of another codec")]
    [TestCase(MediaTransport.Rtp, 100, 0, 100L, 0, 100, 0, MediaFault.WrongCodec, TestName = "Packets that Asterisk drops")]
    [TestCase(MediaTransport.WebSocket, 100, 0, 0L, 0, 100, 0, MediaFault.OneWay, TestName = "Caller who does not hear us")]
    [TestCase(MediaTransport.AudioSocket, 100, 0, null, 0, 100, 0, MediaFault.OneWay, TestName = "Caller who does not hear us over AudioSocket")]
    [TestCase(MediaTransport.WebSocket, 0, 0, 10L, 0, 0, 10, null, TestName = "Muted caller")]
    [TestCase(MediaTransport.WebSocket, 0, 0, 10L, 0, 20, 10, null, TestName = "Muted caller whose phone sends comfort noise")]
    [TestCase(MediaTransport.WebSocket, 100, 0, 10L, 0, -1, 0, null, TestName = "Healthy call without statistics")]
    [TestCase(MediaTransport.AudioSocket, 0, 0, null, 0, -1, 0, null, TestName = "Nothing known")]
    public void Cause_is_named(MediaTransport transport, int received, int foreign, long? consumed, int lost, int fromPhone, int toPhone, string? cause)
    {
        var evidence = new MediaEvidence(
            transport, MediaFormat.ULaw, new MediaCounters(received, 100, consumed, lost, Foreign: foreign), fromPhone < 0 ? null : new PhonePackets(fromPhone, toPhone, TimeSpan.FromSeconds(2)), Bridged: true);

        Assert.That(evidence.Diagnose()?.Cause, Is.EqualTo(cause));
    }

    [Test]
    public void Packets_that_come_through_a_NAT_from_another_port_tell_of_it()
    {
        var fault = new MediaEvidence(
            MediaTransport.Rtp, MediaFormat.ULaw, new MediaCounters(0, 100, 90, Foreign: 90), new PhonePackets(90, 90, TimeSpan.FromSeconds(2)), "10.0.0.1:40000", Bridged: true).Diagnose();

        Assert.That(fault!.Cause, Is.EqualTo(MediaFault.WrongAddress));
        Assert.That(fault.Detail, Does.Contain("10.0.0.1:40000").And.Contains("rtp.learn-port"));
    }

    [Test]
    public void Channel_taken_out_of_its_bridge_is_told_as_that()
    {
        var fault = new MediaEvidence(MediaTransport.WebSocket, MediaFormat.ULaw, new MediaCounters(0, 5, 0), new PhonePackets(100, 0, TimeSpan.FromSeconds(2)), Bridged: false).Diagnose();

        Assert.That(fault!.Cause, Is.EqualTo(MediaFault.NotBridged));
        Assert.That(fault.Detail, Does.Contain("0 frames received, 5 sent, 0 taken, phone: 100 packets from it, 0 to it"));
    }
}

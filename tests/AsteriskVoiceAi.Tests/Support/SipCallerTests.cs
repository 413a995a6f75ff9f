using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using AsteriskVoiceAi.TestSupport.Sip;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Tests.Support;

[TestFixture]
public sealed class SipCallerTests
{
    private LoopbackPhone _phone = null!;

    [SetUp]
    public void Install() => _phone = new();

    [TearDown]
    public void Remove() => _phone.Dispose();

    [Test]
    public async Task Lost_invite_is_sent_again()
    {
        await using var caller = new SipCaller(_phone.Address);
        var dialling = caller.DialAsync("100");
        await _phone.ReceiveAsync("INVITE");
        await _phone.RespondAsync(await _phone.ReceiveAsync("INVITE"), "486 Busy Here");
        Assert.That((await dialling).Status, Is.EqualTo(486));
        Assert.That((await _phone.ReceiveAsync("ACK"))["To"], Does.EndWith(";tag=there"));
    }

    [Test]
    public async Task Nobody_there_is_a_result_after_the_time_allowed()
    {
        await using var caller = new SipCaller(_phone.Address);
        Assert.That((await caller.DialAsync("100", TimeSpan.FromMilliseconds(100))).Status, Is.EqualTo(408));
    }

    [Test]
    public async Task Repeated_answer_is_acknowledged_again()
    {
        await using var caller = new SipCaller(_phone.Address);
        var invite = await _phone.AnswerAsync(caller);
        await _phone.RespondAsync(invite, "200 OK", _phone.Description);
        Assert.That(await _phone.ReceiveAsync("ACK"), Is.Not.Null);
        await _phone.RequestAsync("BYE", invite);
        await _phone.ReceiveAsync("BYE");
    }

    [Test]
    public async Task Early_media_starts_the_sound_before_the_answer()
    {
        await using var caller = new SipCaller(_phone.Address);
        var dialling = caller.DialAsync("100");
        var invite = await _phone.ReceiveAsync("INVITE");
        await _phone.RespondAsync(invite, "183 Session Progress", _phone.Description);
        Assert.That((await _phone.ReceiveAudioAsync())[1] & 0x7F, Is.Zero);
        await _phone.RespondAsync(invite, "503 Service Unavailable");
        Assert.That((await dialling).Status, Is.EqualTo(503));
    }

    [Test]
    public async Task Requests_within_the_call_are_answered()
    {
        await using var caller = new SipCaller(_phone.Address);
        var invite = await _phone.AnswerAsync(caller);
        foreach (var method in new[] { "OPTIONS", "INFO", "UPDATE", "INVITE" })
        {
            await _phone.RequestAsync(method, invite, body: method == "INVITE" ? _phone.Description + "a=sendonly\r\n" : "");
            var response = await _phone.ReceiveAsync(method);
            Assert.That(response.Status, Is.EqualTo(200), method);
            if (method == "INVITE")
                Assert.That(response.Body, Does.Contain("a=recvonly"));
        }
        await _phone.RequestAsync("BYE", invite, "Reason: Q.850;cause=34;text=\"none\"\r\n");
        Assert.That((await _phone.ReceiveAsync("BYE")).Status, Is.EqualTo(200));
        var hangup = await caller.WaitForHangupAsync();
        Assert.That(hangup, Has.Property(nameof(Hangup.ByOther)).True.And.Property(nameof(Hangup.Cause)).EqualTo(34));
    }

    [Test]
    public async Task Packets_count_up_without_a_gap_while_speaking_and_pressing()
    {
        await using var caller = new SipCaller(_phone.Address);
        var invite = await _phone.AnswerAsync(caller);
        var speaking = caller.SpeakAsync(Tones.Sine(500, TimeSpan.FromMilliseconds(100)));
        var pressing = caller.PressAsync("5", TimeSpan.FromMilliseconds(60));
        var (audio, keys) = (0, new List<byte[]>());
        byte[]? previous = null;
        while (keys.Count < 5 || audio < 8)
        {
            var packet = await _phone.ReceiveAudioAsync();
            if (previous is not null)
                Assert.That((ushort)(Sequence(packet) - Sequence(previous)), Is.EqualTo(1));
            previous = packet;
            if ((packet[1] & 0x7F) == 101)
                keys.Add(packet);
            else
                audio++;
        }
        await speaking;
        await pressing;
        // 60 ms: durations of 160, 320 and 480 samples, the last three times with the end bit.
        Assert.That(keys.Select(key => $"{key[12]} {key[13] >> 7} {BinaryPrimitives.ReadUInt16BigEndian(key.AsSpan(14))}"), Is.EqualTo(new[] { "5 0 160", "5 0 320", "5 1 480", "5 1 480", "5 1 480" }));
        await _phone.RequestAsync("BYE", invite);
        await caller.WaitForHangupAsync();
    }

    [TestCase(HoldStyle.Direction, "a=sendonly", "c=IN IP4 127.0.0.1")]
    [TestCase(HoldStyle.NoAddress, "a=sendrecv", "c=IN IP4 0.0.0.0")]
    public async Task Held_call_is_described_anew_and_silent_until_it_is_resumed(HoldStyle style, string direction, string address)
    {
        await using var caller = new SipCaller(_phone.Address);
        var invite = await _phone.AnswerAsync(caller);

        var reinvite = await ReinviteAsync(caller.HoldAsync(style));
        var sent = caller.SentPackets;
        var resumed = await ReinviteAsync(caller.ResumeAsync());

        Assert.Multiple(() =>
        {
            Assert.That(reinvite.SequenceNumber, Is.EqualTo(invite.SequenceNumber + 1));
            Assert.That(reinvite["To"], Does.Contain(";tag=there"));
            Assert.That(reinvite.Body, Does.Contain(direction).And.Contain(address).And.Contain("o=- 1 2 IN"));
            Assert.That(resumed.Body, Does.Contain("a=sendrecv").And.Contain("c=IN IP4 127.0.0.1"));
        });
        await caller.WaitUntilAsync("Sound after the hold", c => c.SentPackets > sent);
        caller.Vanish();
    }

    [Test]
    public async Task Moved_media_comes_from_the_port_that_was_named()
    {
        await using var caller = new SipCaller(_phone.Address);
        var invite = await _phone.AnswerAsync(caller);

        var reinvite = await ReinviteAsync(caller.MoveMediaAsync());

        Assert.That(Port(reinvite), Is.Not.EqualTo(Port(invite)));
        while (await _phone.ReceiveAudioFromAsync() != Port(reinvite))
        {
            // Packets that left before.
        }
        caller.Vanish();
    }

    [Test]
    public async Task Changed_codec_is_spoken_once_it_was_agreed()
    {
        await using var caller = new SipCaller(_phone.Address);
        await _phone.AnswerAsync(caller);

        var reinvite = await ReinviteAsync(caller.ChangeCodecAsync(CallerCodec.Alaw));

        Assert.That(reinvite.Body, Does.Contain("RTP/AVP 8 101").And.Contain("PCMA/8000"));
        while (((await _phone.ReceiveAudioAsync())[1] & 0x7F) != 8)
        {
            // Packets that left before.
        }
        caller.Vanish();
    }

    [Test]
    public async Task Refused_reinvite_is_told()
    {
        await using var caller = new SipCaller(_phone.Address);
        await _phone.AnswerAsync(caller);

        var holding = caller.HoldAsync();
        await _phone.RespondAsync(await _phone.ReceiveAsync("INVITE"), "488 Not Acceptable Here");

        Assert.That((await Assert.ThrowsAsync<InvalidOperationException>(() => holding))!.Message, Does.Contain("488 Not Acceptable"));
        caller.Vanish();
    }

    private static int Port(SipMessage described) => int.Parse(described.Body.Split("m=audio ")[1].Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>Answers the re-INVITE that a change leads to.</summary>
    private async Task<SipMessage> ReinviteAsync(Task change)
    {
        var reinvite = await _phone.ReceiveAsync("INVITE");
        await _phone.RespondAsync(reinvite, "200 OK", _phone.Description);
        await change;
        await _phone.ReceiveAsync("ACK");
        return reinvite;
    }

    [Test]
    public async Task Speech_ends_with_the_call()
    {
        await using var caller = new SipCaller(_phone.Address);
        var invite = await _phone.AnswerAsync(caller);
        var speaking = caller.SpeakAsync(Tones.Sine(500, TimeSpan.FromSeconds(30)));
        await _phone.ReceiveAudioAsync();
        await _phone.RequestAsync("BYE", invite);
        Assert.That((await speaking).Whole, Is.False);
    }

    [Test]
    public async Task Lost_packets_are_counted_and_leave_silence_in_their_place()
    {
        await using var caller = new SipCaller(_phone.Address);
        var invite = await _phone.AnswerAsync(caller);
        foreach (ushort sequence in new ushort[] { 65534, 65535, 2 })
        {
            var packet = new byte[172];
            (packet[0], packet[11]) = (0x80, 9);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), (uint)((sequence + 2) & 0xFFFF) * 160);
            await _phone.SendAudioAsync(packet, new(IPAddress.Loopback, Port(invite)));
        }
        await caller.WaitUntilAsync("Three packets", c => c.Statistics.Packets == 3);
        // Packets 0 and 1 of five are missing from 65534, 65535, 0, 1, 2.
        var heard = caller.Heard.Samples;
        Assert.Multiple(() =>
        {
            Assert.That(caller.Statistics.Lost, Is.EqualTo(2));
            Assert.That(heard, Has.Length.EqualTo(800));
            Assert.That(heard.Select((sample, i) => sample == 0 ? i : -1).Where(i => i >= 0), Is.EqualTo(Enumerable.Range(320, 320)));
        });
        await _phone.RequestAsync("BYE", invite);
        await caller.WaitForHangupAsync();
    }

    private static ushort Sequence(byte[] packet) => BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2));
}

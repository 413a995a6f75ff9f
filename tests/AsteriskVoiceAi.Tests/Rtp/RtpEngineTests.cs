using System.Net;
using System.Net.Sockets;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Asterisk.Rtp;
using AsteriskVoiceAi.Tests.FastAgi;

namespace AsteriskVoiceAi.Tests.Rtp;

internal sealed class RtpEngineTests
{
    [Test]
    public async Task Ports_are_pairs_of_the_range_and_come_back()
    {
        await using var rig = new RtpRig(static options => (options.PortFirst, options.PortLast) = (options.PortFirst + 1, options.PortFirst + 6));
        var ports = new[] { rig.Engine.Reserve(), rig.Engine.Reserve() };
        Assert.Multiple(() =>
        {
            Assert.That(ports.Select(static p => p.LocalEndPoint.Port % 2), Is.All.Zero);
            Assert.That(ports.Select(static p => p.LocalEndPoint.Port), Is.All.InRange(rig.Options.PortFirst, rig.Options.PortLast - 1));
            Assert.That(ports[0].LocalEndPoint, Is.Not.EqualTo(ports[1].LocalEndPoint));
            Assert.That(rig.Status.Ports, Is.EqualTo(2));
            Assert.That(() => rig.Engine.Reserve(), Throws.TypeOf<RtpException>().With.Message.Contains("All 2 pairs").And.Message.Contains("rtp.port-last"));
        });
        ports[0].Dispose();
        ports[0].Dispose();
        using var again = rig.Engine.Reserve();
        Assert.That(again.LocalEndPoint, Is.EqualTo(ports[0].LocalEndPoint));
        ports[1].Dispose();
    }

    [Test]
    public async Task Pair_that_another_program_has_is_passed_over()
    {
        await using var rig = new RtpRig();
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, rig.Options.PortFirst + 1));
        using var port = rig.Engine.Reserve();
        Assert.That(port.LocalEndPoint.Port, Is.EqualTo(rig.Options.PortFirst + 2));
        Assert.That(port.Advertised, Is.EqualTo($"127.0.0.1:{rig.Options.PortFirst + 2}"));
    }

    [Test]
    public async Task Advertised_host_is_what_Asterisk_is_told()
    {
        await using var rig = new RtpRig(static options => options.Advertise = "voice.example");
        using var port = rig.Engine.Reserve();
        Assert.That(port.Advertised, Is.EqualTo($"voice.example:{port.LocalEndPoint.Port}"));
    }

    [Test]
    public async Task Many_calls_share_the_loops_and_each_gets_its_packets()
    {
        await using var rig = new RtpRig(static options => options.Loops = 2);
        var calls = Enumerable.Range(0, 30).Select(_ => rig.Call()).ToArray();
        Assert.That(rig.Status.Links, Is.EqualTo(30));
        await Task.WhenAll(calls.Select(static call => call.Peer.HearAsync(25)));
        Assert.That(calls.Select(static call => call.Peer.Heard[0].Ssrc), Is.Unique);
        foreach (var call in calls)
            await call.DisposeAsync();
        Assert.That((rig.Status.Links, rig.Status.Ports), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Engine_that_stops_ends_its_links()
    {
        var rig = new RtpRig();
        await using var call = rig.Call();
        await call.Peer.HearAsync(1);
        await rig.DisposeAsync();
        await call.Link.Ended.Soon("the end of the link");
        Assert.That(() => rig.Engine.Reserve(), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Address_that_is_not_this_machines_is_told_in_words()
    {
        await using var rig = new RtpRig(static options => options.Address = "192.0.2.1");
        Assert.That(() => rig.Engine.Reserve(), Throws.TypeOf<RtpException>().With.Message.Contains("rtp.address"));
    }

    [Test]
    public void Turns_are_counted_from_the_beginning_and_spread_over_the_period()
    {
        const long Ms = 1_000_000;
        var wheel = new PacingWheel<int>(0);
        for (var member = 0; member < 40; member++)
            wheel.Add(member, 0);
        var turns = new int[40];
        // Looked at every 7 ms: too coarse and late, yet each member gets 1000 / 20 turns a second.
        for (long now = 0; now <= 1000 * Ms; now += 7 * Ms)
        {
            while (wheel.TryTurn(now, out var members))
            {
                Assert.That(members, Has.Count.EqualTo(2));
                members.ForEach(member => turns[member]++);
            }
            Assert.That(wheel.NextDue, Is.InRange(now + 1, now + Ms));
        }
        Assert.That(turns, Is.All.InRange(49, 50));
        Assert.That(wheel.Missed, Is.Zero);
    }

    [Test]
    public void Wheel_that_stood_still_for_long_lets_the_past_go_evenly()
    {
        const long Ms = 1_000_000;
        var wheel = new PacingWheel<string>(0);
        wheel.Add("a", 0);
        wheel.Add("b", 0);
        var turns = new List<string>();
        while (wheel.TryTurn(60_010 * Ms, out var members))
            turns.AddRange(members);
        Assert.Multiple(() =>
        {
            Assert.That(wheel.Missed, Is.EqualTo(3000).Within(1));
            Assert.That(turns, Is.Unique, "at most the turns of the period that runs");
            Assert.That(wheel.NextDue, Is.GreaterThan(60_010 * Ms));
        });
    }
}

using System.Net;
using System.Net.Sockets;
using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.FastAgi;
using AsteriskVoiceAi.Asterisk.Rtp;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Service.Systemd;
using AsteriskVoiceAi.Tests.FastAgi;
using AsteriskVoiceAi.Tests.Rtp;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Tests.Systemd;

/// <summary>What feeds the watchdog: each part answers while it goes round, and does not while it hangs.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PulseTests
{
    [Test]
    public async Task Media_clock_that_a_call_holds_up_does_not_answer()
    {
        using var clock = new FrameClock(TimeProvider.System);
        using var release = new ManualResetEventSlim();
        var held = new TaskCompletionSource();
        using var call = clock.Subscribe(() =>
        {
            held.TrySetResult();
            release.Wait();
        });
        await held.Task.Soon("the clock's tick");

        var beat = Task.Run(() => new ClockPulse(clock).BeatAsync(CancellationToken.None));

        Assert.That(beat.IsCompleted, Is.False);
        release.Set();
        await beat.Soon("the answer of the clock that goes on");
    }

    [Test]
    public async Task Media_clock_answers_also_without_calls()
    {
        using var clock = new FrameClock(TimeProvider.System);

        await new ClockPulse(clock).BeatAsync(CancellationToken.None).Soon("the answer");
    }

    [Test]
    public async Task Events_of_Ari_answer_when_the_event_at_hand_is_done_with()
    {
        var status = new AriStatus(TimeProvider.System);
        var pulse = new AriPulse(status, TimeProvider.System);
        await pulse.BeatAsync(CancellationToken.None).Soon("the answer without events");
        status.EventBegins();

        var beat = pulse.BeatAsync(CancellationToken.None);

        Assert.That(beat.IsCompleted, Is.False);
        status.EventEnds();
        await beat.Soon("the answer after the event");
    }

    [Test]
    public async Task Rtp_threads_answer_with_calls_and_without()
    {
        await using var rig = new RtpRig();
        var pulse = new RtpPulse(rig.Engine);
        await pulse.BeatAsync(CancellationToken.None).Soon("the answer without threads");
        await using var call = rig.Call();

        await pulse.BeatAsync(CancellationToken.None).Soon("the answer of the threads");
    }

    [Test]
    public async Task Fast_agi_port_that_accepts_answers_and_counts_nothing()
    {
        await using var server = await VoiceServer.StartAsync(static (_, _, _) => throw new InvalidOperationException("This is no call."));

        await server.Pulse.BeatAsync(CancellationToken.None).Soon("the answer of the port");

        Assert.That((server.Agi.Broken, server.Agi.ConnectionsOpen), Is.EqualTo((0L, 0)));
    }

    [Test]
    public async Task Fast_agi_port_that_cannot_be_reached_is_no_hang()
    {
        var pulse = new FastAgiPulse(TimeProvider.System) { Server = static () => new IPEndPoint(IPAddress.Loopback, FreePorts.Tcp()) };

        await pulse.BeatAsync(CancellationToken.None).Soon("the answer");
    }

    [Test]
    public async Task Fast_agi_port_where_nobody_accepts_does_not_answer()
    {
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        deaf.Listen();
        var pulse = new FastAgiPulse(TimeProvider.System) { Server = () => (IPEndPoint)deaf.LocalEndPoint! };

        var beat = pulse.BeatAsync(CancellationToken.None);

        using var accepted = await deaf.AcceptAsync().Soon("the connection");
        Assert.That(beat.IsCompleted, Is.False, "Connected is not yet served.");
        accepted.Dispose();
        await beat.Soon("the answer");
    }
}

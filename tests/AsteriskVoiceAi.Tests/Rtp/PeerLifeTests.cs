using AsteriskVoiceAi.Asterisk.Rtp;

namespace AsteriskVoiceAi.Tests.Rtp;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PeerLifeTests
{
    private const long Ms = 1_000_000;
    private const long Second = 1000 * Ms;

    private readonly PeerLife _life = new(TimeSpan.FromSeconds(5));

    [Test]
    public void Silence_alone_proves_nothing()
    {
        _life.Begin(0);
        Assert.That(_life.EndReason(3600 * Second), Is.Null);
        _life.Heard(3600 * Second);
        Assert.That(_life.EndReason(7200 * Second), Is.Null, "the caller may have muted the phone");
    }

    [Test]
    public void Port_that_stays_refused_is_the_end()
    {
        _life.Begin(0);
        _life.Refused(10 * Second);
        Assert.That(_life.EndReason(10 * Second), Is.Null);
        _life.Refused((11 * Second) + Ms);
        Assert.That(_life.EndReason((11 * Second) + Ms), Does.Contain("nobody listens"));
    }

    [Test]
    public void Refusals_far_apart_or_followed_by_audio_are_forgotten()
    {
        _life.Begin(0);
        _life.Refused(10 * Second);
        _life.Refused(100 * Second);
        _life.Heard((100 * Second) + Ms);
        _life.Refused(101 * Second);
        Assert.That(_life.EndReason(102 * Second), Is.Null);
    }

    [Test]
    public void Reports_that_used_to_come_and_stay_away_are_the_end_in_time()
    {
        _life.Begin(0);
        for (var now = 1 * Second; now <= 13 * Second; now += 4 * Second)
            _life.Reported(now, goodbye: false);
        Assert.That(_life.EndReason(24 * Second), Is.Null, "three intervals of 4 s have not passed");
        Assert.That(_life.EndReason(26 * Second), Does.Contain("neither audio nor reports"));
        _life.Heard(26 * Second);
        Assert.That(_life.EndReason(27 * Second), Is.Null);
    }

    [Test]
    public void One_report_is_no_habit()
    {
        _life.Begin(0);
        _life.Reported(1 * Second, goodbye: false);
        Assert.That(_life.EndReason(1000 * Second), Is.Null);
    }

    [Test]
    public void Goodbye_counts_when_no_audio_follows()
    {
        _life.Begin(0);
        _life.Reported(1 * Second, goodbye: true);
        _life.Heard((1 * Second) + (20 * Ms));
        Assert.That(_life.EndReason(3 * Second), Is.Null);
        _life.Reported(4 * Second, goodbye: true);
        Assert.That(_life.EndReason((5 * Second) + Ms), Does.Contain("goodbye"));
    }
}

using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Tests.Recognition;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CallerPaceTests
{
    private readonly CallerPace _pace = new();

    // 100 ms more than the longest pause, less the 550 ms that there are anyway; 250 ms at most.
    [TestCase(300, 0)]
    [TestCase(500, 50)]
    [TestCase(650, 200)]
    [TestCase(1400, 250)]
    public void Pause_after_which_the_caller_went_on_is_given_room(int pause, int stretch)
    {
        _pace.WentOn(Ms(pause));

        Assert.That(_pace.Stretch, Is.EqualTo(Ms(stretch)));
    }

    [Test]
    public void Longest_pause_counts()
    {
        _pace.WentOn(Ms(650));
        _pace.WentOn(Ms(500));

        Assert.That(_pace.Stretch, Is.EqualTo(Ms(200)));
    }

    [Test]
    public void Turns_without_pauses_take_it_back()
    {
        _pace.WentOn(Ms(650));
        _pace.TurnEnded();
        Assert.That(_pace.Stretch, Is.EqualTo(Ms(200)));

        _pace.TurnEnded();
        _pace.TurnEnded();

        // 200 ms × 0.7 × 0.7
        Assert.That(_pace.Stretch.TotalMilliseconds, Is.EqualTo(98).Within(0.1));
    }

    private static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);
}

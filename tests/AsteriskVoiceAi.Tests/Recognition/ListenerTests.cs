using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Tests.Calls;

namespace AsteriskVoiceAi.Tests.Recognition;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ListenerTests
{
    private static readonly ListeningTerms ForEver = new(Expectation.Anything, Timeout.InfiniteTimeSpan, TimeSpan.FromSeconds(25), _ => true) { Language = "en-US" };

    private readonly FakeDetector _detector = new();

    [Test]
    public async Task Turn_ends_when_the_link_ends()
    {
        var leg = new FakeLeg(() => { });
        await using var listener = Open(leg);
        var turn = listener.Begin(ForEver);
        leg.Tick(Sound.None);

        leg.EndAudio();

        Assert.That(await turn.Result, Is.InstanceOf<ListenResult.HungUp>());
        Assert.That(turn.PromptStop.IsStopped, Is.True);
    }

    [Test]
    public async Task Turn_that_begins_after_the_link_ended_is_over_at_once()
    {
        var leg = new FakeLeg(() => { });
        await using var listener = Open(leg);
        leg.EndAudio();

        Assert.That(await listener.Begin(ForEver).Result, Is.InstanceOf<ListenResult.HungUp>());
    }

    [Test]
    public async Task Turn_that_begins_while_the_link_ends_is_over_too()
    {
        var leg = new FakeLeg(() => { });
        await using var listener = Open(leg);
        ListeningTurn? second = null;
        listener.Begin(ForEver).PromptStop.Token.Register(() => second = listener.Begin(ForEver));

        leg.EndAudio();

        Assert.That(second!.Result.IsCompleted, Is.True, "the second turn listens to a link that has ended");
    }

    [Test]
    public async Task Only_the_turn_that_began_last_hears_keys()
    {
        var leg = new FakeLeg(() => { });
        await using var listener = Open(leg);
        var first = listener.Begin(ForEver);
        var second = listener.Begin(ForEver);

        leg.Press('7');

        Assert.That(await second.Result, Is.EqualTo(new ListenResult.Digits("7")));
        Assert.That(first.Result.IsCompleted, Is.False);
    }

    [Test]
    public async Task Listener_that_is_done_gives_the_leg_and_the_detector_back()
    {
        var leg = new FakeLeg(() => { });
        var listener = Open(leg);
        Assert.That((leg.IsRead, _detector.Streams), Is.EqualTo((true, 1)));

        await listener.DisposeAsync();

        Assert.That((leg.IsRead, _detector.Streams), Is.EqualTo((false, 0)));
    }

    private Listener Open(FakeLeg leg) => new(leg, _detector, new ScriptedRecognizer(), TimeSpan.FromSeconds(25), TimeProvider.System);
}

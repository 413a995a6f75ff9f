using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Tests.Calls;
using AsteriskVoiceAi.TestSupport;

namespace AsteriskVoiceAi.Tests.Synthesis;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PromptPlayerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Waits _waits;
    private readonly FakeLeg _leg;
    private readonly FakeVoice _voice;
    private readonly PromptPlayer _player;

    public PromptPlayerTests()
    {
        _waits = new Waits(() => $"Synthesised: {string.Join(" | ", _voice!.Asked)}");
        (_leg, _voice) = (new FakeLeg(_waits.Pulse), new FakeVoice(_waits.Pulse));
        _player = new PromptPlayer(_leg, _leg.Audio, new PromptCache(_voice), TimeProvider.System);
    }

    [Test]
    public async Task Second_sentence_is_made_while_the_first_plays()
    {
        _voice.Hold("Two words.");
        var playing = _player.PlayAsync([new Prompt("One. Two words.", "en")], CancellationToken.None);

        await PlaybacksAsync(1);
        await _waits.UntilAsync("synthesis of the second sentence", () => _voice.Asked.Contains("Two words."), Patience);
        Pass(100);
        _voice.LetGo("Two words.");
        await PlaybacksAsync(2);
        Pass(500);

        var result = await playing;
        Assert.That(result, Is.InstanceOf<PlaybackResult.Completed>());
        Assert.That(result.Played.TotalMilliseconds, Is.EqualTo(3 * 200));
        Assert.That(_leg.Played, Has.None.Zero);
    }

    [Test]
    public async Task Stop_in_the_first_sentence_never_plays_the_second()
    {
        using var stop = new CancellationTokenSource();
        var playing = _player.PlayAsync([new Prompt("One two. Three.", "en")], stop.Token);
        await PlaybacksAsync(2);
        Pass(300);

        await stop.CancelAsync();
        Pass(1000);

        var result = await playing;
        Assert.That(result, Is.InstanceOf<PlaybackResult.BargedIn>());
        Assert.That(result.Played.TotalMilliseconds, Is.EqualTo(300));
        Assert.That(_voice.Read(_leg.Played), Is.EqualTo("One two.…"));
    }

    [Test]
    public async Task Stop_before_the_second_sentence_is_made_does_not_wait_for_it()
    {
        _voice.Hold("Two.");
        using var stop = new CancellationTokenSource();
        var playing = _player.PlayAsync([new Prompt("One. Two.", "en")], stop.Token);
        await _waits.UntilAsync("synthesis of the second sentence", () => _voice.Asked.Contains("Two."), Patience);

        await stop.CancelAsync();

        Assert.That(await playing.WaitAsync(Patience), Is.InstanceOf<PlaybackResult.BargedIn>());
        Assert.That(_leg.Playbacks, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Failure_in_the_second_sentence_lets_the_first_play_to_its_end()
    {
        _voice.Breaks = text => text == "Two.";
        var playing = _player.PlayAsync([new Prompt("One. Two. Three.", "en")], CancellationToken.None);
        await PlaybacksAsync(1);
        await _waits.UntilAsync("synthesis of the second sentence", () => _voice.Asked.Contains("Two."), Patience);
        Pass(200);

        var result = await playing.WaitAsync(Patience);

        Assert.That(result, Is.InstanceOf<PlaybackResult.Failed>().With.Property("Message").Contains("Two."));
        Assert.That(_voice.Read(_leg.Played), Is.EqualTo("One."));
        Assert.That(_voice.Asked, Has.No.Member("Three."));
    }

    [Test]
    public async Task Nothing_to_say_is_completed_at_once()
    {
        var result = await _player.PlayAsync([], CancellationToken.None);
        Assert.That(result, Is.EqualTo(new PlaybackResult.Completed(TimeSpan.Zero, null)));
    }

    private Task PlaybacksAsync(int count) => _waits.UntilAsync($"playback {count}", () => _leg.Playbacks.Count >= count, Patience);

    private void Pass(int ms)
    {
        for (var passed = 0; passed < ms; passed += 20)
            _leg.Tick(Sound.None);
    }
}

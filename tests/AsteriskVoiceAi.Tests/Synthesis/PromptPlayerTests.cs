using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Tests.Calls;
using AsteriskVoiceAi.TestSupport;

namespace AsteriskVoiceAi.Tests.Synthesis;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PromptPlayerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

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
        Pass(700);

        var result = await playing.WaitAsync(Patience);
        Assert.That(result, Is.InstanceOf<PlaybackResult.Completed>());
        // Three words, and the rest after a sentence.
        Assert.That(result.Played.TotalMilliseconds, Is.EqualTo((3 * 200) + 200));
        Assert.That(_voice.Read(_leg.Played), Is.EqualTo("One. Two words."));
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

        var result = await playing.WaitAsync(Patience);
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
        Pass(400);

        var result = await playing.WaitAsync(Patience);

        Assert.That(result, Is.InstanceOf<PlaybackResult.Failed>().With.Property("Message").Contains("Two."));
        Assert.That(_voice.Read(_leg.Played), Is.EqualTo("One."));
        Assert.That(_voice.Asked, Has.No.Member("Three."));
    }

    [Test]
    public async Task Long_text_is_made_as_it_is_played_and_no_gap_is_heard()
    {
        // Sentences of ten words = 2 s, and a rest of 0.2 s after each but the last.
        var text = string.Join(' ', Enumerable.Range(0, 30).Select(i => string.Concat(Enumerable.Repeat($"{(char)('a' + i % 26)} ", 9)) + "end."));
        var playing = _player.PlayAsync([new Prompt(text, "xx")], CancellationToken.None);
        await PlaybacksAsync(5);
        Assert.That(_voice.Asked, Has.Count.EqualTo(5), "10 s are ready; more was made");

        for (var made = 5; made < 30;)
        {
            Pass(2200);
            await PlaybacksAsync(++made);
        }
        Pass(5 * 2200);

        var result = await playing.WaitAsync(Patience);
        Assert.That(result, Is.InstanceOf<PlaybackResult.Completed>());
        Assert.That(_leg.Played.Count(sample => sample == 0) * 1000.0 / FakeLeg.Rate, Is.EqualTo((29 * 200) + (30 * 2200) - (int)result.Played.TotalMilliseconds));
    }

    [Test]
    public async Task Caller_who_barges_in_ends_the_synthesis_of_what_is_not_heard_any_more()
    {
        _voice.Hold("Two.");
        using var stop = new CancellationTokenSource();
        var playing = _player.PlayAsync([new Prompt("One. Two. Three.", "en")], stop.Token);
        await _waits.UntilAsync("synthesis of the second sentence", () => _voice.Asked.Contains("Two."), Patience);

        await stop.CancelAsync();

        await playing.WaitAsync(Patience);
        await _waits.UntilAsync("the end of that synthesis", () => _voice.Cancelled.Contains("Two."), Patience);
        Assert.That(_voice.Asked, Has.No.Member("Three."));
    }

    [Test]
    public async Task Language_that_nothing_speaks_is_said_by_the_prompts_own_voice()
    {
        _voice.Languages = ["en"];
        var playing = _player.PlayAsync([new Prompt("<speak>Hi <lang xml:lang='tlh'>nuqneH</lang></speak>", "en")], CancellationToken.None);
        await PlaybacksAsync(2);
        Pass(1000);

        Assert.That(await playing.WaitAsync(Patience), Is.InstanceOf<PlaybackResult.Completed>());
        Assert.That(_voice.Read(_leg.Played), Is.EqualTo("Hi nuqneH"));
    }

    [Test]
    public async Task Break_is_silence_of_its_length()
    {
        var playing = _player.PlayAsync([new Prompt("<speak>One<break time='300ms'/>two</speak>", "en")], CancellationToken.None);
        await PlaybacksAsync(2);
        Pass(1000);

        Assert.That((await playing.WaitAsync(Patience)).Played.TotalMilliseconds, Is.EqualTo(200 + 300 + 200));
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

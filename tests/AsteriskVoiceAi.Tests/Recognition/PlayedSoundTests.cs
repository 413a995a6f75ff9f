using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Tests.Calls;

namespace AsteriskVoiceAi.Tests.Recognition;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PlayedSoundTests
{
    private readonly FakeLeg _leg = new(() => { });
    private readonly PlayedSound _played;

    public PlayedSoundTests() => _played = new PlayedSound(_leg.Audio);

    [Test]
    public async Task What_was_played_is_known_frame_by_frame()
    {
        short[] first = [.. Enumerable.Repeat((short)1, 200)];
        short[] second = [.. Enumerable.Repeat((short)2, 60)];
        var one = _played.PlayAsync(first, CancellationToken.None);
        var two = _played.PlayAsync(second, CancellationToken.None);

        Assert.That(Pass(), Is.EqualTo(first[..160]));
        Assert.That(Pass(), Is.EqualTo(new short[][] { first[160..], second, new short[60] }.SelectMany(part => part)));
        Assert.That(Pass(), Is.All.Zero);
        Assert.That((await one, await two), Is.EqualTo((200, 60)));
    }

    [Test]
    public async Task What_was_stopped_was_not_played()
    {
        using var stop = new CancellationTokenSource();
        var playing = _played.PlayAsync(Enumerable.Repeat((short)1, 800).ToArray(), stop.Token);
        Pass();
        await stop.CancelAsync();
        await playing;

        Assert.That(Pass(), Is.All.Zero);
    }

    private short[] Pass()
    {
        _leg.Tick(Sound.None);
        var played = new short[FakeLeg.Frame];
        _played.Take(played);
        return played;
    }
}

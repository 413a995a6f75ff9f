using AsteriskVoiceAi.Asterisk.Media;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.Media;

[TestFixture]
public sealed class KeyArbiterTests
{
    private readonly FakeTimeProvider _time = new();
    private KeyArbiter _arbiter = null!;

    [SetUp]
    public void Begin() => _arbiter = new KeyArbiter(_time);

    [Test]
    public void Press_told_by_two_sources_counts_once_whoever_is_first()
    {
        Assert.That(Count((0, '5', KeySource.Events), (30, '5', KeySource.WebSocket)), Is.EqualTo("5"));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(Count((0, '7', KeySource.AudioSocket), (400, '7', KeySource.Events)), Is.EqualTo("7"));
    }

    [Test]
    public void Fast_double_press_is_two_by_one_source_or_by_two()
    {
        Assert.That(Count((0, '5', KeySource.Events), (90, '5', KeySource.Events)), Is.EqualTo("55"));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(
            Count((0, '5', KeySource.Events), (20, '5', KeySource.Rtp), (70, '5', KeySource.Events), (20, '5', KeySource.Rtp)),
            Is.EqualTo("55"));
    }

    [Test]
    public void Source_that_is_behind_by_two_presses_tells_nothing_new() =>
        Assert.That(
            Count((0, '1', KeySource.Events), (100, '1', KeySource.Events), (100, '2', KeySource.Events), (50, '1', KeySource.WebSocket), (1, '1', KeySource.WebSocket), (1, '2', KeySource.WebSocket)),
            Is.EqualTo("112"));

    [Test]
    public void Key_that_only_the_second_source_tells_is_not_lost() =>
        Assert.That(Count((0, '1', KeySource.Events), (600, '1', KeySource.WebSocket), (600, '2', KeySource.WebSocket)), Is.EqualTo("112"));

    [Test]
    public void Flood_of_keys_is_bounded()
    {
        for (var i = 0; i < 10_000; i++)
            Assert.That(_arbiter.Accept('1', KeySource.Rtp));
    }

    private string Count(params (int After, char Key, KeySource Source)[] reports)
    {
        var counted = "";
        foreach (var (after, key, source) in reports)
        {
            _time.Advance(TimeSpan.FromMilliseconds(after));
            if (_arbiter.Accept(key, source))
                counted += key;
        }
        return counted;
    }
}

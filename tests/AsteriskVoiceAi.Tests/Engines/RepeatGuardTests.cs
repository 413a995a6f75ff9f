using AsteriskVoiceAi.Engines.Moonshine;

namespace AsteriskVoiceAi.Tests.Engines;

public sealed class RepeatGuardTests
{
    [Test]
    public void Phrase_repeated_without_end_is_cut_to_one()
    {
        List<int> tokens = [1, 2, .. Enumerable.Repeat(new[] { 7, 8, 9, 10 }, 4).SelectMany(p => p)];

        Assert.That(RepeatGuard.Cut(tokens));
        Assert.That(tokens, Is.EqualTo(new[] { 1, 2, 7, 8, 9, 10 }));
    }

    [Test]
    public void Caller_may_say_a_thing_three_times()
    {
        List<int> tokens = [5, 6, 5, 6, 5, 6];

        Assert.That(RepeatGuard.Cut(tokens), Is.False);
        Assert.That(tokens, Has.Count.EqualTo(6));
    }
}

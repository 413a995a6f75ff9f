using AsteriskVoiceAi.Engines;

namespace AsteriskVoiceAi.Tests.Engines;

public sealed class RecognizerRankingTests
{
    [Test]
    public void Most_accurate_within_the_time_leads()
    {
        var order = Order(("moonshine-tiny", 50), ("whisper-base", 1200), ("moonshine-base", 90), ("whisper-small", 400));

        Assert.That(order, Is.EqualTo(new[] { "whisper-small", "moonshine-base", "moonshine-tiny", "whisper-base" }));
    }

    [Test]
    public void Quickest_leads_where_none_is_quick_enough()
    {
        Assert.That(Order(("whisper-small", 4000), ("whisper-base", 1200), ("broken", null)), Is.EqualTo(new[] { "whisper-base", "whisper-small", "broken" }));
    }

    [Test]
    public void Unknown_model_comes_after_the_known_ones()
    {
        Assert.That(Order(("whisper-custom", 100), ("moonshine-tiny", 300)), Is.EqualTo(new[] { "moonshine-tiny", "whisper-custom" }));
    }

    private static IReadOnlyList<string> Order(params (string Name, int? Milliseconds)[] trials) => RecognizerRanking.Order(
        trials.ToDictionary(trial => trial.Name, trial => trial.Milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : (TimeSpan?)null), TimeSpan.FromMilliseconds(500));
}

using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Tests.Intents;

public sealed class DecisionLevelsTests
{
    [Test]
    public void Examples_that_never_mislead_need_an_even_chance()
    {
        var levels = DecisionLevels.For(IntentThresholds.Auto, Judged((100, 0.99, true)));
        Assert.That(levels.Accept, Is.EqualTo(0.5));
    }

    [Test]
    public void Level_to_act_lies_above_the_mistakes()
    {
        var levels = DecisionLevels.For(IntentThresholds.Auto, Judged((80, 0.99, true), (20, 0.7, false)));
        Assert.That(levels.Accept, Is.InRange(0.7, 0.72));
    }

    [Test]
    public void Few_examples_get_the_usual_levels() =>
        Assert.That(DecisionLevels.For(IntentThresholds.Auto, Judged((5, 0.2, false))), Is.EqualTo(DecisionLevels.For(IntentThresholds.Auto, [])));

    [TestCase(0.9, null, 0.9)]
    [TestCase(null, 0.95, 0.95)]
    [TestCase(0.2, null, 0.2)]
    public void Number_of_the_flow_moves_the_automatic_one_out_of_its_way(double? accept, double? confirm, double acceptFound)
    {
        var levels = DecisionLevels.For(new IntentThresholds(accept, confirm), Judged((100, 0.8, true)));
        Assert.That(levels.Accept, Is.EqualTo(acceptFound));
        Assert.That(levels.Confirm, Is.LessThanOrEqualTo(levels.Accept));
    }

    [Test]
    public void Forecast_says_what_happens_to_a_hundred_callers()
    {
        var judged = Judged((70, 0.95, true), (2, 0.95, false), (20, 0.6, true), (8, 0.1, false));
        var forecast = RouterForecast.Of(judged, new DecisionLevels(0.9, 0.3));

        Assert.That((forecast.Routed, forecast.Misrouted, forecast.Asked, forecast.Refused), Is.EqualTo((72, 2, 20, 8)));
        Assert.That(forecast.ToString(), Does.StartWith("of 100 callers who speak like the examples 72 are served at once (2 of them wrongly), 20 are asked"));
    }

    private static List<JudgedExample> Judged(params (int Count, double Confidence, bool IsRight)[] groups) =>
        [.. groups.SelectMany(group => Enumerable.Repeat(new JudgedExample(group.Confidence, group.IsRight), group.Count))];
}

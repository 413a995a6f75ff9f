using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Tests.Intents;

public sealed class ConfidenceCurveTests
{
    [Test]
    public void Sum_is_worth_the_share_of_examples_that_were_right_near_it()
    {
        // Half of those at 0 were right, nine in ten of those at 3; a logistic curve has no such step.
        var curve = ConfidenceCurve.Fit(Judged((0, 100, 100), (3, 180, 20)), 0);

        Assert.That(curve.At(0), Is.EqualTo(0.5).Within(0.05));
        Assert.That(curve.At(3), Is.EqualTo(0.9).Within(0.05));
    }

    [Test]
    public void Surer_evidence_is_never_worth_less()
    {
        var curve = ConfidenceCurve.Fit(Judged((-2, 30, 10), (0, 5, 40), (1, 20, 20), (3, 50, 1)), 0);
        var sums = Enumerable.Range(-80, 161).Select(i => i / 10.0).ToList();

        Assert.That(sums.ConvertAll(curve.At), Is.Ordered.Ascending);
        Assert.That(sums.ConvertAll(curve.At).Distinct().Count(), Is.GreaterThan(120), "a level stretch loses the order of callers in and out of scope");
    }

    [Test]
    public void What_lies_below_all_examples_is_worth_ever_less_however_right_they_were()
    {
        var curve = ConfidenceCurve.Fit(Judged((0, 100, 0), (3, 100, 0)), 0);

        Assert.That(curve.At(0), Is.GreaterThan(0.9));
        Assert.That(curve.At(-6), Is.LessThan(0.3));
        Assert.That(curve.At(-12), Is.LessThan(curve.At(-6)));
    }

    [Test]
    public void Callers_whose_evidence_is_weak_are_right_more_often_than_examples_like_them()
    {
        var curve = ConfidenceCurve.Fit(Judged((-1, 50, 150), (2, 160, 40)), 0);

        Assert.That(curve.At(-1), Is.InRange(0.3, 0.4));
        Assert.That(curve.At(2), Is.EqualTo(0.8).Within(0.05));
    }

    [TestCase(0.1)]
    [TestCase(0.5)]
    [TestCase(0.8)]
    public void Share_of_examples_is_found_again_from_the_callers_chance(double share) =>
        Assert.That(ConfidenceCurve.OfExamples(ConfidenceCurve.OfCallers(share)), Is.EqualTo(share).Within(1e-9));

    [Test]
    public void Few_examples_leave_the_usual_curve()
    {
        var curve = ConfidenceCurve.Fit(Judged((0, 0, 20)), 1, usualWeight: 30);

        Assert.That(curve.At(0), Is.EqualTo(1 / (1 + Math.Exp(-1))).Within(1e-9));
    }

    private static List<JudgedEvidence> Judged(params (double Sum, int Right, int Wrong)[] groups) =>
    [
        .. groups.SelectMany(group => Enumerable.Repeat(new JudgedEvidence(group.Sum, 0.8, true), group.Right)
            .Concat(Enumerable.Repeat(new JudgedEvidence(group.Sum, 0.8, false), group.Wrong))),
    ];
}

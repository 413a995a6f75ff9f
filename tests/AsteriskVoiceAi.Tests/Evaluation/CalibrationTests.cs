using AsteriskVoiceAi.Service.Evaluation;

namespace AsteriskVoiceAi.Tests.Evaluation;

public class CalibrationTests
{
    [Test]
    public void Confidences_that_are_right_as_often_as_they_claim_have_no_error()
    {
        (double, bool)[] rows = [.. Enumerable.Range(0, 100).Select(i => (0.9, i >= 10)), .. Enumerable.Range(0, 10).Select(i => (0.5, i >= 5))];

        Assert.That(Calibration.ErrorOf(rows), Is.EqualTo(0).Within(1e-9));
    }

    [Test]
    public void Bins_weigh_as_many_rows_as_they_have_and_do_not_make_up_for_each_other()
    {
        (double, bool)[] rows = [(0.9, true), (0.9, true), (0.9, true), (0.4, false)];

        // 3 rows in 4 are right a tenth more often than they claim, 1 in 4 four tenths less often.
        Assert.That(Calibration.ErrorOf(rows), Is.EqualTo((0.75 * 0.1) + (0.25 * 0.4)).Within(1e-9));
    }

    [Test]
    public void A_confidence_of_one_is_in_the_last_bin() => Assert.That(Calibration.ErrorOf([(1, true), (0.95, true)]), Is.EqualTo(0.025).Within(1e-9));

    [Test]
    public void Few_rows_show_an_error_by_chance_and_many_hardly_one()
    {
        double[] few = [.. Enumerable.Repeat(0.8, 50)];
        double[] many = [.. Enumerable.Repeat(0.8, 5000)];

        // Of one bin: the mean deviation of a share, sqrt(2 p (1 - p) / (pi n)).
        Assert.That(Calibration.ErrorByChance(few), Is.EqualTo(Math.Sqrt(2 * 0.16 / (Math.PI * 50))).Within(0.005));
        Assert.That(Calibration.ErrorByChance(many), Is.LessThan(0.006));
    }

    [Test]
    public void Confidences_of_nought_and_one_leave_nothing_to_chance() => Assert.That(Calibration.ErrorByChance([0, 1, 1]), Is.Zero);
}

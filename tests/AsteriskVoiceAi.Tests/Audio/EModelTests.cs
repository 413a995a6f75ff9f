using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Tests.Audio;

public sealed class EModelTests
{
    // Ppl in percent, R and MOS by hand from G.107's equations.
    [TestCase(0, 0, 93.2, 4.41)]
    [TestCase(0.01, 0, 89.56, 4.33)]
    [TestCase(0.05, 0, 77.42, 3.92)]
    [TestCase(0.2, 0, 51.07, 2.63)]
    [TestCase(1, 0, 17.26, 1.18)]
    public void Loss_costs_what_the_recommendation_says(double loss, int jitter, double rating, double mos)
    {
        var found = EModel.Rating(loss, TimeSpan.FromMilliseconds(jitter));
        Assert.That(found, Is.EqualTo(rating).Within(0.01));
        Assert.That(EModel.Mos(found), Is.EqualTo(mos).Within(0.01));
    }

    [Test]
    public void Delay_costs_nothing_up_to_100_ms_and_more_and_more_after()
    {
        Assert.Multiple(() =>
        {
            Assert.That(EModel.Rating(0, TimeSpan.FromMilliseconds(40)), Is.EqualTo(93.2), "20 + 2 * 40 = 100 ms");
            // 20 + 2 * 90 = 200 ms: X = 1, Idd = 25 (2^(1/6) - 3 (1 + 1/729)^(1/6) + 2) = 3.04
            Assert.That(EModel.Rating(0, TimeSpan.FromMilliseconds(90)), Is.EqualTo(93.2 - 3.04).Within(0.01));
            Assert.That(EModel.Rating(0, TimeSpan.FromMilliseconds(190)), Is.LessThan(80));
        });
    }

    [Test]
    public void Mos_stays_between_1_and_4_and_a_half()
    {
        Assert.That(new[] { -1.0, 0, 3, 5, 50, 100, 200 }.Select(EModel.Mos), Is.All.InRange(1, 4.5));
    }
}

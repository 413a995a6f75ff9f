using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Tests.Intents;

public class NearestExampleTests
{
    [TestCase(384)]
    [TestCase(91)]
    [TestCase(3)]
    public void The_nearest_of_many_is_found_with_its_cosine(int size)
    {
        float[][] examples = [.. Enumerable.Range(0, 300).Select(i => Unit(size, i))];
        var nearest = new NearestExample(examples);

        for (var seed = 1000; seed < 1100; seed++)
        {
            var asked = Unit(size, seed);
            Assert.That(nearest.Cosine(asked), Is.EqualTo(Math.Max(0, examples.Max(example => Vectors.Dot(example, asked)))).Within(0.005));
        }
    }

    [Test]
    public void An_example_is_its_own_neighbour() => Assert.That(new NearestExample([Unit(384, 1), Unit(384, 2)]).Cosine(Unit(384, 2)), Is.EqualTo(1).Within(1e-5).And.AtMost(1));

    [Test]
    public void What_points_away_from_all_is_near_to_none() => Assert.That(new NearestExample([Unit(64, 1)]).Cosine(Array.ConvertAll(Unit(64, 1), value => -value)), Is.Zero);

    [Test]
    public void A_vector_of_zeros_is_near_to_none()
    {
        Assert.That(new NearestExample([Unit(64, 1)]).Cosine(new float[64]), Is.Zero);
        Assert.That(new NearestExample([new float[64]]).Cosine(Unit(64, 1)), Is.Zero);
    }

    [Test]
    public void One_value_that_is_all_of_a_vector_does_not_overflow()
    {
        var alone = new float[384];
        alone[383] = -1;

        Assert.That(new NearestExample([alone]).Cosine(alone), Is.EqualTo(1).Within(1e-6));
    }

    private static float[] Unit(int size, int seed)
    {
        var random = new Random(seed);
        var vector = Array.ConvertAll(new float[size], _ => (float)(random.NextDouble() - 0.5));
        var length = MathF.Sqrt(Vectors.Dot(vector, vector));
        return Array.ConvertAll(vector, value => value / length);
    }
}

using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Tests.Intents;

public sealed class VectorSpanTests
{
    [Test]
    public void Coordinates_keep_lengths_and_angles()
    {
        float[][] vectors = [Unit(1), Unit(2), Unit(3), Unit(4)];

        var coordinates = VectorSpan.Of(vectors).Coordinates;

        Assert.That(coordinates, Has.All.Length.EqualTo(4));
        for (var a = 0; a < vectors.Length; a++)
        {
            for (var b = 0; b < vectors.Length; b++)
                Assert.That(Vectors.Dot(coordinates[a], coordinates[b]), Is.EqualTo(Vectors.Dot(vectors[a], vectors[b])).Within(1e-5));
        }
    }

    [Test]
    public void Vector_that_comes_twice_and_one_that_is_nothing_add_no_dimension()
    {
        var span = VectorSpan.Of([Unit(1), Unit(1), new float[64], Unit(2)]);

        Assert.That(span.Basis, Has.Count.EqualTo(2));
        Assert.That(span.Coordinates[1], Is.EqualTo(span.Coordinates[0]).Within(1e-5));
        Assert.That(span.Coordinates[2], Is.EqualTo(new float[2]));
    }

    [Test]
    public void Classifier_that_learned_from_coordinates_scores_vectors()
    {
        // 20 rows of 64 dimensions are worth it, their coordinates, 20 of 20, are not.
        float[][] rows = [.. Enumerable.Range(0, 20).Select(Unit)];
        int[] classes = [.. Enumerable.Range(0, 20).Select(i => i % 3)];
        var span = VectorSpan.Of(rows);

        var ofVectors = MeaningClassifier.Train(rows, classes, 3);
        var ofCoordinates = MeaningClassifier.Train(span.Coordinates, classes, 3);

        for (var i = 0; i < rows.Length; i++)
            Assert.That(ofVectors.Scores(rows[i]), Is.EqualTo(ofCoordinates.Scores(span.Coordinates[i])).Within(1e-4));
    }

    /// <summary>Of 64 dimensions.</summary>
    private static float[] Unit(int seed)
    {
        var random = new Random(seed);
        var vector = Array.ConvertAll(new float[64], _ => (float)random.NextDouble() - 0.4f);
        var length = MathF.Sqrt(Vectors.Dot(vector, vector));
        return Array.ConvertAll(vector, value => value / length);
    }
}

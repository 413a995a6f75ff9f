using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Scores a sentence vector by the examples' vectors. Immutable; safe for many calls at once.</summary>
internal sealed class MeaningModel
{
    /// <summary>
    /// Weight of the cosine to the middle of an intent's examples, beside the regression's scores: few examples tell the middle better than they tell
    /// borders. From 2 to 6 it is the same, in the mean of thirteen labelled sets of up to <see cref="FewRows"/> an intent; where there are more it
    /// falls as their number rises.
    /// </summary>
    private const double FewRowsWeight = 4;
    private const double FewRows = 10;

    private readonly MeaningClassifier _classifier;
    private readonly NearestExample _nearest;
    private readonly float[][] _middles;
    private readonly double _middleWeight;

    private MeaningModel(MeaningClassifier classifier, float[][] rows, float[][] middles)
    {
        (_classifier, _nearest, _middles) = (classifier, new NearestExample(rows), middles);
        _middleWeight = FewRowsWeight * Math.Min(1, FewRows * middles.Length / rows.Length);
    }

    public static MeaningModel Train(TrainingSet set)
    {
        float[][] rows = [.. set.Vectors!, .. set.Names.Select(name => name.Vector)];
        int[] classes = [.. set.Classes, .. set.Names.Select(name => name.Class)];
        return new MeaningModel(MeaningClassifier.Train(rows, classes, set.ClassCount), rows, Middles(rows, classes, set.ClassCount));
    }

    /// <summary>Of the regression; for tests.</summary>
    internal double Loss => _classifier.Loss;

    /// <summary>Scores per class, and the cosine to the nearest example or name, at least 0.</summary>
    public (double[] Scores, double Cosine) Score(float[] vector)
    {
        var scores = Regression(vector);
        for (var i = 0; i < scores.Length; i++)
            scores[i] += _middleWeight * Vectors.Dot(_middles[i], vector);
        return (scores, _nearest.Cosine(vector));
    }

    /// <summary>The regression's scores alone; for tests.</summary>
    internal double[] Regression(float[] vector) => _classifier.Scores(vector);

    /// <summary>Of each class the sum of its rows, of length 1.</summary>
    private static float[][] Middles(float[][] rows, int[] classes, int classCount)
    {
        var middles = new float[classCount][];
        for (var i = 0; i < classCount; i++)
            middles[i] = new float[rows[0].Length];
        for (var row = 0; row < rows.Length; row++)
        {
            var middle = middles[classes[row]];
            for (var i = 0; i < middle.Length; i++)
                middle[i] += rows[row][i];
        }
        foreach (var middle in middles)
        {
            var length = Math.Max(MathF.Sqrt(Vectors.Dot(middle, middle)), 1e-6f);
            for (var i = 0; i < middle.Length; i++)
                middle[i] /= length;
        }
        return middles;
    }
}

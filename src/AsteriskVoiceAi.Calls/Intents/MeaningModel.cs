using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Scores a sentence vector by the examples' vectors. Immutable; safe for many calls at once.</summary>
internal sealed class MeaningModel
{
    private readonly MeaningClassifier _classifier;
    private readonly float[][] _rows;

    private MeaningModel(MeaningClassifier classifier, float[][] rows) => (_classifier, _rows) = (classifier, rows);

    public static MeaningModel Train(TrainingSet set)
    {
        float[][] rows = [.. set.Vectors!, .. set.Names.Select(name => name.Vector)];
        int[] classes = [.. set.Classes, .. set.Names.Select(name => name.Class)];
        return new MeaningModel(MeaningClassifier.Train(rows, classes, set.ClassCount), rows);
    }

    /// <summary>Of the regression; for tests.</summary>
    internal double Loss => _classifier.Loss;

    /// <summary>Scores per class, and the cosine to the nearest example or name, at least 0.</summary>
    public (double[] Scores, double Cosine) Score(float[] vector)
    {
        var cosine = 0f;
        foreach (var row in _rows)
            cosine = Math.Max(cosine, Vectors.Dot(row, vector));
        return (_classifier.Scores(vector), Math.Min(cosine, 1));
    }
}

using System.Numerics;
using System.Runtime.InteropServices;

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
            cosine = Math.Max(cosine, Dot(row, vector));
        return (_classifier.Scores(vector), Math.Min(cosine, 1));
    }

    private static float Dot(float[] a, float[] b)
    {
        var left = MemoryMarshal.Cast<float, Vector<float>>(a);
        var right = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < left.Length; i++)
            sums += left[i] * right[i];
        var sum = Vector.Sum(sums);
        for (var i = left.Length * Vector<float>.Count; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}

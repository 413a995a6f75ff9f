namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Scores to probabilities: softmax(T × score).</summary>
internal static class Softmax
{
    public static double[] Of(double[] scores, double temperature)
    {
        var largest = scores[Likeliest(scores)];
        var values = new double[scores.Length];
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
            sum += values[i] = Math.Exp(temperature * (scores[i] - largest));
        for (var i = 0; i < values.Length; i++)
            values[i] /= sum;
        return values;
    }

    /// <summary>Where the largest is; of several the first.</summary>
    public static int Likeliest(double[] values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best])
                best = i;
        }
        return best;
    }
}

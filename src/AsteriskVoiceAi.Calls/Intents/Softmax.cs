namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Scores to probabilities: softmax(T × score).</summary>
internal static class Softmax
{
    public static double[] Of(double[] scores, double temperature)
    {
        var largest = scores.Max();
        var values = new double[scores.Length];
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
            sum += values[i] = Math.Exp(temperature * (scores[i] - largest));
        for (var i = 0; i < values.Length; i++)
            values[i] /= sum;
        return values;
    }
}

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Scores to probabilities: softmax(T × score).</summary>
internal static class Softmax
{
    public static double[] Of(double[] scores, double temperature)
    {
        var largest = scores.Max();
        var values = Array.ConvertAll(scores, score => Math.Exp(temperature * (score - largest)));
        var sum = values.Sum();
        return Array.ConvertAll(values, value => value / sum);
    }
}

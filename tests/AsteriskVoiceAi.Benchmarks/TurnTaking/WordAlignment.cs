using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Engines.SmartTurn;

namespace AsteriskVoiceAi.Benchmarks.TurnTaking;

/// <summary>
/// Finds where words end in a recording of a human, by laying it beside flite's voice that says the same: dynamic time warping over
/// log-mel frames of 10 ms, each end then moved to the quietest moment within 50 ms.
/// </summary>
internal static class WordAlignment
{
    private const int Step = Caller.Rate / 100;
    private const int Bands = TurnFeatures.Bands;

    /// <summary>For each word of the sentence the sample after it in <paramref name="human"/>; null = too long to align.</summary>
    public static int[]? Ends(SpokenSentence sentence, short[] human)
    {
        var (frames, other) = (Frames(human), Frames(sentence.Samples));
        if (frames.Length == 0 || other.Length == 0)
            return null;
        var path = Path(frames, other);
        return [.. sentence.Ends.Select(end => Quietest(human, path[Math.Min(end / Step, path.Length - 1)] * Step))];
    }

    /// <summary>80 bands of each 10 ms, each band with mean zero over the recording.</summary>
    private static float[][] Frames(short[] samples)
    {
        var wide = Resampler.Convert(samples, Caller.Rate, 2 * Caller.Rate);
        if (wide.Length > TurnFeatures.Samples)
            return [];
        var features = new float[Bands * TurnFeatures.Frames];
        new TurnFeatures().Compute([.. wide.Select(sample => sample / 32768f)], features);
        var count = wide.Length / (2 * Step);
        var frames = new float[count][];
        for (var i = 0; i < count; i++)
            frames[i] = [.. Enumerable.Range(0, Bands).Select(band => features[(band * TurnFeatures.Frames) + TurnFeatures.Frames - count + i])];
        for (var band = 0; band < Bands; band++)
        {
            var mean = frames.Average(frame => frame[band]);
            foreach (var frame in frames)
                frame[band] -= mean;
        }
        return frames;
    }

    /// <summary>For each frame of <paramref name="other"/> the frame of <paramref name="human"/> that it fits.</summary>
    private static int[] Path(float[][] human, float[][] other)
    {
        var cost = new double[human.Length, other.Length];
        for (var i = 0; i < human.Length; i++)
        {
            for (var j = 0; j < other.Length; j++)
                cost[i, j] = Distance(human[i], other[j]) + Before(cost, i, j).Cost;
        }
        var path = new int[other.Length];
        for (var (i, j) = (human.Length - 1, other.Length - 1); i > 0 || j > 0;)
        {
            path[j] = i;
            (_, i, j) = Before(cost, i, j);
        }
        return path;
    }

    private static (double Cost, int I, int J) Before(double[,] cost, int i, int j)
    {
        if (i == 0 && j == 0)
            return default;
        var best = (Cost: double.MaxValue, I: 0, J: 0);
        foreach (var (before, beside) in new[] { (i - 1, j - 1), (i - 1, j), (i, j - 1) })
        {
            if (before >= 0 && beside >= 0 && cost[before, beside] < best.Cost)
                best = (cost[before, beside], before, beside);
        }
        return best;
    }

    private static double Distance(float[] one, float[] other)
    {
        double sum = 0;
        for (var i = 0; i < one.Length; i++)
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        return Math.Sqrt(sum);
    }

    private static int Quietest(short[] samples, int around)
    {
        var candidates = Enumerable.Range(-5, 11).Select(shift => around + (shift * Step)).Where(at => at >= Step && at + Step <= samples.Length).ToList();
        return candidates.Count == 0 ? Math.Clamp(around, 0, samples.Length) : candidates.MinBy(at => samples.AsSpan(at - Step, 2 * Step).ToArray().Sum(sample => Math.Abs((int)sample)));
    }
}

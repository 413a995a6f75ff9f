using AsteriskVoiceAi.Engines.SmartTurn;
using AsteriskVoiceAi.TestSupport.Processes;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>Against values of the reference implementation (Whisper's feature extractor as Smart Turn's authors call it).</summary>
internal sealed class TurnFeaturesTests
{
    private const double Tolerance = 2e-4;

    [Test]
    public async Task Finished_sentence()
    {
        var features = Compute(await ReadAsync("finished"));

        Check(features, [(0, 0, 0.79757), (0, 799, 0.79757), (5, 700, 1.70612), (10, 760, 1.01147), (20, 780, -0.08404), (40, 797, -0.08404), (60, 720, 0.26422)]);
        Assert.That(Column(features, 700), Is.EqualTo(62.9541).Within(80 * Tolerance));
        Assert.That(Column(features, 750), Is.EqualTo(12.7267).Within(80 * Tolerance));
        Assert.That(features.Max(), Is.EqualTo(1.915963).Within(Tolerance));
    }

    [Test]
    public async Task Unfinished_sentence()
    {
        var features = Compute(await ReadAsync("unfinished"));

        Check(features, [(0, 0, 0.81892), (5, 700, 0.4837), (10, 760, 1.66465), (20, 780, 0.40677), (30, 790, -0.11513), (60, 720, 0.26813)]);
        Assert.That(Column(features, 600), Is.EqualTo(51.3185).Within(80 * Tolerance));
        Assert.That(features.Sum(value => (double)value), Is.EqualTo(4770.3966).Within(1));
    }

    [Test]
    public void Chirp_in_noise()
    {
        var features = Compute(Chirp());

        Check(features, [(0, 0, -0.17223), (0, 799, 0.70846), (5, 700, 0.37221), (10, 760, 0.59316), (20, 780, 0.44254), (40, 797, 0.49919), (79, 799, 0.6564)]);
        Assert.That(Enumerable.Range(0, 8).Select(mel => (double)features[(mel * TurnFeatures.Frames) + 790]), Is.EqualTo(new[] { 0.59883, 0.52522, 0.58308, 0.67299, 0.58982, 0.63345, 0.71022, 0.72681 }).Within(Tolerance));
    }

    [Test]
    public void Silence_is_the_same_everywhere() => Assert.That(Compute(new float[16_000]), Is.All.EqualTo(-1.5f).Within(Tolerance));

    [Test]
    public void Of_a_long_turn_the_last_eight_seconds_count()
    {
        var chirp = Chirp();
        float[] turn = [.. Sounds.Noise(1, -20), .. chirp, .. chirp, .. chirp, .. chirp];

        Assert.That(Compute(turn), Is.EqualTo(Compute(turn[^TurnFeatures.Samples..])));
    }

    internal static async Task<float[]> ReadAsync(string name)
    {
        var file = await WavFile.ReadAsync(Repository.PathOf("tests", "AsteriskVoiceAi.Tests", "Engines", "TurnVectors", name + ".wav"));
        return [.. file.Samples.Select(sample => sample / 32768f)];
    }

    /// <summary>2 s from 200 to 3000 Hz, and noise of a linear congruential generator.</summary>
    internal static float[] Chirp()
    {
        var random = 12345u;
        var samples = new float[32_000];
        for (var i = 0; i < samples.Length; i++)
        {
            random = ((1103515245 * random) + 12345) & 0x7fffffff;
            var t = i / 16000.0;
            var value = (0.3 * Math.Sin(2 * Math.PI * ((200 * t) + (700 * t * t)))) + (0.02 * ((2.0 * random / 0x7fffffff) - 1));
            samples[i] = (short)Math.Round(value * 32768) / 32768f;
        }
        return samples;
    }

    private static float[] Compute(float[] turn)
    {
        var features = new float[TurnFeatures.Bands * TurnFeatures.Frames];
        new TurnFeatures().Compute(turn, features);
        return features;
    }

    private static void Check(float[] features, (int Mel, int Frame, double Value)[] expected)
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var (mel, frame, value) in expected)
                Assert.That(features[(mel * TurnFeatures.Frames) + frame], Is.EqualTo(value).Within(Tolerance), $"mel {mel}, frame {frame}");
        }
    }

    private static double Column(float[] features, int frame) =>
        Enumerable.Range(0, TurnFeatures.Bands).Sum(mel => (double)features[(mel * TurnFeatures.Frames) + frame]);
}

using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Tests.Audio;

internal sealed class G722Tests
{
    /// <summary>Samples that sound comes out later: the two mirror filters of 24 taps, less the pair that is being made.</summary>
    private const int Delay = 22;

    // 64 kbit/s G.722: the lower band has 6 bits a sample, the upper 2.
    [TestCase(300, 30)]
    [TestCase(1000, 30)]
    [TestCase(3400, 25)]
    [TestCase(6000, 10)]
    public void Tones_of_both_bands_come_back(int frequency, double leastDecibels)
    {
        var tone = Tones.Sine(frequency, TimeSpan.FromSeconds(1), 8000, 16_000);
        var back = RoundTrip(tone);
        Assert.That(SignalToNoise(tone, back), Is.GreaterThan(leastDecibels));
        Assert.That(Tones.Amplitude(back.AsSpan(4000, 8000), frequency, 16_000), Is.EqualTo(8000).Within(800));
    }

    [Test]
    public void Noise_with_the_spectrum_of_speech_comes_back()
    {
        var random = new Random(1);
        var speech = new short[16_000];
        var last = 0.0;
        for (var i = 0; i < speech.Length; i++)
        {
            // Falls off by 6 dB an octave, in bursts of a syllable's length.
            last = (0.9 * last) + (random.NextDouble() - 0.5);
            speech[i] = (short)(last * 4000 * Math.Abs(Math.Sin(2 * Math.PI * 3 * i / 16_000)));
        }
        Assert.That(SignalToNoise(speech, RoundTrip(speech)), Is.GreaterThan(15));
    }

    [Test]
    public void Silence_stays_silent()
    {
        Assert.That(RoundTrip(new short[16_000]).Max(static s => Math.Abs((int)s)), Is.LessThanOrEqualTo(8), "the smallest steps of both bands");
    }

    [Test]
    public void Loudest_sound_does_not_wrap()
    {
        var square = Enumerable.Range(0, 16_000).Select(static i => i % 32 < 16 ? short.MaxValue : short.MinValue).ToArray();
        Assert.That(SignalToNoise(square, RoundTrip(square)), Is.GreaterThan(5));
    }

    [Test]
    public void Any_bytes_are_decoded()
    {
        var codes = new byte[100_000];
        new Random(2).NextBytes(codes);
        Assert.That(new G722Decoder().Decode(codes, new short[200_000]), Is.EqualTo(200_000));
    }

    [Test]
    public void Frames_of_any_length_give_the_same_as_one_piece()
    {
        var tone = Tones.Sine(700, TimeSpan.FromMilliseconds(200), 8000, 16_000);
        var whole = new byte[tone.Length / 2];
        new G722Encoder().Encode(tone, whole);
        var pieces = new byte[whole.Length];
        var encoder = new G722Encoder();
        var (read, written) = (0, 0);
        foreach (var length in new[] { 2, 320, 160, 640, 2078 })
        {
            written += encoder.Encode(tone.AsSpan(read, length), pieces.AsSpan(written));
            read += length;
        }
        Assert.That(pieces, Is.EqualTo(whole));
    }

    private static short[] RoundTrip(short[] samples)
    {
        var codes = new byte[samples.Length / 2];
        var back = new short[samples.Length];
        Assert.That(new G722Encoder().Encode(samples, codes), Is.EqualTo(codes.Length));
        Assert.That(new G722Decoder().Decode(codes, back), Is.EqualTo(back.Length));
        return back;
    }

    /// <summary>After 50 ms, in which the steps find their size.</summary>
    private static double SignalToNoise(short[] sent, short[] back)
    {
        double signal = 0, noise = 0;
        for (var i = 800; i < sent.Length - Delay; i++)
        {
            signal += (double)sent[i] * sent[i];
            noise += Math.Pow(sent[i] - back[i + Delay], 2);
        }
        return 10 * Math.Log10(signal / noise);
    }
}

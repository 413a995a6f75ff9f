using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Tests.Audio;

internal sealed class G711Tests
{
    // ITU-T G.711: the value of each law's extreme and middle codes.
    [TestCase(0xFF, 0)]
    [TestCase(0x7F, 0)]
    [TestCase(0x80, 32124)]
    [TestCase(0x00, -32124)]
    public void Mu_law_codes_have_their_values(int code, int value)
    {
        var sample = new short[1];
        G711.DecodeULaw([(byte)code], sample);
        Assert.That(sample[0], Is.EqualTo(value));
    }

    [TestCase(0xD5, 8)]
    [TestCase(0x55, -8)]
    [TestCase(0xAA, 32256)]
    [TestCase(0x2A, -32256)]
    public void A_law_codes_have_their_values(int code, int value)
    {
        var sample = new short[1];
        G711.DecodeALaw([(byte)code], sample);
        Assert.That(sample[0], Is.EqualTo(value));
    }

    [Test]
    public void Every_code_of_both_laws_survives_decoding_and_encoding()
    {
        var codes = Enumerable.Range(0, 256).Select(code => (byte)code).ToArray();
        var samples = new short[256];
        var back = new byte[256];

        G711.DecodeALaw(codes, samples);
        G711.EncodeALaw(samples, back);
        Assert.That(back, Is.EqualTo(codes));

        G711.DecodeULaw(codes, samples);
        G711.EncodeULaw(samples, back);
        // Mu-law has two zeros; the negative one comes back as the positive.
        codes[0x7F] = 0xFF;
        Assert.That(back, Is.EqualTo(codes));
    }

    [Test]
    public void Every_sample_comes_back_within_half_a_step()
    {
        var samples = Enumerable.Range(short.MinValue, 65536).Select(value => (short)value).ToArray();
        var codes = new byte[samples.Length];
        var back = new short[samples.Length];

        G711.EncodeULaw(samples, codes);
        G711.DecodeULaw(codes, back);
        Assert.That(WorstError(samples, back), Is.LessThanOrEqualTo(1.0));

        G711.EncodeALaw(samples, codes);
        G711.DecodeALaw(codes, back);
        Assert.That(WorstError(samples, back), Is.LessThanOrEqualTo(1.0));
    }

    /// <summary>Largest error as a share of half a step: steps are 1/16 of their segment, at least 16; the top segment is clipped at 32635.</summary>
    private static double WorstError(short[] samples, short[] back) =>
        samples.Select((s, i) => Math.Abs(s - back[i]) / Math.Max(16.0, (Math.Min(Math.Abs((int)s), 32635) + 132) / 32.0)).Max();
}

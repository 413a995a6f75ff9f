using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Tests.Audio;

internal sealed class LossConcealmentTests
{
    [TestCase(8000)]
    [TestCase(16000)]
    public void Voice_goes_on_in_its_own_pitch_and_is_back_without_a_click(int rate)
    {
        var voice = Voice(125, rate, 1.0);
        var frame = rate / 50;
        var heard = (short[])voice.Clone();
        var concealment = new LossConcealment(rate);
        var gap = 20;
        for (var i = 0; i < 50; i++)
        {
            var part = heard.AsSpan(i * frame, frame);
            if (i == gap)
                concealment.Conceal(part);
            else
                concealment.Hear(part);
        }
        var made = Error(voice, heard, gap * frame, frame);
        var silent = Energy(voice, gap * frame, frame);
        Assert.Multiple(() =>
        {
            Assert.That(made, Is.LessThan(silent / 10), "what was made up differs from what was lost by less than a tenth of what silence would");
            Assert.That(BiggestStep(heard), Is.LessThan(1.5 * BiggestStep(voice)), "no click");
        });
    }

    [Test]
    public void Long_gap_fades_to_silence_within_60_ms_and_stays_silent()
    {
        var concealment = new LossConcealment(8000);
        foreach (var frame in Voice(125, 8000, 0.5).Chunk(160))
            concealment.Hear(frame);
        var made = new short[800];
        for (var i = 0; i < 5; i++)
            concealment.Conceal(made.AsSpan(i * 160, 160));
        var levels = made.Chunk(80).Select(static part => Tones.Level(part)).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(levels[0], Is.GreaterThan(1000));
            Assert.That(levels[..6], Is.Ordered.Descending);
            Assert.That(levels[6..], Is.All.Zero);
            Assert.That(concealment.Missing, Is.EqualTo(800));
        });
    }

    [Test]
    public void Silence_stays_silent()
    {
        var concealment = new LossConcealment(8000);
        concealment.Hear(new short[1600]);
        var made = Enumerable.Repeat((short)1, 160).ToArray();
        concealment.Conceal(made);
        Assert.That(made, Is.All.Zero);
    }

    [Test]
    public void Gap_before_anything_was_heard_is_silent()
    {
        var made = Enumerable.Repeat((short)1, 160).ToArray();
        new LossConcealment(8000).Conceal(made);
        Assert.That(made, Is.All.Zero);
    }

    [Test]
    public void Loudest_sound_does_not_wrap()
    {
        var concealment = new LossConcealment(8000);
        var square = Enumerable.Range(0, 1600).Select(static i => i % 64 < 32 ? short.MaxValue : short.MinValue).ToArray();
        concealment.Hear(square.AsSpan());
        var made = new short[160];
        concealment.Conceal(made);
        concealment.Hear(square.AsSpan(0, 160));
        Assert.That(made.Select(static (s, i) => (long)s * (i % 64 < 32 ? 1 : -1)).Sum(), Is.GreaterThan(0));
    }

    [Test]
    public void Gaps_of_any_length_allocate_nothing()
    {
        var concealment = new LossConcealment(8000);
        var frame = Voice(125, 8000, 0.02);
        concealment.Hear(frame);
        concealment.Conceal(frame);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            concealment.Conceal(frame.AsSpan(0, 1 + i));
            concealment.Hear(frame.AsSpan(0, 160 - i));
        }
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    /// <summary>A pitch with harmonics that fall off, like a vowel.</summary>
    private static short[] Voice(double pitch, int rate, double seconds)
    {
        var samples = new short[(int)(rate * seconds)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)Enumerable.Range(1, 12).Sum(n => 3000.0 / n * Math.Sin((2 * Math.PI * pitch * n * i / rate) + n));
        return samples;
    }

    private static double Energy(short[] samples, int start, int length) => samples.AsSpan(start, length).ToArray().Sum(static s => (double)s * s);

    private static double Error(short[] a, short[] b, int start, int length) => Enumerable.Range(start, length).Sum(i => Math.Pow(a[i] - b[i], 2));

    private static double BiggestStep(short[] samples) => samples.Zip(samples.Skip(1)).Max(static pair => Math.Abs(pair.Second - pair.First));
}

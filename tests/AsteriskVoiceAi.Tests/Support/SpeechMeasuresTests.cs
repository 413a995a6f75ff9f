using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Tests.Support;

[TestFixture]
public sealed class SpeechMeasuresTests
{
    [Test]
    public void Tone_is_measured_as_it_was_made()
    {
        var tone = Tones.Sine(440, TimeSpan.FromSeconds(1), amplitude: 5000);
        Assert.Multiple(() =>
        {
            Assert.That(Tones.Strongest(tone), Is.EqualTo(440));
            Assert.That(Tones.Amplitude(tone, 440), Is.EqualTo(5000).Within(10));
            Assert.That(Tones.Amplitude(tone, 1000), Is.LessThan(50));
            // A sine's root mean square is its peak divided by √2.
            Assert.That(Tones.Level(tone), Is.EqualTo(5000 / Math.Sqrt(2)).Within(10));
            Assert.That(Tones.Strongest(Tones.Silence(TimeSpan.FromSeconds(1))), Is.Zero);
        });
    }

    [Test]
    public void Whole_tone_is_read_with_its_frequency_and_level()
    {
        var reading = ToneReading.Of(Tones.Sine(437.5, TimeSpan.FromSeconds(1), amplitude: 4000, sampleRate: 16000), 16000);
        Assert.Multiple(() =>
        {
            Assert.That(reading.Frequency, Is.EqualTo(437.5));
            Assert.That(reading.Decibels(8000), Is.EqualTo(-6.02).Within(0.05));
            Assert.That(reading.Gaps, Is.Zero);
            Assert.That(reading.Purity, Is.EqualTo(1).Within(0.001));
        });
    }

    [Test]
    public void Holes_in_a_tone_are_counted()
    {
        var tone = Tones.Sine(440, TimeSpan.FromSeconds(1));
        // Two frames of 20 ms are missing, side by side, and one elsewhere.
        tone.AsSpan(1600, 320).Clear();
        tone.AsSpan(4800, 160).Clear();

        var reading = ToneReading.Of(tone);

        Assert.That(reading, Has.Property(nameof(ToneReading.Gaps)).EqualTo(2).And.Property(nameof(ToneReading.Missing)).EqualTo(TimeSpan.FromMilliseconds(60)));
    }

    [Test]
    public void Frame_that_is_left_out_without_a_gap_turns_the_phase()
    {
        // 20 ms of 437.5 Hz are 8 periods and three quarters.
        var tone = Tones.Sine(437.5, TimeSpan.FromSeconds(1));
        short[] shortened = [.. tone[..4000], .. tone[4160..]];

        var reading = ToneReading.Of(shortened);

        Assert.That(reading.Gaps, Is.Zero);
        Assert.That(reading.Purity, Is.LessThan(0.9));
    }

    [Test]
    public void Silence_is_no_tone() => Assert.That(ToneReading.Of(Tones.Silence(TimeSpan.FromSeconds(1))), Has.Property(nameof(ToneReading.Frequency)).Zero.And.Property(nameof(ToneReading.Gaps)).EqualTo(1));

    [TestCase(8000, 3217)]
    [TestCase(16000, 41)]
    public void Chirp_is_found_to_the_sample(int rate, int at)
    {
        var chirp = new Chirp(rate);
        var sound = Tones.Sine(300, TimeSpan.FromSeconds(1), amplitude: 1000, sampleRate: rate);
        for (var i = 0; i < chirp.Samples.Length; i++)
            sound[at + i] += (short)(chirp.Samples[i] / 2);

        Assert.That(chirp.Find(sound), Is.EqualTo(at));
    }

    [Test]
    public void Chirp_is_not_found_in_other_sounds() => Assert.That(new Chirp(8000).Find(Tones.Sine(1000, TimeSpan.FromSeconds(1))), Is.Null);

    [Test]
    public async Task Wav_file_is_read_as_it_was_written()
    {
        var file = Path.GetTempFileName();
        try
        {
            var wav = new WavFile(16000, Tones.Sine(300, TimeSpan.FromMilliseconds(123), sampleRate: 16000));
            await wav.WriteAsync(file);
            var back = await WavFile.ReadAsync(file);
            Assert.That(back.SampleRate, Is.EqualTo(16000));
            Assert.That(back.Samples, Is.EqualTo(wav.Samples));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public void What_a_phone_cannot_carry_is_gone_at_8_kHz()
    {
        var low = new WavFile(16000, Tones.Sine(1000, TimeSpan.FromSeconds(1), sampleRate: 16000)).At8000();
        var high = new WavFile(16000, Tones.Sine(5000, TimeSpan.FromSeconds(1), sampleRate: 16000)).At8000();
        Assert.That(Tones.Amplitude(low.Samples, 1000), Is.EqualTo(8000).Within(100));
        Assert.That(Tones.Level(high.Samples), Is.LessThan(100));
    }

    [Test]
    public void Something_that_is_no_wav_is_refused() => Assert.Throws<FormatException>(() => WavFile.Parse("RIFFxxxxWAVE"u8, "test.wav"));

    [Test]
    public async Task Flite_speaks_at_8_kHz()
    {
        if (!Flite.IsInstalled)
            Needed.Missing("flite", "apt-get install flite");
        var speech = await Flite.SpeakAsync("where is my parcel");
        Assert.That(speech.Length / 8000.0, Is.InRange(0.7, 2.5));
        Assert.That(Tones.Level(speech), Is.GreaterThan(1000));
    }
}

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

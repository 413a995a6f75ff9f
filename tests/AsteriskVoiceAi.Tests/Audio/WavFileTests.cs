using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Tests.Audio;

public sealed class WavFileTests
{
    private static readonly short[] Samples = [0, 1, -1, short.MaxValue, short.MinValue];

    [Test]
    public void What_is_written_is_read_back()
    {
        Assert.That(WavFile.TryRead(WavFile.Write(Samples, 16_000), out var samples, out var rate));
        Assert.That((samples, rate), Is.EqualTo((Samples, 16_000)));
    }

    [Test]
    public void Streamed_file_that_claims_two_gigabytes_ends_with_its_bytes()
    {
        var file = WavFile.Write(Samples, 22_050);
        new byte[] { 0x00, 0xF0, 0xFF, 0x7F }.CopyTo(file, 40);

        Assert.That(WavFile.TryRead(file, out var samples, out _));
        Assert.That(samples, Is.EqualTo(Samples));
    }

    [Test]
    public void No_prefix_of_a_file_makes_trouble()
    {
        var file = WavFile.Write(Samples, 8000);
        for (var length = 0; length < file.Length; length++)
            WavFile.TryRead(file.AsSpan(0, length), out _, out _);
    }

    [Test]
    public void Two_channels_become_their_mean()
    {
        var stereo = WavFile.Write([100, 300, -50, 50], 8000);
        stereo[22] = 2;

        Assert.That(WavFile.TryRead(stereo, out var samples, out var rate));
        Assert.That(samples, Is.EqualTo(new short[] { 200, 0 }));
        Assert.That(rate, Is.EqualTo(8000));
    }

    [TestCase(7, 8, new byte[] { 0xFF, 0x80 }, new short[] { 0, 32_124 })]
    [TestCase(6, 8, new byte[] { 0xD5, 0x55 }, new short[] { 8, -8 })]
    [TestCase(1, 8, new byte[] { 128, 255 }, new short[] { 0, 32_512 })]
    [TestCase(1, 24, new byte[] { 9, 1, 0, 9, 0, 0x80 }, new short[] { 1, -32_768 })]
    [TestCase(3, 32, new byte[] { 0, 0, 0, 0x3F, 0, 0, 0x80, 0xC0 }, new short[] { 16_384, -32_768 })]
    public void Other_ways_to_write_samples_are_read(int format, int bits, byte[] data, short[] expected)
    {
        byte[] file = [.. WavFile.Write([], 8000), .. data];
        (file[20], file[34], file[40]) = ((byte)format, (byte)bits, (byte)data.Length);

        Assert.That(WavFile.TryRead(file, out var samples, out _));
        Assert.That(samples, Is.EqualTo(expected));
    }

    [Test]
    public void Compressed_sound_and_garbage_are_refused()
    {
        var compressed = WavFile.Write(Samples, 8000);
        compressed[20] = 49; // GSM 06.10

        Assert.That(WavFile.TryRead(compressed, out _, out _), Is.False);
        Assert.That(WavFile.TryRead(new byte[100], out _, out _), Is.False);
    }
}

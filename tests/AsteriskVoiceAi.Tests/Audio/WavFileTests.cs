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
    public void Stereo_and_garbage_are_refused()
    {
        var stereo = WavFile.Write(Samples, 8000);
        stereo[22] = 2;

        Assert.That(WavFile.TryRead(stereo, out _, out _), Is.False);
        Assert.That(WavFile.TryRead(new byte[100], out _, out _), Is.False);
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace AsteriskVoiceAi.TestSupport.Speech;

/// <summary>Mono 16-bit PCM in a RIFF file.</summary>
public sealed record WavFile(int SampleRate, short[] Samples)
{
    private const int HeaderBytes = 44;

    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples.Length / SampleRate);

    public static async Task<WavFile> ReadAsync(string path) => Parse(await File.ReadAllBytesAsync(path), path);

    // "RIFF" size "WAVE", then chunks: id (4), size (4, little-endian), data, padded to an even length.
    public static WavFile Parse(ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes.Length < 12 || !bytes.StartsWith("RIFF"u8) || !bytes[8..].StartsWith("WAVE"u8))
            throw new FormatException($"{name} is no WAV file.");
        var rate = 0;
        for (var at = 12; at + 8 <= bytes.Length;)
        {
            var id = Encoding.ASCII.GetString(bytes.Slice(at, 4));
            // Programs that write to a pipe leave a size of 0 or -1: the rest of the file then.
            var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            var data = bytes.Slice(at + 8, (int)Math.Min(size, (uint)(bytes.Length - at - 8)));
            if (id == "fmt " && data.Length >= 16)
            {
                var (format, channels, bits) = (BinaryPrimitives.ReadUInt16LittleEndian(data), BinaryPrimitives.ReadUInt16LittleEndian(data[2..]), BinaryPrimitives.ReadUInt16LittleEndian(data[14..]));
                if (format is not (1 or 0xFFFE) || channels != 1 || bits != 16)
                    throw new FormatException($"{name} holds format {format} with {channels} channels of {bits} bits; tests use mono 16-bit PCM.");
                rate = (int)BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            }
            else if (id == "data" && rate > 0)
            {
                return new(rate, MemoryMarshal.Cast<byte, short>(data[..(data.Length & ~1)]).ToArray());
            }
            at += 8 + data.Length + (data.Length & 1);
        }
        throw new FormatException($"{name} holds no audio.");
    }

    public async Task WriteAsync(string path)
    {
        var bytes = new byte[HeaderBytes + (Samples.Length * 2)];
        var header = bytes.AsSpan();
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], bytes.Length - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], SampleRate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], Samples.Length * 2);
        MemoryMarshal.AsBytes(Samples.AsSpan()).CopyTo(header[HeaderBytes..]);
        await File.WriteAllBytesAsync(path, bytes);
    }

    /// <summary>The same at 8 kHz, as a phone carries it.</summary>
    public WavFile At8000()
    {
        if (SampleRate == 8000)
            return this;
        if (SampleRate % 8000 != 0)
            throw new NotSupportedException($"From {SampleRate} Hz to 8000 Hz is no whole step.");
        return new(8000, Decimate(Samples, SampleRate / 8000));
    }

    // Low pass at 3.6 kHz (windowed sinc, 48 taps for each step), of which every n-th value is kept.
    private static short[] Decimate(short[] samples, int step)
    {
        var half = 24 * step;
        var taps = new double[(2 * half) + 1];
        var cutoff = 0.45 / step;
        for (var i = -half; i <= half; i++)
        {
            var sinc = i == 0 ? 2 * cutoff : Math.Sin(2 * Math.PI * cutoff * i) / (Math.PI * i);
            taps[i + half] = sinc * (0.5 + (0.5 * Math.Cos(Math.PI * i / half)));
        }
        var result = new short[samples.Length / step];
        for (var n = 0; n < result.Length; n++)
        {
            double sum = 0;
            for (var i = -half; i <= half; i++)
            {
                var at = (n * step) + i;
                if (at >= 0 && at < samples.Length)
                    sum += samples[at] * taps[i + half];
            }
            result[n] = (short)Math.Clamp(Math.Round(sum), short.MinValue, short.MaxValue);
        }
        return result;
    }
}

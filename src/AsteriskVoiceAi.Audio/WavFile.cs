using System.Buffers.Binary;

namespace AsteriskVoiceAi.Audio;

/// <summary>RIFF WAVE: what speech programs write, and the kinds that recordings of calls come in. Several channels are mixed to one.</summary>
public static class WavFile
{
    private const int HeaderBytes = 44;

    /// <summary>
    /// Reads the samples. A program that writes to a pipe can't go back to fill in the lengths, so a data chunk that claims more than
    /// there is ends where the bytes end.
    /// </summary>
    /// <returns>False when this is no WAVE file of linear, floating-point or G.711 samples.</returns>
    public static bool TryRead(ReadOnlySpan<byte> file, out short[] samples, out int sampleRate)
    {
        (samples, sampleRate) = ([], 0);
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file[8..12].SequenceEqual("WAVE"u8))
            return false;
        WavFormat? format = null;
        // chunk = id (4 bytes), length (4, little-endian), bytes, and one more byte when the length is odd
        for (var rest = file[12..]; rest.Length >= 8;)
        {
            var id = rest[..4];
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]), (uint)(rest.Length - 8));
            var chunk = rest.Slice(8, length);
            if (id.SequenceEqual("fmt "u8) && (format = WavFormat.Read(chunk)) is null)
                return false;
            if (id.SequenceEqual("data"u8))
            {
                if (format is null)
                    return false;
                (samples, sampleRate) = (format.Samples(chunk), format.SampleRate);
                return true;
            }
            rest = rest[Math.Min(rest.Length, 8 + length + (length & 1))..];
        }
        return false;
    }

    /// <summary>The samples as a file of one channel with 16 bits.</summary>
    public static byte[] Write(ReadOnlySpan<short> samples, int sampleRate)
    {
        var file = new byte[HeaderBytes + (samples.Length * sizeof(short))];
        var span = file.AsSpan();
        "RIFF"u8.CopyTo(span);
        BinaryPrimitives.WriteInt32LittleEndian(span[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(span[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(span[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(span[20..], WavFormat.Linear);
        BinaryPrimitives.WriteInt16LittleEndian(span[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(span[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(span[28..], sampleRate * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(span[32..], sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(span[34..], 16);
        "data"u8.CopyTo(span[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(span[40..], samples.Length * sizeof(short));
        for (var i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(span[(HeaderBytes + (i * sizeof(short)))..], samples[i]);
        return file;
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AsteriskVoiceAi.Calls.Synthesis.Storage;

/// <summary>
/// A piece of speech as a file:
/// <code>
/// file    = magic length key rate count samples hash
/// magic   = "VOICEAI1"
/// length  = bytes of the key, int32
/// key     = PromptKey as JSON
/// rate    = Hz, int32
/// count   = samples, int32
/// samples = int16 each
/// hash    = SHA-256 of all before it
/// </code>
/// Numbers are little-endian. The hash tells a file that a crash cut short, or a disk spoilt, from a whole one.
/// </summary>
internal static class PromptFile
{
    /// <summary>A key holds 300 characters and a few words.</summary>
    private const int MaxKey = 16 << 10;

    private const int Fixed = 8 + 4 + 4 + 4 + SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Magic => "VOICEAI1"u8;

    public static byte[] Write(byte[] key, SpokenPrompt spoken)
    {
        var file = new byte[Fixed + key.Length + (spoken.Samples.Length * sizeof(short))];
        var rest = file.AsSpan();
        Magic.CopyTo(rest);
        BinaryPrimitives.WriteInt32LittleEndian(rest[8..], key.Length);
        key.CopyTo(rest[12..]);
        rest = rest[(12 + key.Length)..];
        BinaryPrimitives.WriteInt32LittleEndian(rest, spoken.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], spoken.Samples.Length);
        MemoryMarshal.AsBytes(spoken.Samples.Span).CopyTo(rest[8..]);
        SHA256.HashData(file.AsSpan(..^SHA256.HashSizeInBytes), file.AsSpan(^SHA256.HashSizeInBytes..));
        return file;
    }

    /// <returns>Null = damaged, or not ours.</returns>
    public static (byte[] Key, SpokenPrompt Spoken)? Read(ReadOnlySpan<byte> file)
    {
        if (ReadKey(file) is not { } key || !SHA256.HashData(file[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(file[^SHA256.HashSizeInBytes..]))
            return null;
        var rest = file[(12 + key.Length)..^SHA256.HashSizeInBytes];
        var rate = BinaryPrimitives.ReadInt32LittleEndian(rest);
        var count = BinaryPrimitives.ReadInt32LittleEndian(rest[4..]);
        if (rate is < 1000 or > 192_000 || count < 0 || rest.Length - 8 != (long)count * sizeof(short))
            return null;
        return (key, new SpokenPrompt(MemoryMarshal.Cast<byte, short>(rest[8..]).ToArray(), rate));
    }

    /// <summary>The key alone, unproven. Null = there is none.</summary>
    public static byte[]? ReadKey(ReadOnlySpan<byte> file)
    {
        if (file.Length < Fixed || !file[..8].SequenceEqual(Magic))
            return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(file[8..]);
        return length is > 0 and <= MaxKey && length <= file.Length - Fixed ? file.Slice(12, length).ToArray() : null;
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// Keeps the vectors of examples on disk, one file a flow, so that a reload encodes only what is new. Little-endian:
/// <code>file   = "AVV1" count(int32) size(int32) *record sha256-of-all-before
/// record = sha256( fingerprint LF text ) size*float32</code>
/// Written beside its place and moved there, so a reader sees the old file or the new one. A damaged file counts as none.
/// </summary>
internal sealed class VectorShelf(string folder)
{
    private const int Header = 12;
    private const int KeySize = SHA256.HashSizeInBytes;

    /// <summary>Of one vector; more is no vector of a sentence but a damaged file.</summary>
    private const int MaxSize = 8192;

    private static ReadOnlySpan<byte> Magic => "AVV1"u8;

    /// <summary>Null where there is no folder: nothing is kept.</summary>
    public static VectorShelf? In(string? folder) => string.IsNullOrWhiteSpace(folder) ? null : new VectorShelf(folder);

    /// <summary>The vectors that were kept under a name, by <see cref="Key"/>; empty when there are none.</summary>
    /// <exception cref="IOException">The file is there and can't be read.</exception>
    public Dictionary<string, float[]> Read(string name)
    {
        var path = PathOf(name);
        return File.Exists(path) ? Parse(File.ReadAllBytes(path)) : [];
    }

    /// <exception cref="IOException">The folder can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(string name, IReadOnlyDictionary<string, float[]> vectors)
    {
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, Path.GetRandomFileName() + ".tmp");
        try
        {
            File.WriteAllBytes(temporary, Format(vectors));
            File.Move(temporary, PathOf(name), overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public static string Key(string fingerprint, string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(fingerprint + "\n" + text)));

    private string PathOf(string name) => Path.Combine(folder, name + ".vectors");

    private static byte[] Format(IReadOnlyDictionary<string, float[]> vectors)
    {
        var size = vectors.Values.FirstOrDefault()?.Length ?? 0;
        var bytes = new byte[Header + (vectors.Count * (KeySize + (size * sizeof(float)))) + KeySize];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), vectors.Count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), size);
        var at = Header;
        // By key, so that the same vectors make the same file.
        foreach (var (key, vector) in vectors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Convert.FromHexString(key).CopyTo(bytes, at);
            MemoryMarshal.AsBytes(vector.AsSpan()).CopyTo(bytes.AsSpan(at + KeySize));
            at += KeySize + (size * sizeof(float));
        }
        SHA256.HashData(bytes.AsSpan(0, at), bytes.AsSpan(at));
        return bytes;
    }

    private static Dictionary<string, float[]> Parse(byte[] bytes)
    {
        if (bytes.Length < Header + KeySize || !bytes.AsSpan(0, 4).SequenceEqual(Magic))
            return [];
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4));
        var size = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8));
        if (count < 0 || size is < 0 or > MaxSize || bytes.Length != Header + (count * (long)(KeySize + (size * sizeof(float)))) + KeySize)
            return [];
        if (!SHA256.HashData(bytes.AsSpan(0, bytes.Length - KeySize)).AsSpan().SequenceEqual(bytes.AsSpan(bytes.Length - KeySize)))
            return [];
        var vectors = new Dictionary<string, float[]>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var record = bytes.AsSpan(Header + (i * (KeySize + (size * sizeof(float)))));
            vectors[Convert.ToHexStringLower(record[..KeySize])] = MemoryMarshal.Cast<byte, float>(record.Slice(KeySize, size * sizeof(float))).ToArray();
        }
        return vectors;
    }
}

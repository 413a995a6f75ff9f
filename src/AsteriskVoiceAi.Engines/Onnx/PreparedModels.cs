using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using AsteriskVoiceAi.Calls;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Engines.Onnx;

/// <summary>
/// Keeps models on disk as the runtime has rewritten them for this machine's processor, one file a model: such a file loads in two fifths of the time, and weights that need
/// no packing are read where they are in it instead of being copied.
/// <code>file = model-in-the-runtime's-own-format "AVM1" sha256-of-all-before</code>
/// Its name tells what it was made of. Written beside its place and moved there, so a reader sees all of it or none. Thread-safe.
/// </summary>
internal sealed class PreparedModels(string folder, TimeProvider time, ILogger logger)
{
    private const int TrailerSize = 4 + SHA256.HashSizeInBytes;
    private const int BufferSize = 1 << 20;

    /// <summary>Another process may be writing the same.</summary>
    private static readonly TimeSpan LongestWriting = TimeSpan.FromHours(1);

    /// <summary>The runtime picks its kernels and the layout of weights by these.</summary>
    private static readonly Lazy<string> Processor = new(ReadProcessor);

    private static ReadOnlySpan<byte> Magic => "AVM1"u8;

    /// <summary>Null where there is no folder: nothing is kept.</summary>
    public static PreparedModels? In(string? folder, TimeProvider time, ILogger logger) => string.IsNullOrWhiteSpace(folder) ? null : new(Path.GetFullPath(folder), time, logger);

    /// <summary>The prepared file of a model, made if there is none that is whole; null = it can't be kept.</summary>
    /// <param name="model">Absolute path.</param>
    /// <param name="write">Writes the model in the runtime's own format to the path that it is given.</param>
    public string? Find(OnnxRuntime runtime, string model, Action<string> write)
    {
        var name = $"{Path.GetFileName(Path.GetDirectoryName(model))}-{Path.GetFileNameWithoutExtension(model)}";
        try
        {
            var path = Path.Combine(folder, $"{name}-{Key(runtime, model)}.ort");
            if (File.Exists(path) && !IsWhole(path))
                Discard(path, "it is not as it was written");
            if (!File.Exists(path))
                Make(path, name, write);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SpeechEngineException)
        {
            // The last: the runtime could not write it, or the model is none, which reading it as it comes will tell.
            EnginesLog.ModelNotPrepared(logger, model, e.Message);
            return null;
        }
    }

    /// <summary>Deletes a file that is of no use, where that can be done.</summary>
    public void Discard(string path, string why)
    {
        EnginesLog.PreparedModelDiscarded(logger, path, why);
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            EnginesLog.ModelNotPrepared(logger, path, e.Message);
        }
    }

    private void Make(string path, string name, Action<string> write)
    {
        var began = time.GetTimestamp();
        Directory.CreateDirectory(folder);
        ClearOld(name, path);
        var temporary = Path.Combine(folder, $"{name}-{Path.GetRandomFileName()}.tmp");
        try
        {
            write(temporary);
            using (var file = new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite))
            {
                var hash = Hash(file, file.Length);
                file.Write(Magic);
                file.Write(hash);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
        EnginesLog.ModelPrepared(logger, path, time.GetElapsedTime(began).TotalMilliseconds);
    }

    /// <summary>Those of another runtime, processor or version of the model, and what a start that was killed had begun. A file that somebody has open stays readable.</summary>
    private void ClearOld(string name, string path)
    {
        foreach (var old in Directory.EnumerateFiles(folder, $"{name}-*.ort").Where(file => file != path))
            File.Delete(old);
        foreach (var begun in Directory.EnumerateFiles(folder, $"{name}-*.tmp").Where(file => time.GetUtcNow() - File.GetLastWriteTimeUtc(file) > LongestWriting))
            File.Delete(begun);
    }

    private static bool IsWhole(string path)
    {
        using var file = File.OpenRead(path);
        if (file.Length <= TrailerSize)
            return false;
        var hash = Hash(file, file.Length - TrailerSize);
        Span<byte> trailer = stackalloc byte[TrailerSize];
        file.ReadExactly(trailer);
        return trailer[..4].SequenceEqual(Magic) && trailer[4..].SequenceEqual(hash);
    }

    /// <summary>Of the first bytes; the file stands behind them afterwards.</summary>
    private static byte[] Hash(FileStream file, long length)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        while (length > 0)
        {
            var read = file.Read(buffer, 0, (int)Math.Min(length, buffer.Length));
            if (read == 0)
                throw new EndOfStreamException($"{file.Name} became shorter while it was read");
            hash.AppendData(buffer, 0, read);
            length -= read;
        }
        return hash.GetHashAndReset();
    }

    /// <summary>Size and time stand for what is in a file: reading all of the model would take as long as half of what is gained.</summary>
    private static string Key(OnnxRuntime runtime, string model)
    {
        var file = new FileInfo(File.ResolveLinkTarget(model, returnFinalTarget: true)?.FullName ?? model);
        var made = string.Create(CultureInfo.InvariantCulture, $"{model}\n{file.Length}\n{file.LastWriteTimeUtc.Ticks}\n{runtime.Version}\n{OnnxSession.AllOptimizations}\n{Processor.Value}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(made)))[..16];
    }

    private static string ReadProcessor()
    {
        try
        {
            return string.Join('\n', File.ReadLines("/proc/cpuinfo").Where(line => line.StartsWith("model name", StringComparison.Ordinal) || line.StartsWith("flags", StringComparison.Ordinal) || line.StartsWith("Features", StringComparison.Ordinal)).Distinct());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return RuntimeInformation.ProcessArchitecture.ToString();
        }
    }
}

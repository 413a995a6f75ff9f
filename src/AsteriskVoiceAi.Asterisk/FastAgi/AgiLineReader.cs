using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Unicode;

namespace AsteriskVoiceAi.Asterisk.FastAgi;

/// <summary>Lines from Asterisk, however they were cut into packets.</summary>
internal sealed class AgiLineReader(PipeReader input, int maxLine)
{
    /// <summary>Bytes taken, for a limit over many lines.</summary>
    public long Consumed { get; private set; }

    /// <summary>A line without its end.</summary>
    /// <param name="prefix">What it has to begin with; a wrong first byte is told at once, without waiting for the line's end.</param>
    /// <returns>Null = the peer has closed.</returns>
    /// <exception cref="AgiException">The line is too long or begins wrongly, or the connection broke.</exception>
    public async ValueTask<string?> ReadAsync(ReadOnlyMemory<byte> prefix = default)
    {
        while (true)
        {
            var result = await ReadInputAsync();
            var buffer = result.Buffer;
            if (!BeginsWith(buffer, prefix.Span))
                throw new AgiException(AgiFault.Garbage, $"it does not speak FastAGI, its first bytes are {Hex(buffer)}");
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                Check(line.Length);
                var text = Decode(line);
                Consumed += line.Length + 1;
                input.AdvanceTo(buffer.GetPosition(1, end));
                return text;
            }
            Check(buffer.Length);
            input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
                return null;
        }
    }

    private void Check(long length)
    {
        if (length > maxLine)
            throw new AgiException(AgiFault.Garbage, $"it sent a line of more than {maxLine} bytes");
    }

    private async ValueTask<ReadResult> ReadInputAsync()
    {
        try
        {
            return await input.ReadAsync();
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException)
        {
            throw new AgiException(AgiFault.Lost, "the connection broke");
        }
    }

    private static bool BeginsWith(ReadOnlySequence<byte> buffer, ReadOnlySpan<byte> prefix)
    {
        if (prefix.IsEmpty)
            return true;
        Span<byte> first = stackalloc byte[(int)Math.Min(prefix.Length, buffer.Length)];
        buffer.Slice(0, first.Length).CopyTo(first);
        return prefix.StartsWith(first);
    }

    /// <summary>UTF-8, or Latin-1 where it is none: old phones and databases send that, and a name half readable beats none.</summary>
    private static string Decode(ReadOnlySequence<byte> line)
    {
        var bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        if (!bytes.IsEmpty && bytes[^1] == '\r')
            bytes = bytes[..^1];
        return (Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);
    }

    private static string Hex(ReadOnlySequence<byte> buffer) => Convert.ToHexString(buffer.Slice(0, Math.Min(16, buffer.Length)).ToArray());
}

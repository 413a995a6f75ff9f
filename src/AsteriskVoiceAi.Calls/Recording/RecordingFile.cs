using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace AsteriskVoiceAi.Calls.Recording;

/// <summary>
/// Writes one recording to disk, away from the audio path: a RIFF WAVE file, 16-bit linear, two channels. The lengths in its header are
/// set right every few seconds, so that what a crash leaves can be played.
/// </summary>
internal sealed class RecordingFile
{
    /// <summary>200 ms at 8 kHz; blocks wait for a slow disk for up to 2 s, then the newest are lost and silence takes their place.</summary>
    private const int BlockPairs = 1600;
    private const int Blocks = 10;
    private const int HeaderBytes = 44;
    private const int PairBytes = 2 * sizeof(short);
    private const int MostOfOneName = 99;

    private static readonly TimeSpan HeaderEvery = TimeSpan.FromSeconds(5);

    private readonly Channel<Block> _free = Channel.CreateBounded<Block>(Blocks);
    private readonly Channel<Block> _full = Channel.CreateBounded<Block>(Blocks);
    private readonly string _folder;
    private readonly string _name;
    private readonly int _sampleRate;
    private readonly Action<string> _opened;
    private readonly ILogger _log;
    private int _missed;
    private long _written;

    /// <param name="opened">Told the path, once there is a file.</param>
    public RecordingFile(string folder, string name, int sampleRate, Action<string> opened, ILogger log)
    {
        (_folder, _name, _sampleRate, _opened, _log) = (folder, name, sampleRate, opened, log);
        for (var i = 0; i < Blocks; i++)
            _free.Writer.TryWrite(new Block());
        Written = Task.Run(WriteAsync);
    }

    /// <summary>Where it is; null before there is a file, and when there is none.</summary>
    public string? Path { get; private set; }

    /// <summary>Ends when the file is complete, or was given up; never faults.</summary>
    public Task Written { get; }

    /// <summary>Hands on what has settled on the tape. Never waits.</summary>
    public void Take(StereoTape tape, bool last = false)
    {
        while (true)
        {
            if (!_free.Reader.TryRead(out var block))
            {
                Span<short> lost = stackalloc short[2 * 160];
                while (tape.Take(lost, last) is var pairs and > 0)
                    _missed += pairs;
                return;
            }
            block.Pairs = tape.Take(block.Stereo, last);
            if (block.Pairs == 0)
            {
                _free.Writer.TryWrite(block);
                return;
            }
            (block.Missed, _missed) = (_missed, 0);
            _full.Writer.TryWrite(block);
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void Complete() => _full.Writer.TryComplete();

    private async Task WriteAsync()
    {
        try
        {
            using var file = Open();
            await WriteHeaderAsync(file);
            _opened(Path!);
            var headerDue = 0L;
            await foreach (var block in _full.Reader.ReadAllAsync())
            {
                // Where something was lost the file has a hole, which reads as silence.
                _written += block.Missed;
                // WAVE is little-endian, and so is every processor that this runs on.
                await RandomAccess.WriteAsync(file, block.Bytes, HeaderBytes + (_written * PairBytes));
                _written += block.Pairs;
                _free.Writer.TryWrite(block);
                if (_written < headerDue)
                    continue;
                await WriteHeaderAsync(file);
                headerDue = _written + (long)(HeaderEvery.TotalSeconds * _sampleRate);
            }
            await WriteHeaderAsync(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            _log.NotRecorded(Path ?? System.IO.Path.GetFullPath(_folder), e.Message);
        }
    }

    private SafeFileHandle Open()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(_folder);
        else
            Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        for (var part = 1; ; part++)
        {
            // A call that was taken up again has more than one.
            var path = System.IO.Path.Combine(System.IO.Path.GetFullPath(_folder), part == 1 ? $"{_name}.wav" : string.Create(CultureInfo.InvariantCulture, $"{_name}-{part}.wav"));
            if (File.Exists(path) && part < MostOfOneName)
                continue;
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.Read,
                BufferSize = 0,
                Options = FileOptions.Asynchronous,
            };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var file = new FileStream(path, options).SafeFileHandle;
            Path = path;
            return file;
        }
    }

    private async Task WriteHeaderAsync(SafeFileHandle file)
    {
        var header = new byte[HeaderBytes];
        var data = (uint)Math.Min(_written * PairBytes, uint.MaxValue - HeaderBytes);
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), data + HeaderBytes - 8);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(20), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(22), 2);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), _sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), _sampleRate * PairBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(32), PairBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(34), 16);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(40), data);
        await RandomAccess.WriteAsync(file, header, 0);
    }

    private sealed class Block
    {
        private readonly byte[] _bytes = new byte[BlockPairs * PairBytes];

        public Span<short> Stereo => MemoryMarshal.Cast<byte, short>(_bytes.AsSpan());

        public int Pairs { get; set; }

        /// <summary>Pairs before it that were lost.</summary>
        public int Missed { get; set; }

        public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Pairs * PairBytes);
    }
}

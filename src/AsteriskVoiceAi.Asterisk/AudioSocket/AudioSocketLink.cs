using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Audio;
using Microsoft.AspNetCore.Connections;

namespace AsteriskVoiceAi.Asterisk.AudioSocket;

/// <summary>
/// Audio of one call over an AudioSocket connection. From <see cref="Start"/> on it sends one frame every 20 ms, silence when
/// nothing plays: Asterisk gives up on a connection without traffic, and one of its drivers spins on an empty one.
/// </summary>
internal sealed class AudioSocketLink : IMediaLink
{
    /// <summary>5 s in which Asterisk took nothing: the far side is gone and TCP does not know yet.</summary>
    private const int StuckTicks = 250;

    /// <summary>Asterisk closes within milliseconds of our goodbye.</summary>
    private static TimeSpan GoodbyeLimit { get; } = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly ConnectionContext _connection;
    private readonly ConnectionDeadlines.Deadline _deadline;
    private readonly AudioSocketStatus _status;
    private readonly FrameClock _clock;
    private readonly PipeWriter _output;
    private readonly AudioSocketKind _kind;
    private readonly ReceiveBuffer _received;
    private readonly PlayoutQueue _playbacks = new();
    private readonly short[] _decoded;
    private readonly short[] _frame;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action _flushed;
    private ValueTaskAwaiter<FlushResult> _flush;
    private IDisposable? _ticks;
    private bool _flushing;
    private bool _finished;
    private bool _goodbyeDue;
    private int _stuck;
    private long _samplesReceived;
    private long _framesSent;

    public AudioSocketLink(ConnectionContext connection, MediaFormat format, FrameClock clock, ConnectionDeadlines.Deadline deadline, AudioSocketStatus status)
    {
        _connection = connection;
        Format = format;
        _kind = AudioSocketMessage.KindOf(format);
        _received = new ReceiveBuffer(format.SampleRate);
        _decoded = new short[format.FrameSamples];
        _frame = new short[format.FrameSamples];
        _clock = clock;
        _deadline = deadline;
        _status = status;
        _output = connection.Transport.Output;
        _flushed = Flushed;
    }

    public event Action<char>? KeyPressed;

    public MediaTransport Transport => MediaTransport.AudioSocket;

    public MediaFormat Format { get; }

    public int SampleRate => Format.SampleRate;

    public string? EndReason { get; private set; }

    public Task Ended => _closed.Task;

    /// <summary>TCP does not tell what Asterisk's channel took, so nothing is known of that.</summary>
    public MediaCounters Counters => new(Volatile.Read(ref _samplesReceived) / Format.FrameSamples, Volatile.Read(ref _framesSent));

    /// <summary>Frames that were not sent because the one before was still on its way.</summary>
    public int SkippedFrames { get; private set; }

    /// <summary>Samples that nobody read in time.</summary>
    public long DroppedSamples => _received.Dropped;

    public ValueTask<int> ReceiveAsync(Memory<short> frame, CancellationToken cancellationToken) => _received.ReadAsync(frame, cancellationToken);

    public Task<int> PlayAsync(ReadOnlyMemory<short> samples, CancellationToken stop) => _playbacks.PlayAsync(samples, stop);

    /// <summary>Sends the first frame and joins the clock.</summary>
    public void Start()
    {
        Tick();
        _ticks = _clock.Subscribe(Tick);
    }

    /// <summary>Reads until the connection ends.</summary>
    /// <exception cref="AudioSocketException">The peer broke the protocol.</exception>
    public async Task RunAsync()
    {
        var input = _connection.Transport.Input;
        try
        {
            while (true)
            {
                var result = await input.ReadAsync();
                var buffer = result.Buffer;
                var more = Consume(ref buffer);
                input.AdvanceTo(buffer.Start, buffer.End);
                if (more && !result.IsCompleted)
                    continue;
                EndReason ??= more ? "Asterisk closed the connection" : "Asterisk said goodbye";
                return;
            }
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException)
        {
            // Reset, or aborted by one of our deadlines.
            EndReason ??= lost.Message;
        }
        catch (AudioSocketException broken)
        {
            EndReason ??= broken.Message;
            throw;
        }
        finally
        {
            Finish();
            _closed.TrySetResult();
        }
    }

    public ValueTask DisposeAsync() => new(EndAsync());

    /// <summary>Ends the audio from our side, politely; the caller stays in the dialplan.</summary>
    public async Task EndAsync()
    {
        EndReason ??= "done with the call";
        Finish();
        lock (_gate)
        {
            if (_closed.Task.IsCompleted)
                return;
            _deadline.Set(GoodbyeLimit);
            _goodbyeDue = true;
            if (!_flushing)
                WriteGoodbye();
        }
        // The reading goes on until Asterisk closes: closing with unread audio would reset the connection and lose the goodbye.
        await _closed.Task;
    }

    /// <summary>Everybody who waits is told.</summary>
    private void Finish()
    {
        lock (_gate)
        {
            if (_finished)
                return;
            _finished = true;
        }
        // Outside the gate: the clock holds its own lock while it ticks us.
        _ticks?.Dispose();
        _received.End();
        _playbacks.End();
    }

    /// <returns>False = the peer said goodbye.</returns>
    private bool Consume(ref ReadOnlySequence<byte> buffer)
    {
        while (AudioSocketMessage.TryTake(ref buffer, out var message))
        {
            switch (message.Kind)
            {
                case >= AudioSocketKind.Slin8 and <= AudioSocketKind.Slin192 when message.Kind == _kind:
                    Hear(message.Payload);
                    break;
                case AudioSocketKind.Key when message.Payload.Length == 1:
                    Press((char)message.Payload.FirstSpan[0]);
                    break;
                case AudioSocketKind.HangUp:
                    return false;
                case AudioSocketKind.Silence:
                    break;
                case >= AudioSocketKind.Slin8 and <= AudioSocketKind.Slin192:
                    throw new AudioSocketException($"audio of kind 0x{(byte)message.Kind:x2} came for a call in {Format.Name} (0x{(byte)_kind:x2}): use the AudioSocket application, which speaks slin, or ARI with the format of ari.media.format");
                case AudioSocketKind.Error:
                    throw new AudioSocketException($"the peer reported an error ({message.Payload.Length} bytes)");
                default:
                    throw new AudioSocketException($"a message of kind 0x{(byte)message.Kind:x2} with {message.Payload.Length} bytes makes no sense here");
            }
        }
        return true;
    }

    private void Hear(ReadOnlySequence<byte> payload)
    {
        var bytes = MemoryMarshal.AsBytes(_decoded.AsSpan());
        while (payload.Length > 1)
        {
            var n = (int)Math.Min(payload.Length & ~1, bytes.Length);
            payload.Slice(0, n).CopyTo(bytes);
            if (!BitConverter.IsLittleEndian)
                BinaryPrimitives.ReverseEndianness(_decoded, _decoded);
            _received.Write(_decoded.AsSpan(0, n / 2));
            Volatile.Write(ref _samplesReceived, _samplesReceived + (n / 2));
            payload = payload.Slice(n);
        }
    }

    private void Press(char key)
    {
        if (char.ToUpperInvariant(key) is not (var known and (>= '0' and <= '9' or '*' or '#' or >= 'A' and <= 'D')))
            return;
        KeyPressed?.Invoke(known);
    }

    /// <summary>One frame out. On the clock's thread: never waits.</summary>
    private void Tick()
    {
        _received.Tick();
        lock (_gate)
        {
            if (_finished)
                return;
            if (!_flushing)
            {
                _stuck = 0;
                WriteFrame();
                return;
            }
            SkippedFrames++;
            _status.Skipped();
            if (++_stuck == StuckTicks)
                _connection.Abort(new ConnectionAbortedException("Asterisk took no audio for 5 s"));
        }
    }

    private void WriteFrame()
    {
        var bytes = Format.FrameBytes;
        _playbacks.Fill(_frame);
        if (!BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(_frame, _frame);
        var target = _output.GetSpan(AudioSocketMessage.HeaderLength + bytes);
        AudioSocketMessage.WriteHeader(target, _kind, bytes);
        MemoryMarshal.AsBytes(_frame.AsSpan()).CopyTo(target[AudioSocketMessage.HeaderLength..]);
        // Header and payload leave in one flush: Asterisk drops the channel when the payload comes 5 ms after its header.
        _output.Advance(AudioSocketMessage.HeaderLength + bytes);
        Volatile.Write(ref _framesSent, _framesSent + 1);
        Flush();
    }

    private void WriteGoodbye()
    {
        _goodbyeDue = false;
        AudioSocketMessage.WriteHeader(_output.GetSpan(AudioSocketMessage.HeaderLength), AudioSocketKind.HangUp, 0);
        _output.Advance(AudioSocketMessage.HeaderLength);
        Flush();
    }

    private void Flush()
    {
#pragma warning disable CA2012 // Consumed once, in Flushed; kept because a state machine for each frame would be an allocation.
        _flush = _output.FlushAsync().GetAwaiter();
#pragma warning restore CA2012
        _flushing = true;
        if (_flush.IsCompleted)
            Flushed();
        else
            _flush.UnsafeOnCompleted(_flushed);
    }

    private void Flushed()
    {
        lock (_gate)
        {
            _flushing = false;
            try
            {
                _flush.GetResult();
            }
            catch (Exception lost) when (lost is IOException or OperationCanceledException)
            {
                // The read loop sees the same end and tells everybody.
                return;
            }
            if (_goodbyeDue)
                WriteGoodbye();
        }
    }
}

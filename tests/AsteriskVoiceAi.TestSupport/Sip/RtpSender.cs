using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;

namespace AsteriskVoiceAi.TestSupport.Sip;

/// <summary>What the caller sends: a packet on every beat, with speech, a key's event, or silence.</summary>
internal sealed class RtpSender(RtpLine line, PhoneCodec codec)
{
    public const int EventPayload = 101;

    /// <summary>Steps of the RTP clock in 20 ms.</summary>
    private const int FrameTicks = PhoneCodec.ClockRate / 50;
    private const int HeaderBytes = 12;

    private readonly Lock _gate = new();
    private readonly byte[] _packet = new byte[HeaderBytes + PhoneCodec.FrameBytes];
    private readonly uint _source = (uint)RandomNumberGenerator.GetInt32(int.MaxValue);
    private readonly Queue<Speech> _speeches = [];
    private readonly Queue<KeyPress> _presses = [];
    private readonly short[] _frame = new short[codec.FrameSamples];
    private PhoneCodec _codec = codec;
    private PhoneCodec.Encode _encode = codec.CreateEncoder();
    private Loop? _background;
    private ushort _sequence = (ushort)RandomNumberGenerator.GetInt32(65536);
    private uint _timestamp = (uint)RandomNumberGenerator.GetInt32(int.MaxValue);
    private bool _first = true;
    private bool _ended;

    /// <summary>Where to; nothing is sent before it is known.</summary>
    public IPEndPoint? Target { get; set; }

    public bool Muted { get; set; }

    public int Packets { get; private set; }

    public Task<Spoken> Speak(short[] samples, int silentBelow)
    {
        var speech = new Speech(samples, silentBelow);
        lock (_gate)
        {
            if (_ended)
                speech.End();
            else
                _speeches.Enqueue(speech);
        }
        return speech.Done.Task;
    }

    public Task<Moment> Press(char key, TimeSpan length)
    {
        var press = new KeyPress((byte)"0123456789*#ABCD".IndexOf(char.ToUpperInvariant(key), StringComparison.Ordinal), Math.Max(2, (int)(length / PacingThread.Period)));
        if (press.Code == 255)
            throw new ArgumentOutOfRangeException(nameof(key), key, "A phone has the keys 0 to 9, *, # and A to D.");
        lock (_gate)
        {
            if (_ended)
                press.Done.TrySetCanceled();
            else
                _presses.Enqueue(press);
        }
        return press.Done.Task;
    }

    /// <summary>What is sent where nothing is said, over and over; null = silence.</summary>
    public void Background(short[]? samples)
    {
        lock (_gate)
            _background = samples is null ? null : new Loop(samples);
    }

    /// <summary>From now on in this codec, at the same sample rate as before.</summary>
    public void Change(PhoneCodec to)
    {
        lock (_gate)
        {
            if (to.SampleRate != _codec.SampleRate)
                throw new NotSupportedException($"A test caller that began at {_codec.SampleRate} Hz can't go on at {to.SampleRate} Hz.");
            (_codec, _encode) = (to, to.CreateEncoder());
        }
    }

    /// <summary>One beat of 20 ms.</summary>
    public void Beat()
    {
        lock (_gate)
        {
            if (_ended || Target is not { } target)
                return;
            if (!Muted)
                SendNext(target);
            _timestamp += FrameTicks;
        }
    }

    /// <summary>The call is over: what was being said or pressed ends here.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            while (_speeches.TryDequeue(out var speech))
                speech.End();
            while (_presses.TryDequeue(out var press))
                press.Done.TrySetCanceled();
        }
    }

    private void SendNext(IPEndPoint target)
    {
        if (_presses.TryPeek(out var press))
        {
            SendEvent(press, target);
            return;
        }
        if (!_speeches.TryPeek(out var speech))
        {
            SendSilence(target);
            return;
        }
        speech.Fill(_frame);
        _encode(_frame, _packet.AsSpan(HeaderBytes));
        if (speech.Advance(SendAudio(target), _frame.Length))
            _speeches.Dequeue();
    }

    private void SendSilence(IPEndPoint target)
    {
        // Encoded, where the codec carries state: what follows must fit to what the other side has decoded.
        if (_background is { } background)
            background.Fill(_frame);
        else
            _frame.AsSpan().Clear();
        _encode(_frame, _packet.AsSpan(HeaderBytes));
        SendAudio(target);
    }

    private Moment SendAudio(IPEndPoint target)
    {
        WriteHeader(_codec.Payload, _first, _timestamp);
        _first = false;
        return Send(_packet, target);
    }

    // RFC 4733: event, E bit and volume, duration so far in samples; all packets of a press bear the timestamp of its start,
    // the last one goes out three times. Three beats of silence follow, so that two equal keys stay two.
    private void SendEvent(KeyPress press, IPEndPoint target)
    {
        const int gap = 3;
        press.Beats++;
        if (press.Beats > press.Length)
        {
            SendSilence(target);
            if (press.Beats == press.Length + gap)
            {
                _presses.Dequeue();
                press.Done.TrySetResult(press.Ended);
            }
            return;
        }
        if (press.Beats == 1)
            press.Timestamp = _timestamp;
        var last = press.Beats == press.Length;
        for (var i = 0; i < (last ? 3 : 1); i++)
        {
            WriteHeader(EventPayload, press.Beats == 1, press.Timestamp);
            _packet[HeaderBytes] = press.Code;
            _packet[HeaderBytes + 1] = (byte)((last ? 0x80 : 0) | 10);
            BinaryPrimitives.WriteUInt16BigEndian(_packet.AsSpan(HeaderBytes + 2), (ushort)(press.Beats * FrameTicks));
            press.Ended = Send(_packet.AsSpan(0, HeaderBytes + 4), target);
        }
    }

    private void WriteHeader(int payload, bool marker, uint timestamp)
    {
        _packet[0] = 0x80;
        _packet[1] = (byte)((marker ? 0x80 : 0) | payload);
        BinaryPrimitives.WriteUInt16BigEndian(_packet.AsSpan(2), _sequence++);
        BinaryPrimitives.WriteUInt32BigEndian(_packet.AsSpan(4), timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(_packet.AsSpan(8), _source);
    }

    private Moment Send(ReadOnlySpan<byte> packet, IPEndPoint target)
    {
        var now = Moment.Now;
        line.Send(packet, target);
        Packets++;
        return now;
    }

    private sealed class Loop(short[] samples)
    {
        private int _at;

        public void Fill(Span<short> frame)
        {
            for (var i = 0; i < frame.Length; i++)
            {
                frame[i] = samples[_at];
                _at = (_at + 1) % samples.Length;
            }
        }
    }

    private sealed class Speech
    {
        private readonly short[] _samples;
        private readonly int _firstLoud;
        private readonly int _lastLoud;
        private int _sent;
        private Moment _first;
        private Moment _last;

        public Speech(short[] samples, int silentBelow)
        {
            _samples = samples;
            _firstLoud = Math.Max(0, Array.FindIndex(samples, s => Math.Abs((int)s) >= silentBelow));
            _lastLoud = Array.FindLastIndex(samples, s => Math.Abs((int)s) >= silentBelow);
            if (_lastLoud < 0)
                _lastLoud = Math.Max(0, samples.Length - 1);
            if (samples.Length == 0)
                throw new ArgumentException("There is nothing to say.", nameof(samples));
        }

        public TaskCompletionSource<Spoken> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Fill(Span<short> frame)
        {
            var n = Math.Min(frame.Length, _samples.Length - _sent);
            _samples.AsSpan(_sent, n).CopyTo(frame);
            frame[n..].Clear();
        }

        /// <returns>That was the last of it.</returns>
        public bool Advance(Moment at, int samples)
        {
            var end = Math.Min(_samples.Length, _sent + samples);
            if (_firstLoud >= _sent && _firstLoud < end)
                _first = at;
            if (_lastLoud >= _sent)
                _last = at;
            _sent = end;
            if (_sent < _samples.Length)
                return false;
            Done.TrySetResult(new(_first, _last, _sent, true));
            return true;
        }

        public void End() => Done.TrySetResult(new(_first, _last, _sent, false));
    }

    private sealed class KeyPress(byte code, int length)
    {
        public byte Code => code;

        /// <summary>Beats of 20 ms that the key is held.</summary>
        public int Length => length;

        public int Beats { get; set; }

        public uint Timestamp { get; set; }

        public Moment Ended { get; set; }

        public TaskCompletionSource<Moment> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

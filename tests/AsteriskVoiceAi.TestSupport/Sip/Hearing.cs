using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.TestSupport.Sip;

/// <summary>What the caller hears: a recording that is true to time (nothing sent = silence), and the packets it came in.</summary>
internal sealed class Hearing
{
    /// <summary>Time that arrival may stray from the stream's own before the recording follows arrival again.</summary>
    private static readonly TimeSpan MaxStray = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly List<HeardPacket> _packets = [];
    private readonly StringBuilder _digits = new();
    private readonly int _maxStray;
    private PhoneCodec _codec;
    private PhoneCodec.Decode _decode;
    private short[] _samples;
    private int _end;
    private int _lost;
    private int _outOfOrder;
    private int _sources;
    private TimeSpan _largestGap;
    private uint? _source;
    private uint _lastEvent;
    private ushort _sequence;
    private uint _nextTimestamp;

    public Hearing(PhoneCodec codec)
    {
        _codec = codec;
        _decode = codec.CreateDecoder();
        _maxStray = Samples(MaxStray);
        _samples = new short[codec.SampleRate * 20];
    }

    public int SampleRate => _codec.SampleRate;

    /// <summary>Keys that the other side pressed (RFC 4733).</summary>
    public string Digits
    {
        get
        {
            lock (_gate)
                return _digits.ToString();
        }
    }

    public HeardStatistics Statistics
    {
        get
        {
            lock (_gate)
                return new(_packets.Count, _largestGap, _lost, _outOfOrder, _sources, _packets.Count > 0 ? _packets[0].At : null, _packets.Count > 0 ? _packets[^1].At : null);
        }
    }

    public IReadOnlyList<HeardPacket> Packets
    {
        get
        {
            lock (_gate)
                return [.. _packets];
        }
    }

    public Recording All
    {
        get
        {
            lock (_gate)
                return _packets.Count == 0 ? new([], Moment.Now, SampleRate) : new(_samples[.._end], _packets[0].At, SampleRate);
        }
    }

    /// <summary>From now on only this codec is heard, at the same sample rate as before.</summary>
    public void Change(PhoneCodec codec)
    {
        lock (_gate)
        {
            if (codec.SampleRate != _codec.SampleRate)
                throw new NotSupportedException($"A test caller that began at {_codec.SampleRate} Hz can't go on at {codec.SampleRate} Hz.");
            _codec = codec;
            _decode = codec.CreateDecoder();
        }
    }

    public short[] Between(Moment from, Moment to)
    {
        lock (_gate)
        {
            var result = new short[Math.Max(0, Samples(to - from))];
            if (_packets.Count == 0)
                return result;
            var offset = Samples(from - _packets[0].At);
            for (var i = Math.Max(0, -offset); i < result.Length && i + offset < _end; i++)
                result[i] = _samples[i + offset];
            return result;
        }
    }

    /// <summary>When a sample of the recording was heard: when its packet came, plus its place in it.</summary>
    public Moment HeardAt(int sample)
    {
        lock (_gate)
        {
            // A sample that no packet brought was heard as silence, after the last packet before it.
            var packet = _packets.FindLast(packet => packet.Position <= sample);
            return packet.At + TimeSpan.FromSeconds((double)(sample - packet.Position) / SampleRate);
        }
    }

    /// <summary>First packet from number <paramref name="index"/> on that came after an instant and is at least that loud; moves the index on.</summary>
    /// <returns>When its first sample of half that level was heard.</returns>
    public Moment? FindAudio(ref int index, Moment after, double level)
    {
        lock (_gate)
        {
            for (; index < _packets.Count; index++)
            {
                var packet = _packets[index];
                if (packet.At < after || packet.Level < level)
                    continue;
                var samples = _samples.AsSpan(packet.Position, packet.Length);
                var first = 0;
                while (first < samples.Length && Math.Abs((int)samples[first]) < level / 2)
                    first++;
                return packet.At + TimeSpan.FromSeconds((double)first / SampleRate);
            }
            return null;
        }
    }

    /// <summary>When the last packet that is at least that loud came.</summary>
    public Moment? LastAudio(double level)
    {
        lock (_gate)
        {
            for (var i = _packets.Count - 1; i >= 0; i--)
            {
                if (_packets[i].Level >= level)
                    return _packets[i].At;
            }
            return null;
        }
    }

    /// <summary>How much sound came between two instants, in packets at least that loud.</summary>
    public TimeSpan Sound(Moment from, Moment to, double level)
    {
        lock (_gate)
            return TimeSpan.FromSeconds((double)_packets.Where(packet => packet.At >= from && packet.At <= to && packet.Level >= level).Sum(packet => packet.Length) / SampleRate);
    }

    // RFC 3550 header: V=2 P X CC | M PT | sequence | timestamp | source; then CC sources, then the extension if X.
    public void Receive(ReadOnlySpan<byte> packet, Moment at)
    {
        if (packet.Length < 12 || packet[0] >> 6 != 2)
            return;
        var offset = 12 + (4 * (packet[0] & 0x0F));
        if ((packet[0] & 0x10) != 0 && packet.Length >= offset + 4)
            offset += 4 + (4 * BinaryPrimitives.ReadUInt16BigEndian(packet[(offset + 2)..]));
        if (offset >= packet.Length)
            return;
        var payload = packet[offset..];
        lock (_gate)
        {
            CountLosses(packet);
            var timestamp = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
            var type = packet[1] & 0x7F;
            if (type == RtpSender.EventPayload && payload.Length >= 4)
                Digit(payload, timestamp);
            else if (type == _codec.Payload)
                Append(payload, timestamp, at);
        }
    }

    private int Samples(TimeSpan span) => (int)Math.Round(span.TotalSeconds * SampleRate);

    private void CountLosses(ReadOnlySpan<byte> packet)
    {
        var sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        var source = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        if (_source == source)
        {
            var step = (short)(sequence - _sequence);
            if (step <= 0)
            {
                _outOfOrder++;                   // late or double
                return;
            }
            _lost += step - 1;
        }
        else
        {
            _sources++;
            _nextTimestamp = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        }
        _source = source;
        _sequence = sequence;
    }

    private void Digit(ReadOnlySpan<byte> payload, uint timestamp)
    {
        if ((payload[1] & 0x80) == 0 || timestamp == _lastEvent || payload[0] > 15)
            return;
        _lastEvent = timestamp;
        _digits.Append("0123456789*#ABCD"[payload[0]]);
    }

    private void Append(ReadOnlySpan<byte> payload, uint timestamp, Moment at)
    {
        payload = payload[..Math.Min(payload.Length, 1600)];
        Span<short> samples = stackalloc short[payload.Length * _codec.SamplesPerTick];
        _decode(payload, samples);

        if (_packets.Count > 0 && at - _packets[^1].At is var gap && gap > _largestGap)
            _largestGap = gap;
        var arrived = _packets.Count == 0 ? 0 : Samples(at - _packets[0].At);
        var expected = _end + ((long)(int)(timestamp - _nextTimestamp) * _codec.SamplesPerTick);
        var position = _packets.Count == 0 || expected < 0 || Math.Abs(expected - arrived) > _maxStray ? arrived : (int)expected;

        if (position + samples.Length > _samples.Length)
            Array.Resize(ref _samples, Math.Max(_samples.Length * 2, position + samples.Length));
        samples.CopyTo(_samples.AsSpan(position));
        _end = Math.Max(_end, position + samples.Length);
        _nextTimestamp = (uint)(timestamp + ((_end - position) / _codec.SamplesPerTick));
        _packets.Add(new(at, Level(samples), position, samples.Length));
    }

    private static double Level(ReadOnlySpan<short> samples)
    {
        double sum = 0;
        foreach (var sample in samples)
            sum += (double)sample * sample;
        return samples.Length == 0 ? 0 : Math.Sqrt(sum / samples.Length);
    }

    public override string ToString()
    {
        var s = Statistics;
        return s.Packets == 0
            ? "heard nothing"
            : string.Create(CultureInfo.InvariantCulture, $"heard {s.Packets} packets from {s.FirstPacket} to {s.LastPacket}, {s.Lost} lost, largest gap {s.LargestGap.TotalMilliseconds:0} ms, last sound at {LastAudio(300)?.ToString() ?? "never"}");
    }
}

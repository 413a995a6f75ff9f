using System.Buffers;

namespace AsteriskVoiceAi.Audio;

/// <summary>
/// Puts the packets of one RTP stream back into order and decides how long a missing one is waited for. Has no clock: it is told the
/// time with each packet and each question. Times are units of the RTP clock (8,000 a second for telephone audio), of any origin.
/// </summary>
/// <remarks>
/// A listener that counts time in samples needs no evenly spaced audio, so a packet that is next in order is handed on at once: on a
/// clean path nothing is delayed. The adaptive delay is the time that a gap may stay open; it follows the worst lateness
/// of the last seconds. What is still missing then is to be made up, and comes too late if it comes. One sample handed on is one sample of
/// the sender's time: whatever is lost, the listener's time runs with the caller's.
/// Not thread-safe. Allocates nothing in a steady state: packets live in pooled arrays while they wait.
/// </remarks>
public sealed class JitterBuffer
{
    /// <summary>Packets that may wait, and how far back a duplicate is recognised: 64 × 20 ms = 1.28 s.</summary>
    private const int Slots = 64;

    /// <summary>A stream that goes on after more late packets in a row has moved its clock; it is taken up anew.</summary>
    private const int LateLimit = 10;

    /// <summary>The lateness of a packet is forgotten by 1/256 with each later one: half of it in about 180 packets, 3.5 s.</summary>
    private const int ForgetShift = 8;

    private readonly Slot[] _slots = new Slot[Slots];
    private readonly int _frame;
    private readonly int _second;
    private readonly int _least;
    private readonly int _most;
    private byte[]? _lent;
    private ulong _seen; // bit n: packet _highest - n came
    private long _highest;
    private long _expected;
    private long _next;
    private long _lateness; // in 1/256 units
    private long _pending;
    private long _restartAt = -1;
    private int _lateInARow;
    private bool _started;
    private InterarrivalJitter _jitter;
    private FastestTransit _fastest;

    /// <param name="clockRate">Units a second.</param>
    /// <param name="least">Shortest wait for a missing packet; also added to what was seen, as a margin.</param>
    /// <param name="most">Longest wait.</param>
    public JitterBuffer(int clockRate, TimeSpan least, TimeSpan most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clockRate, 1000);
        (_frame, _second) = (clockRate / 50, clockRate);
        _least = (int)(least.TotalSeconds * clockRate);
        _most = Math.Max(_least, (int)(most.TotalSeconds * clockRate));
    }

    /// <summary>Packets that were missing when their turn came and have not come since.</summary>
    public long Lost { get; private set; }

    /// <summary>Packets whose time had been made up when they came.</summary>
    public long Late { get; private set; }

    public long Duplicate { get; private set; }

    /// <summary>Packets that came after a later one, in time to be heard.</summary>
    public long Reordered { get; private set; }

    /// <summary>Stretches of up to 20 ms made up for lost and late packets; pauses of the sender do not count.</summary>
    public long Concealed { get; private set; }

    /// <summary>Times the stream was taken up anew because its numbers or its clock jumped.</summary>
    public long Restarts { get; private set; }

    /// <summary>RFC 3550's interarrival jitter, in units.</summary>
    public uint Jitter => _jitter.Units;

    /// <summary>How long a missing packet is waited for at present, in units.</summary>
    public int Wait => (int)Math.Min(_most, _least + (_lateness >> ForgetShift));

    /// <summary>Highest sequence number so far with its wraps, or -1: what a receiver report calls the extended highest.</summary>
    public long Highest => _started ? _highest : -1;

    /// <summary>A packet has come.</summary>
    /// <param name="payload">Copied. Empty = it carries no audio (a key, comfort noise) and only takes its place in the order.</param>
    /// <param name="length">How much sound the payload is, in units; 0 if it is empty.</param>
    /// <param name="now">Time of arrival.</param>
    public void Put(ushort sequence, uint timestamp, ReadOnlySpan<byte> payload, int length, long now)
    {
        if (!_started)
            Start(sequence, timestamp, now);
        var number = _highest + (short)(sequence - (ushort)_highest);
        var time = _next + (int)(timestamp - (uint)_next);
        if (number - _expected >= Slots || _highest - number >= Slots || (!payload.IsEmpty && HasJumped(now - time)))
        {
            // Two in a row, as in RFC 3550, appendix A.1: a single stray packet must not upset a running stream.
            if (number != _restartAt)
            {
                _restartAt = number + 1;
                Late++;
                return;
            }
            number = Restart(number, time, now);
        }
        _restartAt = -1;
        if (!Register(number))
            return;
        if (!payload.IsEmpty)
            Measure(now - time);
        Store(number, time, payload, length);
    }

    /// <summary>What is due. Ask again until there is nothing more, after each packet and at least every 20 ms.</summary>
    public bool TryTake(long now, out JitterPiece piece)
    {
        GiveBack();
        while (_started)
        {
            ref var head = ref FindHead();
            var held = head.Length >= 0 && head.Number >= _expected;
            if (held && (head.Number == _expected || head.Time <= _next))
            {
                if (Play(ref head, out piece))
                    return true;
                continue;
            }
            if (now - _fastest.Value - Wait < _next)
                break;
            var length = held ? (int)Math.Min(_frame, head.Time - _next) : _frame;
            if (held)
                Concealed++;
            else
                _pending++;
            _next += length;
            piece = new([], 0, length);
            return true;
        }
        piece = default;
        return false;
    }

    /// <summary>The sender changed: what waits is dropped, the next packet starts a new stream. Counters stay.</summary>
    public void Reset()
    {
        GiveBack();
        Drop();
        _started = false;
        _jitter.StartOver();
    }

    private void Start(ushort sequence, uint timestamp, long now)
    {
        _started = true;
        for (var i = 0; i < Slots; i++)
            _slots[i].Length = -1;
        // Room below, so that wraps backwards stay positive.
        Begin(sequence + 0x10000L, timestamp + 0x1_0000_0000L, now);
    }

    /// <returns>The number under which the stream goes on.</returns>
    private long Restart(long number, long time, long now)
    {
        Restarts++;
        if (number > _expected && number - _expected < 3000)
            Lost += number - _expected;
        Concealed += _pending;
        Drop();
        // A stream may jump back again and again, but a number must not become negative.
        number = number < 0x10000 ? number + 0x10000 : number;
        Begin(number, time, now);
        return number;
    }

    private void Begin(long number, long time, long now)
    {
        (_highest, _expected, _next) = (number - 1, number, time);
        (_seen, _pending, _lateInARow) = (0, 0, 0);
        _fastest.Start(now, now - time);
        _jitter.StartOver();
    }

    private bool HasJumped(long transit) => Math.Abs(transit - _fastest.Value) > _second || _lateInARow >= LateLimit;

    /// <returns>False = it is not to be used: known already, or from too long ago.</returns>
    private bool Register(long number)
    {
        if (number > _highest)
        {
            var step = number - _highest;
            _seen = (step >= 64 ? 0 : _seen << (int)step) | 1;
            _highest = number;
            return true;
        }
        var bit = 1UL << (int)(_highest - number);
        if ((_seen & bit) != 0)
        {
            Duplicate++;
            return false;
        }
        _seen |= bit;
        if (number < _expected)
        {
            // It was counted as lost when its time was made up.
            Late++;
            Lost = Math.Max(0, Lost - 1);
            return false;
        }
        Reordered++;
        return true;
    }

    private void Measure(long transit)
    {
        _jitter.Add(transit);
        _fastest.Add(transit);
        var lateness = Math.Max(0, transit - _fastest.Value) << ForgetShift;
        _lateness = Math.Min(Math.Max(lateness, _lateness - (_lateness >> ForgetShift)), (long)_most << ForgetShift);
    }

    private void Store(long number, long time, ReadOnlySpan<byte> payload, int length)
    {
        ref var slot = ref _slots[number % Slots];
        Free(ref slot);
        slot = new Slot { Number = number, Time = time, Length = payload.IsEmpty ? 0 : length, Bytes = payload.Length };
        if (payload.IsEmpty)
            return;
        slot.Payload = ArrayPool<byte>.Shared.Rent(payload.Length);
        payload.CopyTo(slot.Payload);
    }

    /// <summary>The waiting packet with the lowest number; one without a number if none waits.</summary>
    private ref Slot FindHead()
    {
        for (var number = _expected; number <= _highest; number++)
        {
            ref var slot = ref _slots[number % Slots];
            if (slot.Length >= 0 && slot.Number == number)
                return ref slot;
        }
        return ref _slots[(_highest + 1) % Slots];
    }

    /// <returns>False = it was nothing to be heard.</returns>
    private bool Play(ref Slot head, out JitterPiece piece)
    {
        piece = default;
        var lost = head.Number - _expected;
        if (head.Length > 0 && head.Time > _next)
        {
            // In order, but with time left out: the sender paused. That much of silence is due first.
            _pending = 0;
            var pause = (int)Math.Min(_frame, head.Time - _next);
            _next += pause;
            piece = new([], 0, pause);
            return true;
        }
        Lost += lost;
        _expected = head.Number + 1;
        if (head.Length == 0)
        {
            Free(ref head);
            return false;
        }
        var skip = (int)Math.Min(head.Length, _next - head.Time);
        if (lost > 0 || skip > 0)
            Concealed += _pending;
        _pending = 0;
        if (skip == head.Length)
        {
            Late++;
            _lateInARow++;
            Free(ref head);
            return false;
        }
        _lateInARow = 0;
        _next = head.Time + head.Length;
        _lent = head.Payload;
        piece = new(_lent.AsSpan(0, head.Bytes), skip, head.Length);
        head = new Slot { Length = -1 };
        return true;
    }

    private void Drop()
    {
        for (var i = 0; i < Slots; i++)
            Free(ref _slots[i]);
    }

    private void GiveBack()
    {
        if (_lent is not null)
            ArrayPool<byte>.Shared.Return(_lent);
        _lent = null;
    }

    private static void Free(ref Slot slot)
    {
        if (slot.Payload is not null)
            ArrayPool<byte>.Shared.Return(slot.Payload);
        slot = new Slot { Length = -1 };
    }

    private struct Slot
    {
        public long Number;
        public long Time;
        public int Length; // -1 = nobody waits here
        public int Bytes;
        public byte[]? Payload;
    }

    /// <summary>Shortest way of the last 10 to 20 s: the zero that lateness is counted from. Forgetting lets it follow clocks that drift apart.</summary>
    private struct FastestTransit
    {
        /// <summary>10 s of 20 ms.</summary>
        private const int Window = 500;

        private long _before;
        private long _lately;
        private int _count;

        public readonly long Value => Math.Min(_before, _lately);

        public void Start(long now, long transit) => (_before, _lately, _count) = (transit, transit, 0);

        public void Add(long transit)
        {
            _lately = Math.Min(_lately, transit);
            if (++_count < Window)
                return;
            (_before, _lately, _count) = (_lately, transit, 0);
        }
    }
}

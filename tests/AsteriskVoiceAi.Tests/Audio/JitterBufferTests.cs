using AsteriskVoiceAi.Audio;
using FsCheck;
using FsCheck.Fluent;

namespace AsteriskVoiceAi.Tests.Audio;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class JitterBufferTests
{
    private const int Frame = 160;
    private const int Ms = 8; // units

    private readonly JitterBuffer _buffer = new(8000, TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(200));
    private readonly List<int> _heard = []; // packet numbers; -1 = 20 ms or less made up
    private long _length;

    [Test]
    public void Packet_in_order_is_heard_the_moment_it_comes()
    {
        for (var i = 0; i < 50; i++)
        {
            Arrive(i, i * 20);
            Assert.That(_heard, Has.Count.EqualTo(i + 1));
        }
        Assert.That(_heard, Is.EqualTo(Enumerable.Range(0, 50)));
        Assert.That((_buffer.Lost, _buffer.Late, _buffer.Concealed, _buffer.Jitter), Is.EqualTo((0L, 0L, 0L, 0u)));
    }

    [Test]
    public void Overtaken_packet_is_waited_for()
    {
        Arrive(0, 0);
        Arrive(2, 40);
        Assert.That(_heard, Is.EqualTo(new[] { 0 }));
        Arrive(1, 45);
        Assert.That(_heard, Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That((_buffer.Reordered, _buffer.Lost), Is.EqualTo((1L, 0L)));
    }

    [Test]
    public void Missing_packet_is_made_up_when_the_wait_is_over()
    {
        Arrive(0, 0);
        Arrive(2, 40);
        Ask(59);
        Assert.That(_heard, Is.EqualTo(new[] { 0 }));
        // Packet 1 was due at 20 ms, and 40 ms are waited.
        Ask(60);
        Assert.That(_heard, Is.EqualTo(new[] { 0, -1, 2 }));
        Assert.That((_buffer.Lost, _buffer.Concealed), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public void Packet_that_comes_after_it_was_made_up_is_late_and_not_lost()
    {
        Arrive(0, 0);
        Arrive(2, 40);
        Ask(60);
        Arrive(1, 70);
        Assert.That(_heard, Is.EqualTo(new[] { 0, -1, 2 }));
        Assert.That((_buffer.Lost, _buffer.Late, _buffer.Concealed), Is.EqualTo((0L, 1L, 1L)));
    }

    [Test]
    public void Duplicate_is_dropped_before_and_after_it_was_heard()
    {
        Arrive(0, 0);
        Arrive(2, 40);
        Arrive(2, 41);
        Arrive(1, 42);
        Arrive(1, 43);
        Assert.That(_heard, Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That(_buffer.Duplicate, Is.EqualTo(2));
    }

    [Test]
    public void Wait_follows_the_lateness_up_at_once_and_down_slowly_within_its_limits()
    {
        var sent = 0;
        Arrive(sent++, 0);
        Assert.That(_buffer.Wait, Is.EqualTo(40 * Ms));
        Arrive(sent, (sent++ * 20) + 90);
        Assert.That(_buffer.Wait, Is.EqualTo(130 * Ms));
        Arrive(sent, (sent++ * 20) + 900);
        Assert.That(_buffer.Wait, Is.EqualTo(200 * Ms));
        for (var i = 0; i < 1500; i++)
            Arrive(sent, sent++ * 20);
        Assert.That(_buffer.Wait, Is.LessThan(45 * Ms));
    }

    [Test]
    public void Sender_that_pauses_is_heard_as_silence_and_costs_no_loss()
    {
        Arrive(0, 0);
        for (var now = 20; now <= 500; now += 20)
            Ask(now);
        // The next packet in order, half a second later in both clocks.
        _buffer.Put(1, 4000, [1], Frame, 500 * Ms);
        Ask(500);
        Assert.That(_heard[0], Is.Zero);
        Assert.That(_heard[^1], Is.EqualTo(1));
        Assert.That(_length, Is.EqualTo(4000 + Frame), "time is the sender's");
        Assert.That((_buffer.Lost, _buffer.Concealed), Is.EqualTo((0L, 0L)));
    }

    [Test]
    public void Stream_whose_timestamps_stood_still_in_a_pause_is_taken_up_again()
    {
        Arrive(0, 0);
        for (var now = 20; now <= 500; now += 20)
            Ask(now);
        for (var i = 1; i < 40; i++)
        {
            _buffer.Put((ushort)i, (uint)(i * Frame), [(byte)i], Frame, (500 + (i * 20)) * Ms);
            Ask(500 + (i * 20));
        }
        Assert.That(_heard[^1], Is.EqualTo(39));
    }

    [TestCase(30_000, 0)]
    [TestCase(0, 1_000_000)]
    [TestCase(30_000, 1_000_000)]
    [TestCase(-30_000, -1_000_000)]
    public void Numbers_and_clock_may_jump(int sequence, int timestamp)
    {
        for (var i = 0; i < 100; i++)
            Arrive(i, i * 20);
        for (var i = 100; i < 110; i++)
        {
            _buffer.Put((ushort)(i + sequence), (uint)((i * Frame) + timestamp), [(byte)i], Frame, i * 20 * Ms);
            Ask(i * 20);
        }
        Assert.That(_heard[^8..], Is.EqualTo(Enumerable.Range(102, 8)), "one stray packet must not upset a stream, two in a row are one");
        Assert.That(_buffer.Restarts, Is.EqualTo(1));
    }

    [Test]
    public void Stray_packet_does_not_upset_a_running_stream()
    {
        for (var i = 0; i < 10; i++)
            Arrive(i, i * 20);
        _buffer.Put(40_000, 77, [77], Frame, 200 * Ms);
        for (var i = 10; i < 20; i++)
            Arrive(i, i * 20);
        Assert.That(_heard, Is.EqualTo(Enumerable.Range(0, 20)));
    }

    [Test]
    public void Packet_without_audio_takes_its_place_only()
    {
        Arrive(0, 0);
        _buffer.Put(1, Frame, [], 0, 20 * Ms);
        _buffer.Put(2, Frame, [2], Frame, 40 * Ms);
        Ask(40);
        Assert.That(_heard, Is.EqualTo(new[] { 0, 2 }));
        Assert.That(_buffer.Lost, Is.Zero);
    }

    [Test]
    public void Packet_half_of_whose_time_was_made_up_is_heard_from_its_middle()
    {
        _buffer.Put(0, 0, [0], Frame, 0);
        Ask(0);
        Ask(60); // 20 ms made up
        _buffer.Put(1, Frame, [1], 2 * Frame, 61 * Ms);
        Assert.That(_buffer.TryTake(61 * Ms, out var piece), Is.True);
        Assert.That((piece.Skip, piece.Length), Is.EqualTo((Frame, 2 * Frame)));
    }

    [Test]
    public void Clock_of_the_sender_that_runs_fast_or_slow_is_followed()
    {
        foreach (var drift in new[] { 0.9995, 1.0005 })
        {
            _buffer.Reset();
            for (var i = 0; i < 20_000; i++)
                Arrive(i, (int)(i * 20 * drift));
        }
        Assert.That((_buffer.Concealed, _buffer.Late, _buffer.Restarts), Is.EqualTo((0L, 0L, 0L)));
    }

    [Test]
    public void Interarrival_jitter_is_that_of_the_RFC()
    {
        var jitter = new InterarrivalJitter();
        var expected = 0.0;
        long? before = null;
        foreach (var transit in new long[] { 0, 160, 0, 160, 0, 80, 240, 80, 0, 0, 0, 160 })
        {
            if (before is { } b)
                expected += (Math.Abs(transit - b) - expected) / 16;
            before = transit;
            jitter.Add(transit);
        }
        Assert.That(jitter.Units, Is.EqualTo(expected).Within(1.5));
    }

    /// <summary>Any order, any loss, any delay: nothing is heard twice or out of order, and every packet ends in exactly one way.</summary>
    [Test]
    public void Whatever_the_network_does_order_time_and_counters_hold() =>
        Prop.ForAll(Gen.Choose(0, 99).Select(static n => n).ArrayOf(120).ToArbitrary(), static dice =>
        {
            var run = new JitterBufferTests();
            // Below 15: lost. 15 to 24: twice. The others up to 99 ms late.
            var arrivals = dice.SelectMany(static (d, i) => d < 15 ? [] : d < 25 ? new[] { (i, (i * 20) + d), (i, (i * 20) + (4 * d)) } : [(i, (i * 20) + d)]).OrderBy(static a => a.Item2).ToArray();
            var now = 0;
            foreach (var (packet, at) in arrivals)
            {
                for (; now < at; now += 5)
                    run.Ask(now);
                run.Arrive(packet, at);
            }
            for (; now < 4000; now += 20)
                run.Ask(now);
            var heard = run._heard.Where(static p => p >= 0).ToArray();
            var b = run._buffer;
            var first = arrivals.Length == 0 ? 0 : arrivals[0].Item1;
            var distinct = arrivals.Select(static a => a.Item1).Distinct().Count();
            return heard.SequenceEqual(heard.Order().Distinct())
                && heard.Length + b.Late >= distinct
                && b.Duplicate <= arrivals.Length - distinct
                && heard.Length + b.Late + b.Duplicate == arrivals.Length
                && b.Restarts == 0;
        }).QuickCheckThrowOnFailure();

    /// <summary>Numbers that no honest sender would choose.</summary>
    [Test]
    public void No_sequence_of_packets_breaks_it() =>
        Prop.ForAll(Gen.Choose(int.MinValue, int.MaxValue).ArrayOf(200).ToArbitrary(), static numbers =>
        {
            var buffer = new JitterBuffer(8000, TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
            var now = 0L;
            var taken = 0L;
            foreach (var n in numbers)
            {
                var length = (n & 15) == 0 ? 0 : (n & 0x7FF) % 1600;
                buffer.Put((ushort)(n >> 16), (uint)n * 31, length == 0 ? [] : new byte[1 + (n & 7)], length, now);
                for (var pieces = 0; buffer.TryTake(now, out var piece); pieces++)
                {
                    taken += piece.Length;
                    if (piece.Length <= 0 || piece.Skip < 0 || piece.Skip >= piece.Length || pieces > 5000)
                        return false;
                }
                now += n & 0xFF;
            }
            return buffer.Lost >= 0 && taken >= 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Test]
    public void Steady_stream_allocates_nothing()
    {
        var payload = new byte[160];
        Run(0, 500);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(500, 5000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Run(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                // Every tenth comes after the next one.
                var n = i % 10 == 3 ? i + 1 : i % 10 == 4 ? i - 1 : i;
                _buffer.Put((ushort)n, (uint)(n * Frame), payload, Frame, i * Frame);
                while (_buffer.TryTake(i * Frame, out _))
                {
                }
            }
        }
    }

    private void Arrive(int packet, int milliseconds)
    {
        _buffer.Put((ushort)packet, (uint)(packet * Frame), [(byte)packet], Frame, milliseconds * Ms);
        Ask(milliseconds);
    }

    private void Ask(int milliseconds)
    {
        while (_buffer.TryTake(milliseconds * (long)Ms, out var piece))
        {
            _heard.Add(piece.IsMissing ? -1 : piece.Payload[0]);
            _length += piece.Length - piece.Skip;
        }
    }
}

using AsteriskVoiceAi.Audio;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.Audio;

internal sealed class ReceiveBufferTests
{
    private readonly short[] _target = new short[160];

    [Test]
    public async Task Samples_come_out_in_order_whatever_the_packets_sizes()
    {
        var buffer = new ReceiveBuffer(8000);
        var sent = Enumerable.Range(1, 1000).Select(i => (short)i).ToArray();
        foreach (var packet in sent.Chunk(70))
            buffer.Write(packet);
        buffer.End();

        Assert.That(await ReadAllAsync(buffer), Is.EqualTo(sent));
    }

    [Test]
    public async Task Reader_that_waits_gets_what_is_written_next()
    {
        var buffer = new ReceiveBuffer(8000);
        var reading = buffer.ReadAsync(_target, CancellationToken.None);
        Assert.That(reading.IsCompleted, Is.False);

        buffer.Write([7, 8, 9]);

        Assert.That(await reading, Is.EqualTo(3));
        Assert.That(_target[..3], Is.EqualTo(new short[] { 7, 8, 9 }));
    }

    [Test]
    public async Task Slow_reader_loses_the_oldest_samples_and_they_are_counted()
    {
        var buffer = new ReceiveBuffer(8000, TimeSpan.FromMilliseconds(20));
        buffer.Write(new short[160]);
        buffer.Write([1, 2, 3]);

        Assert.That(buffer.Dropped, Is.EqualTo(3));
        Assert.That(await buffer.ReadAsync(_target, CancellationToken.None), Is.EqualTo(160));
        Assert.That(_target[157..], Is.EqualTo(new short[] { 1, 2, 3 }));
    }

    [Test]
    public async Task Caller_who_sends_nothing_is_silent_from_the_third_tick_on()
    {
        var buffer = new ReceiveBuffer(8000);
        var reading = buffer.ReadAsync(_target, CancellationToken.None);

        buffer.Tick();
        buffer.Tick();
        Assert.That(reading.IsCompleted, Is.False);
        buffer.Tick();

        Assert.That(await reading, Is.EqualTo(160));
        Assert.That(_target, Is.All.Zero);
        Assert.That(buffer.Filled, Is.EqualTo(160));
    }

    [Test]
    public async Task Silence_given_for_audio_that_was_only_late_is_taken_back_from_the_callers_next_silence()
    {
        var buffer = new ReceiveBuffer(8000);
        for (var i = 0; i < 10; i++)
            Write(buffer, 1000);
        for (var i = 0; i < 5; i++)
            buffer.Tick();
        // What came meanwhile lay unread; nothing of the speech is lost.
        Write(buffer, 1000, 1000, 1000, 1000, 1000, 1000);
        for (var i = 0; i < 10; i++)
            Write(buffer, 1);
        buffer.End();

        var got = await ReadAllAsync(buffer);
        Assert.Multiple(() =>
        {
            Assert.That(buffer.Filled, Is.EqualTo(4 * 160));
            Assert.That(got.Count(sample => sample == 1000), Is.EqualTo(16 * 160));
            Assert.That(got, Has.Count.EqualTo(26 * 160), "20 ms for each tick");
        });
    }

    [Test]
    public async Task Silence_given_for_audio_that_never_came_stays()
    {
        var buffer = new ReceiveBuffer(8000);
        for (var i = 0; i < 10; i++)
            Write(buffer, 1);
        for (var i = 0; i < 20; i++)
            buffer.Tick();
        for (var i = 0; i < 10; i++)
            Write(buffer, 1);
        buffer.End();

        // The first of 20 was not given: 60 ms had to pass.
        Assert.That(await ReadAllAsync(buffer), Has.Count.EqualTo(39 * 160));
    }

    [Test]
    public async Task Nothing_is_taken_back_for_the_time_before_a_phone_first_sent_anything()
    {
        var buffer = new ReceiveBuffer(8000);
        for (var i = 0; i < 40; i++)
            buffer.Tick();
        // RTP keeps time itself from the first packet on, and ticks no more.
        for (var i = 0; i < 10; i++)
            buffer.Write(new short[160]);
        buffer.End();

        Assert.That(await ReadAllAsync(buffer), Has.Count.EqualTo(48 * 160));
    }

    [Test]
    public void Reader_that_is_cancelled_throws_and_may_read_again()
    {
        var buffer = new ReceiveBuffer(8000);
        using var cancel = new CancellationTokenSource();
        var reading = buffer.ReadAsync(_target, cancel.Token).AsTask();

        cancel.Cancel();

        Assert.That(async () => await reading, Throws.InstanceOf<OperationCanceledException>());
        buffer.Write([5]);
        Assert.That(async () => await buffer.ReadAsync(_target, CancellationToken.None), Is.EqualTo(1));
    }

    [Test]
    public async Task Ended_buffer_gives_what_is_left_then_zero()
    {
        var buffer = new ReceiveBuffer(8000);
        buffer.Write([1]);
        buffer.End();
        buffer.Write([2]);

        Assert.That(await buffer.ReadAsync(_target, CancellationToken.None), Is.EqualTo(1));
        Assert.That(await buffer.ReadAsync(_target, CancellationToken.None), Is.Zero);
    }

    [Test]
    public async Task Reading_and_writing_allocate_nothing()
    {
        var buffer = new ReceiveBuffer(8000);
        var frame = new short[160];
        await ReadAndWrite(buffer, frame, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var completed = 0;
        for (var i = 0; i < 1000; i++)
        {
            buffer.Write(frame);
            completed += await buffer.ReadAsync(_target, CancellationToken.None);
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(completed, Is.EqualTo(160_000));
        Assert.That(allocated, Is.Zero);
    }

    /// <summary>Frames of one value that came since the last tick, and a tick.</summary>
    private static void Write(ReceiveBuffer buffer, params short[] values)
    {
        foreach (var value in values)
            buffer.Write(Enumerable.Repeat(value, 160).ToArray());
        buffer.Tick();
    }

    private async Task<List<short>> ReadAllAsync(ReceiveBuffer buffer)
    {
        var got = new List<short>();
        while (await buffer.ReadAsync(_target, CancellationToken.None) is var n and > 0)
            got.AddRange(_target[..n]);
        return got;
    }

    private async Task ReadAndWrite(ReceiveBuffer buffer, short[] frame, int times)
    {
        for (var i = 0; i < times; i++)
        {
            buffer.Write(frame);
            await buffer.ReadAsync(_target, CancellationToken.None);
        }
    }
}

internal sealed class FrameClockTests
{
    [Test]
    public void Ticks_are_the_elapsed_time_divided_by_20_ms_also_after_a_late_timer()
    {
        var time = new FakeTimeProvider();
        using var clock = new FrameClock(time);
        var ticks = 0;
        using (clock.Subscribe(() => ticks++))
        {
            // A timer that comes only every 100 ms makes up for what it missed: 10 × 100 / 20 = 50.
            for (var i = 0; i < 10; i++)
                time.Advance(TimeSpan.FromMilliseconds(100));
            Assert.That(ticks, Is.EqualTo(50));
            time.Advance(TimeSpan.FromMinutes(10));
            Assert.That(ticks, Is.LessThan(60), "after the machine slept the past is let go");
            ticks = 50;
        }
        time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.That(ticks, Is.EqualTo(50), "an ended subscription ticks no more");

        using (clock.Subscribe(() => ticks++))
            time.Advance(TimeSpan.FromMilliseconds(40));
        Assert.That(ticks, Is.EqualTo(52), "a clock that stood still makes up for nothing");
    }
}

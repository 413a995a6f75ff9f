using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Tests.FastAgi;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.Media;

/// <summary>What the call sees when the link below it is exchanged.</summary>
[TestFixture]
public sealed class CallAudioTests
{
    private readonly FakeTimeProvider _time = new();
    private FrameClock _clock = null!;

    [SetUp]
    public void Begin() => _clock = new FrameClock(_time);

    [TearDown]
    public void End() => _clock.Dispose();

    [Test]
    public async Task Listener_hears_silence_in_the_gap_and_then_the_next_link()
    {
        var first = new FakeLink();
        var audio = new CallAudio(first, _clock);
        var frame = new short[160];
        first.Received.Write(Tone(160, 1));
        Assert.That(await audio.ReceiveAsync(frame, default), Is.EqualTo(160));

        await first.DisposeAsync();
        var reading = audio.ReceiveAsync(frame, default).AsTask();
        _time.Advance(FrameClock.Period * ReceiveBuffer.GapTicks);
        Assert.That(await reading.Soon("silence"), Is.EqualTo(160));
        Assert.That(frame, Is.All.Zero);

        reading = audio.ReceiveAsync(frame, default).AsTask();
        var second = new FakeLink();
        second.Received.Write(Tone(160, 2));
        await audio.AttachAsync(second);
        Assert.That(await reading.Soon("the next link"), Is.EqualTo(160));
        Assert.That(frame, Is.All.EqualTo(2));
    }

    [Test]
    public async Task Playbacks_go_on_in_their_order_from_where_the_caller_heard_them()
    {
        var first = new FakeLink();
        var audio = new CallAudio(first, _clock);
        var one = audio.PlayAsync(Tone(1000, 1), default);
        var two = audio.PlayAsync(Tone(500, 2), default);
        first.Play(600);

        audio.Detach(first);
        await first.DisposeAsync();
        var three = audio.PlayAsync(Tone(100, 3), default);
        var second = new FakeLink();
        await audio.AttachAsync(second);
        second.Play(int.MaxValue);

        Assert.That(await Task.WhenAll(one, two, three).Soon("the ends"), Is.EqualTo(new[] { 1000, 500, 100 }));
        Assert.That(second.Heard, Is.EqualTo(Tone(400, 1).Concat(Tone(500, 2)).Concat(Tone(100, 3))));
    }

    [Test]
    public async Task Playback_that_is_stopped_in_the_gap_says_what_was_heard()
    {
        var first = new FakeLink();
        var audio = new CallAudio(first, _clock);
        using var stop = new CancellationTokenSource();
        var playing = audio.PlayAsync(Tone(1000, 1), stop.Token);
        first.Play(320);
        await first.DisposeAsync();

        await stop.CancelAsync();

        Assert.That(await playing.Soon("the end"), Is.EqualTo(320));
    }

    [Test]
    public async Task Closing_ends_everything()
    {
        var first = new FakeLink();
        var audio = new CallAudio(first, _clock);
        var playing = audio.PlayAsync(Tone(1000, 1), default);
        first.Play(160);
        await first.DisposeAsync();
        var reading = audio.ReceiveAsync(new short[160], default).AsTask();

        audio.Close();

        Assert.That(await playing.Soon("the playback"), Is.EqualTo(160));
        Assert.That(await reading.Soon("the reading"), Is.Zero);
        Assert.That(await audio.PlayAsync(Tone(160, 1), default), Is.Zero);
        Assert.That(audio.Ended.IsCompleted);
    }

    [Test]
    public async Task Link_at_another_rate_is_fitted_to_the_calls()
    {
        var wide = new FakeLink(MediaFormat.Slin16);
        var link = ResampledLink.Fit(wide, 8000);
        var frame = new short[160];
        wide.Received.Write(Tone(3200, 1000));
        for (var i = 0; i < 8; i++)
            await link.ReceiveAsync(frame, default);
        Assert.That(frame, Is.All.InRange(990, 1010));

        var playing = link.PlayAsync(Tone(800, 500), default);
        wide.Play(800);
        await wide.DisposeAsync();

        Assert.That(await playing, Is.EqualTo(400), "half of the time at half of the rate");
    }

    private static short[] Tone(int samples, short level) => [.. Enumerable.Repeat(level, samples)];

    /// <summary>A link that plays when the test says so.</summary>
    private sealed class FakeLink(MediaFormat? format = null) : IMediaLink
    {
        private readonly List<(ReadOnlyMemory<short> Samples, TaskCompletionSource<int> Done, int[] Heard)> _queue = [];
        private readonly TaskCompletionSource _ended = new();

        public event Action<char>? KeyPressed
        {
            add { }
            remove { }
        }

        public MediaTransport Transport => MediaTransport.AudioSocket;

        public MediaFormat Format { get; } = format ?? MediaFormat.Slin;

        public int SampleRate => Format.SampleRate;

        public Task Ended => _ended.Task;

        public string? EndReason => _ended.Task.IsCompleted ? "disposed" : null;

        public MediaCounters Counters => default;

        public ReceiveBuffer Received { get; } = new((format ?? MediaFormat.Slin).SampleRate);

        public List<short> Heard { get; } = [];

        public ValueTask<int> ReceiveAsync(Memory<short> frame, CancellationToken cancellationToken) => Received.ReadAsync(frame, cancellationToken);

        public Task<int> PlayAsync(ReadOnlyMemory<short> samples, CancellationToken stop)
        {
            var entry = (samples, new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously), new int[1]);
            stop.Register(() => entry.Item2.TrySetResult(entry.Item3[0]));
            if (_ended.Task.IsCompleted)
                entry.Item2.TrySetResult(0);
            _queue.Add(entry);
            return entry.Item2.Task;
        }

        public void Play(int samples)
        {
            foreach (var (all, done, heard) in _queue)
            {
                var taken = Math.Min(samples, all.Length - heard[0]);
                Heard.AddRange(all.Slice(heard[0], taken).ToArray());
                heard[0] += taken;
                samples -= taken;
                if (heard[0] == all.Length)
                    done.TrySetResult(all.Length);
            }
        }

        public ValueTask DisposeAsync()
        {
            _ended.TrySetResult();
            Received.End();
            foreach (var (_, done, heard) in _queue)
                done.TrySetResult(heard[0]);
            return ValueTask.CompletedTask;
        }
    }
}

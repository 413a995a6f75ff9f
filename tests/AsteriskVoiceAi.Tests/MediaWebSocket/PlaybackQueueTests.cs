using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Asterisk.MediaWebSocket;
using AsteriskVoiceAi.Audio;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.MediaWebSocket;

[TestFixture]
public sealed class PlaybackQueueTests
{
    private readonly FakeTimeProvider _time = new();
    private PlaybackQueue _queue = null!;

    [SetUp]
    public void Begin() => _queue = new PlaybackQueue(MediaFormat.ULaw, _time);

    [Test]
    public void Audio_goes_out_in_blocks_with_a_mark_behind_each()
    {
        _queue.Add(Tone(2000));

        // 2000 samples = 1600 + 400, and 400 is 2.5 frames: padded to 480.
        Assert.That(SendAll(), Is.EqualTo(new[] { "audio 1600", "mark 1", "audio 480", "mark 2" }));
    }

    [Test]
    public async Task Playback_ends_when_its_last_mark_comes_back()
    {
        var playback = _queue.Add(Tone(2000))!;
        SendAll();
        _queue.MarkPlayed(1);
        Assert.That(playback.Done.IsCompleted, Is.False);

        _queue.MarkPlayed(2);

        Assert.That(await playback.Done, Is.EqualTo(2000));
    }

    [Test]
    public void Two_playbacks_in_a_row_share_a_frame_instead_of_leaving_a_gap()
    {
        _queue.Add(Tone(250));
        _queue.Add(Tone(230));

        // 480 samples are three frames exactly, so no silence is among them; the first playback ends in the second frame.
        var codes = new List<byte>();
        Assert.That(SendAll(codes), Is.EqualTo(new[] { "audio 320", "mark 1", "audio 160", "mark 2" }));
        Assert.That(codes, Has.None.EqualTo(G711.ULawSilence));
    }

    [Test]
    public void Rest_of_a_frame_waits_for_the_next_playback_while_there_is_time()
    {
        _queue.Add(Tone(1650));
        Assert.That(SendAll(), Is.EqualTo(new[] { "audio 1600", "mark 1" }));

        // 1600 samples last 200 ms; with 60 ms left the rest goes out, padded.
        _time.Advance(TimeSpan.FromMilliseconds(140));
        Assert.That(_queue.Tick(), Is.EqualTo(PlaybackQueue.TickResult.Send));
        Assert.That(SendAll(), Is.EqualTo(new[] { "audio 160", "mark 2" }));
    }

    [Test]
    public void No_more_than_five_seconds_are_sent_ahead()
    {
        _queue.Add(Tone(20 * 8000));
        Assert.That(SendAll().Count(message => message == "audio 1600"), Is.EqualTo(25), "5 s / 200 ms");

        _time.Advance(TimeSpan.FromMilliseconds(200));
        _queue.MarkPlayed(1);

        Assert.That(SendAll(), Is.EqualTo(new[] { "audio 1600", "mark 26" }));
    }

    [Test]
    public async Task Stop_flushes_and_counts_marks_and_the_time_since()
    {
        var playback = _queue.Add(Tone(16000))!;
        SendAll();
        _time.Advance(TimeSpan.FromMilliseconds(200));
        _queue.MarkPlayed(1);
        _time.Advance(TimeSpan.FromMilliseconds(50));

        _queue.Stop(playback);

        // 1600 by the mark, 50 ms x 8 since.
        Assert.That(await playback.Done, Is.EqualTo(2000));
        Assert.That(SendAll(), Is.EqualTo(new[] { "{\"command\":\"FLUSH_MEDIA\"}" }));
    }

    [Test]
    public async Task Late_marks_bound_what_was_heard()
    {
        var playback = _queue.Add(Tone(16000))!;
        SendAll();
        _time.Advance(TimeSpan.FromSeconds(1));

        _queue.Stop(playback);

        Assert.That(await playback.Done, Is.EqualTo(1600), "the first mark has not come, so no more than what is before it");
    }

    [Test]
    public async Task Stopping_one_sends_the_one_behind_it_again_from_its_start()
    {
        var first = _queue.Add(Tone(3200))!;
        var second = _queue.Add(Tone(1600, 2000))!;
        SendAll();
        _time.Advance(TimeSpan.FromMilliseconds(100));

        _queue.Stop(first);

        var codes = new List<byte>();
        Assert.That(await first.Done, Is.EqualTo(800));
        Assert.That(SendAll(codes), Is.EqualTo(new[] { "{\"command\":\"FLUSH_MEDIA\"}", "audio 1600", "mark 4" }));
        Assert.That(codes, Is.All.EqualTo(Code(2000)));
        _queue.MarkPlayed(4);
        Assert.That(await second.Done, Is.EqualTo(1600));
    }

    [Test]
    public async Task Stopping_the_one_behind_lets_the_first_play_on_from_where_it_is()
    {
        var first = _queue.Add(Tone(3200))!;
        var second = _queue.Add(Tone(1600))!;
        SendAll();
        _time.Advance(TimeSpan.FromMilliseconds(200));
        _queue.MarkPlayed(1);

        _queue.Stop(second);

        Assert.That(await second.Done, Is.Zero);
        Assert.That(SendAll(), Is.EqualTo(new[] { "{\"command\":\"FLUSH_MEDIA\"}", "audio 1600", "mark 4" }));
        _queue.MarkPlayed(4);
        Assert.That(await first.Done, Is.EqualTo(3200));
    }

    [Test]
    public async Task Stopping_what_was_never_sent_flushes_nothing()
    {
        _queue.Add(Tone(6 * 8000));
        var second = _queue.Add(Tone(1600))!;
        SendAll();

        _queue.Stop(second);

        Assert.That(await second.Done, Is.Zero);
        Assert.That(SendAll(), Is.Empty);
    }

    [Test]
    public async Task Mark_that_crosses_a_flush_confirms_nothing()
    {
        var first = _queue.Add(Tone(1600))!;
        var second = _queue.Add(Tone(1600))!;
        SendAll();
        _queue.Stop(first);
        SendAll();

        _queue.MarkPlayed(2);

        Assert.That(second.Done.IsCompleted, Is.False);
        _queue.MarkPlayed(3);
        Assert.That(await second.Done, Is.EqualTo(1600));
    }

    [Test]
    public async Task Ended_link_completes_everything_with_what_was_heard()
    {
        var first = _queue.Add(Tone(1600))!;
        var second = _queue.Add(Tone(1600))!;
        SendAll();
        _time.Advance(TimeSpan.FromMilliseconds(150));

        _queue.End();

        Assert.That(await first.Done, Is.EqualTo(1200));
        Assert.That(await second.Done, Is.Zero);
        Assert.That(_queue.Add(Tone(160)), Is.Null);
    }

    [Test]
    public void Idle_caller_gets_one_frame_of_silence_a_second_with_a_mark_that_proves_it_was_taken()
    {
        var sent = Enumerable.Range(0, 100).Where(_ => _queue.Tick() == PlaybackQueue.TickResult.Send).SelectMany(_ => SendAll()).ToArray();

        Assert.That(sent, Is.EqualTo(new[] { "audio 160", "mark 1", "audio 160", "mark 2" }));
        Assert.That(_queue.Consumed, Is.Zero);
        _queue.MarkPlayed(2);
        Assert.That((_queue.Sent, _queue.Consumed), Is.EqualTo((2, 2)));
    }

    [Test]
    public void Silence_that_nobody_takes_is_no_stall_of_a_playback()
    {
        while (_queue.Tick() != PlaybackQueue.TickResult.Send)
        {
        }
        SendAll();
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.That(_queue.Tick(), Is.EqualTo(PlaybackQueue.TickResult.Nothing));

        _queue.Add(Tone(1600));
        SendAll();

        Assert.That(_queue.Tick(), Is.EqualTo(PlaybackQueue.TickResult.Nothing), "its time begins with the audio");
    }

    [Test]
    public void Flushed_frames_do_not_count_as_taken()
    {
        var playback = _queue.Add(Tone(3200))!;
        SendAll();
        _queue.MarkPlayed(1);

        _queue.Stop(playback);
        SendAll();
        _queue.Add(Tone(160));
        SendAll();
        _queue.MarkPlayed(3);

        Assert.That((_queue.Sent, _queue.Consumed), Is.EqualTo((21, 11)), "10 of the first and 1 of the second; 10 were flushed");
    }

    [Test]
    public void Marks_that_never_come_back_are_a_stall()
    {
        _queue.Add(Tone(1600));
        SendAll();

        _time.Advance(TimeSpan.FromSeconds(5.1));
        Assert.That(_queue.Tick(), Is.EqualTo(PlaybackQueue.TickResult.Nothing), "200 ms of audio and 5 s of patience");
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.That(_queue.Tick(), Is.EqualTo(PlaybackQueue.TickResult.Stalled));
    }

    [Test]
    public void Full_queue_of_Asterisk_pauses_sending()
    {
        _queue.SetFull(true);
        _queue.Add(Tone(160));
        Assert.That(SendAll(), Is.Empty);

        _queue.SetFull(false);
        Assert.That(SendAll(), Is.EqualTo(new[] { "audio 160", "mark 1" }));
    }

    private static ReadOnlyMemory<short> Tone(int samples, short level = 1000) => Enumerable.Repeat(level, samples).ToArray();

    private static byte Code(short sample)
    {
        var code = new byte[1];
        G711.EncodeULaw([sample], code);
        return code[0];
    }

    private List<string> SendAll(List<byte>? codes = null)
    {
        var sent = new List<string>();
        var buffer = new byte[_queue.BlockBytes];
        for (var message = _queue.Next(buffer); message.Length > 0; message = _queue.Next(buffer))
        {
            if (message.Type == WebSocketMessageType.Binary)
            {
                codes?.AddRange(buffer[..message.Length]);
                sent.Add($"audio {message.Length}");
                continue;
            }
            Assert.That(message.Length, Is.LessThan(128), "Asterisk ignores longer ones");
            var text = Encoding.UTF8.GetString(buffer, 0, message.Length);
            var mark = (string?)JsonNode.Parse(text)!["correlation_id"];
            sent.Add(mark is null ? text : $"mark {mark}");
        }
        return sent;
    }
}

using System.Threading.Channels;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Asterisk.MediaWebSocket;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Tests.Ari;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.MediaWebSocket;

[TestFixture]
public sealed class MediaWebSocketLinkTests
{
    private FakeAri _asterisk = null!;
    private FrameClock _clock = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _asterisk = await FakeAri.StartAsync();
        _asterisk.Channels["m"] = new FakeChannel("m") { Connection = "secret", Format = "ulaw" };
        _clock = new FrameClock(TimeProvider.System);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _clock.Dispose();
        await _asterisk.DisposeAsync();
    }

    [Test]
    public async Task Barge_in_empties_Asterisks_queue_and_knows_what_was_heard()
    {
        _asterisk.PlayAtOnce = false;
        await using var link = await OpenAsync();
        using var stop = new CancellationTokenSource();
        var playing = link.PlayAsync(new short[8000], stop.Token);
        await _asterisk.UntilAsync(() => _asterisk.OnlyMedia.Queued == 50, "one second in the queue");
        await _asterisk.OnlyMedia.PlayAsync(10);

        await stop.CancelAsync();

        Assert.That(await playing, Is.InRange(0, 3200), "frames 1 to 10, and at the most up to the mark behind frame 20");
        await _asterisk.UntilAsync(() => _asterisk.OnlyMedia is { Flushes: 1, Queued: 0 }, "the flush");
    }

    [Test]
    public async Task Next_playback_is_heard_in_full_after_the_one_before_it_was_stopped()
    {
        _asterisk.PlayAtOnce = false;
        await using var link = await OpenAsync();
        using var stop = new CancellationTokenSource();
        var first = link.PlayAsync(Tone(8000, 1000), stop.Token);
        var second = link.PlayAsync(Tone(1600, 2000), CancellationToken.None);
        await _asterisk.UntilAsync(() => _asterisk.OnlyMedia.Queued == 60, "both in the queue");

        await stop.CancelAsync();
        Assert.That(await first, Is.LessThan(8000));
        await _asterisk.UntilAsync(() => _asterisk.OnlyMedia is { Flushes: 1, Queued: 10 }, "the second once more");
        await _asterisk.OnlyMedia.PlayAsync(int.MaxValue);

        // Its mark may come in a message of its own after the audio.
        _asterisk.OnlyMedia.PlayAtOnce = true;
        await _asterisk.OnlyMedia.PlayAsync(int.MaxValue);
        Assert.That(await second, Is.EqualTo(1600));
        Assert.That(_asterisk.OnlyMedia.Heard, Has.Length.EqualTo(1600).And.All.EqualTo(_asterisk.OnlyMedia.Heard[0]));
    }

    [Test]
    public async Task Two_playbacks_in_a_row_have_no_gap()
    {
        await using var link = await OpenAsync();

        var first = link.PlayAsync(Tone(4050, 1000), CancellationToken.None);
        var second = link.PlayAsync(Tone(3950, 1000), CancellationToken.None);

        Assert.That(await first, Is.EqualTo(4050));
        Assert.That(await second, Is.EqualTo(3950));
        Assert.That(_asterisk.OnlyMedia.Heard, Has.Length.EqualTo(8000).And.None.EqualTo(G711.ULawSilence));
        Assert.That(_asterisk.OnlyMedia.LongestText, Is.LessThan(128));
    }

    [Test]
    public async Task Dropped_socket_ends_reading_and_playing()
    {
        _asterisk.PlayAtOnce = false;
        await using var link = await OpenAsync();
        var playing = link.PlayAsync(new short[8000], CancellationToken.None);
        await _asterisk.UntilAsync(() => _asterisk.OnlyMedia.Queued == 50, "audio in the queue");

        _asterisk.DropSockets();

        Assert.That(await playing, Is.LessThanOrEqualTo(8000));
        await link.Ended;
        var frame = new short[160];
        while (await link.ReceiveAsync(frame, CancellationToken.None) > 0)
        {
        }
    }

    [Test]
    public async Task Full_queue_of_Asterisk_holds_the_audio_back_until_there_is_room()
    {
        await using var link = await OpenAsync();
        var keys = Channel.CreateUnbounded<char>();
        link.KeyPressed += key => keys.Writer.TryWrite(key);

        // What is told is read in order: with the key the XOFF before it was read too.
        await _asterisk.OnlyMedia.TellAsync(new() { ["event"] = "MEDIA_XOFF", ["channel_id"] = "m" });
        await _asterisk.OnlyMedia.TellAsync(new() { ["event"] = "DTMF_END", ["channel_id"] = "m", ["digit"] = "1" });
        await keys.Reader.ReadAsync();
        var playing = link.PlayAsync(Tone(1600, 1000), CancellationToken.None);
        await _asterisk.OnlyMedia.TellAsync(new() { ["event"] = "DTMF_END", ["channel_id"] = "m", ["digit"] = "2" });
        await keys.Reader.ReadAsync();
        Assert.That(link.Counters.Sent, Is.Zero);

        await _asterisk.OnlyMedia.TellAsync(new() { ["event"] = "MEDIA_XON", ["channel_id"] = "m" });

        Assert.That(await playing, Is.EqualTo(1600));
        Assert.That(link.Counters, Is.EqualTo(new MediaCounters(0, 10, 10)));
    }

    [Test]
    public async Task Stopped_beforehand_plays_nothing()
    {
        await using var link = await OpenAsync();

        Assert.That(await link.PlayAsync(new short[160], new CancellationToken(canceled: true)), Is.Zero);
        Assert.That(_asterisk.OnlyMedia.Heard, Is.Empty);
    }

    [Test]
    public void Another_format_than_asked_for_is_refused() =>
        Assert.That(async () => await OpenAsync(MediaFormat.ALaw), Throws.TypeOf<MediaSocketException>().With.Message.Contains("ulaw"));

    [Test]
    public void Unknown_connection_says_where() =>
        Assert.That(async () => await OpenAsync(connection: "other"), Throws.TypeOf<MediaSocketException>().With.Message.Contains("404").And.Message.Not.Contains("other"));

    [Test]
    public async Task Text_that_is_no_JSON_ends_the_link()
    {
        await using var link = await OpenAsync();

        await _asterisk.OnlyMedia.TellTextAsync("MEDIA_XON is not JSON");

        await link.Ended;
    }

    private static ReadOnlyMemory<short> Tone(int samples, short level) => Enumerable.Repeat(level, samples).ToArray();

    private Task<MediaWebSocketLink> OpenAsync(MediaFormat? codec = null, string connection = "secret") =>
        new MediaSocketConnector(_asterisk.Url, null, _clock, TimeProvider.System, NullLogger<MediaWebSocketLink>.Instance).OpenAsync(connection, codec ?? MediaFormat.ULaw, CancellationToken.None);
}

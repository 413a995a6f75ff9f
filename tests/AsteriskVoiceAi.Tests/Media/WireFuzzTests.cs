using System.Buffers;
using System.Text;
using System.Text.Json;
using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.AudioSocket;
using AsteriskVoiceAi.Asterisk.MediaWebSocket;
using AsteriskVoiceAi.Tests.FastAgi;

namespace AsteriskVoiceAi.Tests.Media;

/// <summary>
/// Bytes that a broken or hostile peer may send: messages with parts changed, cut, doubled or exchanged at random. A failure
/// names its seed, for <see cref="KeptSeeds"/>.
/// </summary>
[TestFixture]
public sealed class WireFuzzTests
{
    private const int Rounds = 5_000;

    /// <summary>A seed that fails is added here, so that what it found stays found.</summary>
    private static readonly int[] KeptSeeds = [1, 2, 3];

    private static readonly byte[][] MediaEvents = Texts(
        """{"event":"MEDIA_START","connection_id":"x","channel":"WebSocket/m/0x1","channel_id":"1.1","format":"ulaw","optimal_frame_size":160,"ptime":20,"channel_variables":{"A":"b"}}""",
        """{"event":"MEDIA_MARK_PROCESSED","channel_id":"1.1","correlation_id":"17"}""",
        """{"event":"DTMF_END","channel_id":"1.1","digit":"4"}""",
        """{"event":"STATUS","queue_length":125,"xon_level":800,"xoff_level":900,"queue_full":false,"bulk_media":false,"media_paused":false}""");

    private static readonly byte[][] AriEvents = Texts(
        """{"application":"voiceai","type":"StasisStart","args":["main","a=b"],"channel":{"id":"1.1","name":"PJSIP/a-1","state":"Up","caller":{"name":"","number":"1"},"dialplan":{"context":"d","exten":"1","priority":1},"language":"en","channelvars":{"A":"b"}}}""",
        """{"type":"ChannelDtmfReceived","digit":"5","duration_ms":100,"channel":{"id":"1.1","name":"PJSIP/a-1"}}""",
        """{"type":"ChannelDestroyed","cause":16,"cause_txt":"Normal Clearing","channel":{"id":"1.1","name":"PJSIP/a-1"}}""",
        """{"type":"ChannelVarset","variable":"X","value":"y"}""");

    private static readonly byte[][] AudioSocketMessages =
    [
        [0x01, 0, 16, .. new byte[16]], [0x10, 1, 64, .. new byte[320]], [0x12, 2, 128, .. new byte[640]], [0x03, 0, 1, (byte)'5'], [0x00, 0, 0], [0xff, 0, 1, 1],
    ];

    [Test]
    public void Text_of_a_media_socket_is_an_event_or_a_JsonException() =>
        Fuzz(MediaEvents, static bytes => Expect<JsonException>(() => _ = MediaMessages.Parse(bytes)));

    [Test]
    public void Event_of_ARI_is_an_event_or_a_JsonException() =>
        Fuzz(AriEvents, static bytes => Expect<JsonException>(() => _ = JsonSerializer.Deserialize(bytes, AriJson.Default.AriEvent)));

    [Test]
    public void Stream_of_AudioSocket_is_messages_or_an_AudioSocketException() =>
        Fuzz(AudioSocketMessages, static bytes => Expect<AudioSocketException>(() =>
        {
            var buffer = new ReadOnlySequence<byte>(bytes);
            while (AudioSocketMessage.TryTake(ref buffer, out var message))
                Assert.That(message.Payload.Length, Is.LessThanOrEqualTo(AudioSocketMessage.MaxPayload));
        }));

    [Test]
    public void Messages_of_AudioSocket_are_the_same_however_they_are_cut([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var sent = Enumerable.Range(0, 50).Select(_ => AudioSocketMessages[random.Next(AudioSocketMessages.Length)]).ToArray();
        var stream = sent.SelectMany(static m => m).ToArray();
        var (received, pending) = (new List<byte[]>(), Array.Empty<byte>());
        for (var at = 0; at < stream.Length;)
        {
            var piece = Math.Min(random.Next(1, 200), stream.Length - at);
            pending = [.. pending, .. stream.AsSpan(at, piece)];
            at += piece;
            var buffer = new ReadOnlySequence<byte>(pending);
            while (AudioSocketMessage.TryTake(ref buffer, out var message))
                received.Add([(byte)message.Kind, (byte)(message.Payload.Length >> 8), (byte)message.Payload.Length, .. message.Payload.ToArray()]);
            pending = buffer.ToArray();
        }

        Assert.That(received, Is.EqualTo(sent));
    }

    [Test]
    public async Task Port_that_gets_garbage_goes_on_serving()
    {
        var server = await VoiceServer.StartAsync(static (_, _, _) => throw new NotSupportedException());
        await using (server)
        {
            var random = new Random(4711);
            for (var i = 0; i < 100; i++)
            {
                using var stranger = await AudioSocket.FakeAudioSocket.ConnectAsync(server.AudioPort);
                await stranger.SendRawAsync(Mutate(AudioSocketMessages, random));
            }
            var uuid = Guid.NewGuid();
            var expected = server.Rendezvous.Expect(uuid, Asterisk.Media.MediaFormat.Slin);
            using var call = await AudioSocket.FakeAudioSocket.ConnectAsync(server.AudioPort);
            await call.SendUuidAsync(uuid);
            await using var link = await expected.Connected.Soon("the link of a proper call");
            _ = call.ReadToEndAsync();
        }
        Assert.That(server.Logs.ForOperator, Is.All.Contains("AudioSocket connection from"));
    }

    private static void Fuzz(byte[][] examples, Action<byte[]> parse)
    {
        foreach (var seed in KeptSeeds.Append(Random.Shared.Next()))
            Fuzz(seed, examples, parse);
    }

    private static void Fuzz(int seed, byte[][] examples, Action<byte[]> parse)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mutate(examples, random);
            try
            {
                parse(bytes);
            }
            catch (Exception e) when (e is not AssertionException)
            {
                Assert.Fail($"Seed {seed}, round {round}: {e.GetType().Name} {e.Message}\nof {Convert.ToHexString(bytes)} {Encoding.Latin1.GetString(bytes)}");
            }
        }
    }

    private static void Expect<TException>(Action parse)
        where TException : Exception
    {
        try
        {
            parse();
        }
        catch (TException)
        {
            // The promised refusal.
        }
    }

    private static byte[] Mutate(byte[][] examples, Random random)
    {
        List<byte> bytes = [.. examples[random.Next(examples.Length)]];
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(random.Next(1, 20), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    // A value of another kind in place of a text.
                    var words = new[] { "null", "-1", "1e999", "[]", "{}", "\"\"", "true", "99999999999999999999", "\"\\ud800\"", "\"type\":\"StasisEnd\"," };
                    bytes.InsertRange(at, Encoding.Latin1.GetBytes(words[random.Next(words.Length)]));
                    break;
                default:
                    var other = examples[random.Next(examples.Length)];
                    bytes.InsertRange(at, other.Take(random.Next(other.Length)));
                    break;
            }
        }
        return [.. bytes];
    }

    private static byte[][] Texts(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}

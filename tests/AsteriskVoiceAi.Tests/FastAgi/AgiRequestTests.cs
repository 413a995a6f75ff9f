using System.IO.Pipelines;
using System.Text;
using AsteriskVoiceAi.Asterisk.FastAgi;
using FsCheck;
using FsCheck.Fluent;

namespace AsteriskVoiceAi.Tests.FastAgi;

public class AgiRequestTests
{
    [Test]
    public async Task Opening_block_is_read()
    {
        var request = await ReadAsync(FakeAsteriskAgi.Opening("/path/to/script?x=1&y=two words", "arg one", "", "quoted, comma", "a: b"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(request!.Path, Is.EqualTo("path/to/script"));
            Assert.That(request.Query, Is.EqualTo(new KeyValuePair<string, string>[] { new("x", "1"), new("y", "two words") }));
            Assert.That(request.Arguments, Is.EqualTo(new[] { "arg one", "", "quoted, comma", "a: b" }));
            Assert.That(request["channel"], Is.EqualTo("PJSIP/caller-00000001"));
            Assert.That(request["accountcode"], Is.Empty);
            Assert.That(request["calleridname"], Is.Empty, "unknown");
        }
    }

    [Test]
    public async Task Url_without_a_path_has_an_empty_path() => Assert.That((await ReadAsync(FakeAsteriskAgi.Opening("")))!.Path, Is.Empty);

    [Test]
    public async Task Argument_wins_over_the_query_and_an_empty_one_counts_as_not_given()
    {
        var request = (await ReadAsync(FakeAsteriskAgi.Opening("say?text=query&language=de", "argument", "")))!;
        Assert.That(request.Option(0, "text"), Is.EqualTo("argument"));
        Assert.That(request.Option(1, "language"), Is.EqualTo("de"));
        Assert.That(request.Option(2, "digits"), Is.Null);
    }

    [Test]
    public async Task Line_feed_in_an_argument_makes_neither_a_header_nor_an_end()
    {
        var request = (await ReadAsync("agi_network: yes\nagi_network_script: say\nagi_arg_1: one\ntwo: three\nagi_network_script: evil\n\n"))!;
        Assert.That(request.Path, Is.EqualTo("say"));
        Assert.That(request.Arguments, Is.EqualTo(new[] { "one two: three" }));
    }

    [Test]
    public async Task Name_that_is_no_UTF8_is_read_as_Latin1()
    {
        byte[] block = [.. "agi_network: yes\nagi_calleridname: Andr"u8, 0xe9, .. "\n\n"u8];
        Assert.That((await ReadAsync(block, []))!["calleridname"], Is.EqualTo("André"));
    }

    [Test]
    public void Bytes_cut_anywhere_read_the_same()
    {
        var bytes = Encoding.UTF8.GetBytes(FakeAsteriskAgi.Opening("say", "héllo 😀", "", "x"));
        Prop.ForAll(Gen.Choose(1, 60).ListOf().ToArbitrary(), cuts =>
        {
            // FsCheck's properties are synchronous, and the pipe in memory is complete: nothing is waited for.
            var request = ReadAsync(bytes, [.. cuts]).GetAwaiter().GetResult()!;
            return request.Arguments.SequenceEqual(["héllo 😀", "", "x"]) && request["extension"] == "100";
        }).QuickCheckThrowOnFailure();
    }

    [Test]
    public void Any_bytes_are_a_request_or_refused() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), static tail =>
        {
            try
            {
                // FsCheck's properties are synchronous, and the pipe in memory is complete: nothing is waited for.
                return ReadAsync([.. "agi_network: yes\n"u8, .. tail], []).GetAwaiter().GetResult() is not null;
            }
            catch (AgiException)
            {
                return true;
            }
        }).QuickCheckThrowOnFailure();

    [Test]
    public async Task Peer_that_leaves_without_a_word_is_no_request() => Assert.That(await ReadAsync(""), Is.Null);

    [TestCase("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [TestCase("\u0016\u0003\u0001")]
    [TestCase("\n")]
    public void Other_protocols_are_refused_at_their_first_bytes(string bytes) =>
        Assert.That(() => ReadAsync(bytes), Throws.TypeOf<AgiException>().With.Property("Fault").EqualTo(AgiFault.Garbage));

    [Test]
    public void Too_many_lines_are_refused() =>
        Assert.That(() => ReadAsync("agi_network: yes\n" + string.Concat(Enumerable.Repeat("agi_x: y\n", 500)) + "\n"), Throws.TypeOf<AgiException>().With.Property("Fault").EqualTo(AgiFault.Garbage));

    [Test]
    public void Too_many_bytes_are_refused() =>
        Assert.That(() => ReadAsync("agi_network: yes\n" + string.Concat(Enumerable.Repeat($"agi_x: {new string('y', 9000)}\n", 20)) + "\n"), Throws.TypeOf<AgiException>().With.Property("Fault").EqualTo(AgiFault.Garbage));

    [TestCase("plain", "plain")]
    [TestCase("hello%20there", "hello there")]
    [TestCase("50% off", "50% off")]
    [TestCase("100%", "100%")]
    [TestCase("100%25", "100%")]
    [TestCase("%zz%4", "%zz%4")]
    [TestCase("a+b", "a+b")]
    [TestCase("Zo%C3%AB", "Zoë")]
    [TestCase("%FF is no text", "%FF is no text")]
    [TestCase("two%0Alines", "two lines")]
    public void Escapes_are_undone_where_they_are_escapes(string text, string decoded) => Assert.That(PercentDecoding.Decode(text), Is.EqualTo(decoded));

    [Test]
    public void Whatever_URIENCODE_writes_is_read_back() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), static text =>
        {
            var clean = string.Concat((text ?? "").EnumerateRunes().Select(static r => char.IsControl((char)r.Value) ? " " : r.ToString()));
            return PercentDecoding.Decode(Uri.EscapeDataString(clean)) == clean;
        }).QuickCheckThrowOnFailure();

    private static Task<AgiRequest?> ReadAsync(string block) => ReadAsync(Encoding.Latin1.GetBytes(block), []);

    private static async Task<AgiRequest?> ReadAsync(byte[] block, int[] cuts)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var reading = AgiRequest.ReadAsync(new AgiLineReader(pipe.Reader, 10_000), new FastAgiOptions());
        var at = 0;
        foreach (var cut in cuts)
        {
            var n = Math.Min(cut, block.Length - at);
            await pipe.Writer.WriteAsync(block.AsMemory(at, n));
            at += n;
        }
        await pipe.Writer.WriteAsync(block.AsMemory(at));
        await pipe.Writer.CompleteAsync();
        return await reading;
    }
}

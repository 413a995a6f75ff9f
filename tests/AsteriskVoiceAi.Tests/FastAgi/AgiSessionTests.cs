using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using AsteriskVoiceAi.Asterisk.AudioSocket;
using AsteriskVoiceAi.Asterisk.FastAgi;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.FastAgi;

public class AgiSessionTests
{
    private const string Stream = """
        200 result=1
        520-Invalid command syntax.  Proper usage follows:
        Usage: SET VARIABLE <variablename> <value>
        	Sets a variable.
        HANGUP
        520 End of proper usage.
        100 result=0 Trying...
        200 result=0 Gosub complete
        HANGUP
        200 result=-1 endpos=8000
        200 result=1 (Zoë
        511 is what she said)
        510 Invalid or unknown command
        511 Command Not Permitted on a dead channel or intercept routine

        """;

    [Test]
    public void Bytes_cut_anywhere_read_the_same()
    {
        var bytes = Encoding.UTF8.GetBytes(Stream.ReplaceLineEndings("\n"));
        Prop.ForAll(Gen.Choose(1, 40).ListOf().ToArbitrary(), cuts =>
        {
            // FsCheck's properties are synchronous, and the pipe in memory is complete: nothing is waited for.
            var replies = ReadAsync(bytes, [.. cuts]).AsTask().GetAwaiter().GetResult();
            // The line feed inside a value costs one reply that looks like one; the order is kept all the same.
            return replies.SequenceEqual(["200 1", "520 ", "200 0", "200 -1", "200 1", "511 ", "510 ", "511 "]);
        }).QuickCheckThrowOnFailure();
    }

    [Test]
    public async Task Hangup_before_any_reply_is_noticed_and_not_taken_for_it([Range(0, 3)] int place)
    {
        List<string> lines = ["200 result=1", "200 result=2", "200 result=3"];
        lines.Insert(place, "HANGUP");
        lines.Add("200 result=4");
        var session = Session(string.Join('\n', lines) + '\n', out _);
        for (var i = 1; i <= 4; i++)
            Assert.That((await session.ReadReplyAsync()).Result, Is.EqualTo($"{i}"));
        Assert.That(session.HungUp, Is.True);
    }

    [Test]
    public async Task Rest_of_a_value_with_line_feeds_is_skipped()
    {
        var session = Session("200 result=1 (one\ntwo\nthree)\n200 result=7\n", out _);
        Assert.That((await session.ReadReplyAsync()).Value, Is.EqualTo("one"));
        Assert.That((await session.ReadReplyAsync()).Result, Is.EqualTo("7"));
    }

    [Test]
    public void Lines_that_are_no_replies_end_the_session_at_a_limit()
    {
        var session = Session(string.Concat(Enumerable.Repeat("hello\n", 1000)), out _);
        Assert.That(async () => await session.ReadReplyAsync(), Throws.TypeOf<AgiException>().With.Property("Fault").EqualTo(AgiFault.Garbage));
    }

    [Test]
    public void Line_over_the_limit_ends_the_session()
    {
        var session = Session(new string('x', 20_000), out _);
        Assert.That(async () => await session.ReadReplyAsync(), Throws.TypeOf<AgiException>().With.Property("Fault").EqualTo(AgiFault.Garbage));
    }

    [Test]
    public void End_in_place_of_a_reply_is_a_lost_session()
    {
        var session = Session("200 resu", out _);
        Assert.That(async () => await session.ReadReplyAsync(), Throws.TypeOf<AgiException>().With.Property("Fault").EqualTo(AgiFault.Lost));
    }

    [Test]
    public async Task Command_ends_in_a_line_feed_alone()
    {
        var session = Session("", out var sent);
        await session.SendAsync(AgiCommand.SetVariable("X", "naïve"));
        var result = await sent.ReadAsync();
        Assert.That(Encoding.UTF8.GetString(result.Buffer), Is.EqualTo("SET VARIABLE X \"naïve\"\n"));
    }

    private static async ValueTask<List<string>> ReadAsync(byte[] bytes, int[] cuts)
    {
        var pipe = new Pipe();
        var session = Session(pipe.Reader, out _);
        var writing = Task.Run(async () =>
        {
            var at = 0;
            foreach (var cut in cuts)
            {
                var n = Math.Min(cut, bytes.Length - at);
                await pipe.Writer.WriteAsync(bytes.AsMemory(at, n));
                at += n;
            }
            await pipe.Writer.WriteAsync(bytes.AsMemory(at));
            await pipe.Writer.CompleteAsync();
        });
        var replies = new List<string>();
        try
        {
            while (true)
            {
                var reply = await session.ReadReplyAsync();
                replies.Add($"{reply.Code} {reply.Result}");
            }
        }
        catch (AgiException end) when (end.Fault == AgiFault.Lost)
        {
            await writing;
            return replies;
        }
    }

    private static AgiSession Session(string received, out PipeReader sent)
    {
        var pipe = new Pipe();
        pipe.Writer.Write(Encoding.UTF8.GetBytes(received));
        pipe.Writer.Complete();
        return Session(pipe.Reader, out sent);
    }

    private static AgiSession Session(PipeReader input, out PipeReader sent)
    {
        var output = new Pipe();
        sent = output.Reader;
        var deadlines = new ConnectionDeadlines(new FakeTimeProvider());
        return new AgiSession(new AgiLineReader(input, 10_000), output.Writer, deadlines.Watch(static () => { }), TimeSpan.FromSeconds(30));
    }
}

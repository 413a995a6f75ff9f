using System.Buffers.Text;
using System.Text;
using AsteriskVoiceAi.Calls.Responses;
using AsteriskVoiceAi.Calls.Resumption;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Tests.Flows;

namespace AsteriskVoiceAi.Tests.Calls;

/// <summary>What a channel variable says of a call is data of unknown make.</summary>
[TestFixture]
public sealed class CheckpointTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static CallCheckpoint Sound => new()
    {
        CallId = "c1",
        Began = Now.ToUnixTimeMilliseconds() - 60_000,
        Flow = "main",
        Variables = new Dictionary<string, string> { ["customer"] = "Ann, ${EVIL} \"\n" },
        Turns = 3,
        NoMatches = 1,
        Text = "größer",
        Last = ["Pardon one."],
    };

    [Test]
    public void Text_is_read_back_as_it_was_and_means_nothing_to_a_dialplan()
    {
        var text = CheckpointText.Write(Sound);

        Assert.That(text, Does.Match("^1\\.[A-Za-z0-9_-]+$"));
        var read = CheckpointText.Read(text, "c1", Now)!;
        Assert.That(CheckpointText.Write(read), Is.EqualTo(text));
        Assert.That((read.Began, read.Turns, read.NoMatches, read.Text, read.Digits), Is.EqualTo((Sound.Began, 3, 1, "größer", "")));
        Assert.That(read.Variables, Is.EqualTo(Sound.Variables));
        Assert.That(read.Last, Is.EqualTo(Sound.Last));
    }

    [Test]
    public void Text_has_a_limit_that_leaves_the_flow_and_the_call()
    {
        var text = CheckpointText.Write(Sound with { Last = [new string('x', 10_000)] });

        Assert.That(text, Has.Length.LessThan(CheckpointText.MaxLength));
        Assert.That(CheckpointText.Read(text, "c1", Now)!.Flow, Is.EqualTo("main"));
    }

    [Test]
    public void Note_of_an_earlier_call_on_the_same_channel_is_not_taken() =>
        Assert.That(CheckpointText.Read(CheckpointText.Write(Sound), "c2", Now), Is.Null);

    [TestCase("""{}""")]
    [TestCase("""null""")]
    [TestCase("""[]""")]
    [TestCase("""{"c":"c1","b":BEGAN}""")]
    [TestCase("""{"c":"c1","b":BEGAN,"f":null}""")]
    [TestCase("""{"c":"c1","b":BEGAN,"f":"main","l":[null]}""")]
    [TestCase("""{"c":"c1","b":BEGAN,"f":"main","v":{"a":null}}""")]
    [TestCase("""{"c":"c1","b":BEGAN,"f":"main","t":-1}""")]
    [TestCase("""{"c":"c1","b":BEGAN,"f":"main","t":1000}""")]
    [TestCase("""{"c":"c1","b":BEGAN,"f":"main","ic":7}""")]
    [TestCase("""{"c":"c1","b":BEGAN,"f":"main","ni":-5}""")]
    [TestCase("""{"c":"c1","b":BEGAN,"f":"main","more":1}""")]
    [TestCase("""{"c":"c1","b":0,"f":"main"}""")]
    [TestCase("""{"c":"c1","b":9223372036854775807,"f":"main"}""")]
    [TestCase("""{"c":"c1","b":-9223372036854775808,"f":"main"}""")]
    [TestCase("""{"c":"c1","b":BEGAN,"f":"ma\u0000in"}""")]
    [TestCase("""{"c":"c1","b":BEGAN,"f":"main","e":{"r":"done"}}""")]
    [TestCase("""{"c":"c1","b":BEGAN,"f":"main","e":{"r":"done","y":"","n":"x","z":[[[[[]]]]]}}""")]
    public void Unsound_note_is_not_taken(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json.Replace("BEGAN", Sound.Began.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));

        Assert.That(CheckpointText.Read("1." + Base64Url.EncodeToString(bytes), "c1", Now), Is.Null);
    }

    [Test]
    public void Random_bytes_never_throw()
    {
        var random = new Random(4711);
        var sound = CheckpointText.Write(Sound);
        for (var i = 0; i < 20_000; i++)
        {
            var text = sound.ToCharArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                text[random.Next(text.Length)] = (char)random.Next(32, 300);
            CheckpointText.Read(new string(text), "c1", Now);
        }
    }

    [Test]
    public void Note_sends_nobody_to_a_place_that_the_flow_does_not_name()
    {
        var flow = FlowTexts.Load(Flows.Desk).Flow;
        var end = new CheckpointEnd { Result = "done", Reason = "", Next = "transfer", Context = "billing", Extension = "602" };

        Assert.Multiple(() =>
        {
            Assert.That((Sound with { End = end }).In(flow)?.Last?.Next, Is.EqualTo(new ReplyNext.End(CallResult.Done, "", new NextStep.Transfer(new Destination("billing", "602")))));
            Assert.That((Sound with { End = end with { Extension = "00900123456" } }).In(flow), Is.Null);
            Assert.That((Sound with { End = end with { Result = "free-beer" } }).In(flow), Is.Null);
            Assert.That((Sound with { NoMatches = 3 }).In(flow), Is.Null);
            Assert.That((Sound with { Flow = "other" }).In(flow), Is.Null);
        });
    }
}

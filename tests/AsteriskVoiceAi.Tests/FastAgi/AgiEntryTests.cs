using System.IO.Pipelines;
using System.Text;
using AsteriskVoiceAi.Asterisk.FastAgi;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Tests.FastAgi;

public class AgiEntryTests
{
    [Test]
    public async Task Say_takes_text_language_digits_and_speed_in_this_order() =>
        await Expect(new CallRequest.Say("Hello there", "12#", 1.5), "de-DE", "say", "Hello there", "de_DE", "12#", "1.5");

    [Test]
    public async Task Say_takes_its_options_from_the_query() =>
        await Expect(new CallRequest.Say("hello there", "", 1), "es", "say?text=hello%20there&language=es");

    [Test]
    public async Task Listen_takes_language_timeout_and_key_in_this_order() =>
        await Expect(new CallRequest.Listen(TimeSpan.FromSeconds(4.5), "*", Beep: false), "fr", "listen", "fr", "4.5", "*");

    [TestCase("-1")]
    [TestCase("0")]
    public async Task Listen_waits_for_ever_when_told_so(string timeout) =>
        await Expect(new CallRequest.Listen(Timeout.InfiniteTimeSpan, "#", Beep: false), "en", "listen", "", timeout);

    [Test]
    public async Task Listen_without_options_leaves_the_time_to_the_configuration_and_takes_the_channels_language() =>
        await Expect(new CallRequest.Listen(null, "#", Beep: false), "en", "listen");

    [Test]
    public async Task Ask_takes_a_prompt_and_a_language() => await Expect(new CallRequest.Ask("Which city?"), "en-GB", "ask", "Which city?", "en-GB");

    [Test]
    public async Task Ask_and_listen_take_what_is_expected_from_the_query()
    {
        await Expect(new CallRequest.Ask("Your number?") { Expectation = new Expectation.Digits(4, 4) }, "en", "ask?expect=digits:4", "Your number?");
        await Expect(new CallRequest.Listen(null, "#", Beep: false) { Expectation = new Expectation.YesNo() }, "en", "listen?expect=yes-no");
    }

    [Test]
    public async Task Expectation_that_nobody_knows_is_told_with_those_that_can_be()
    {
        var entry = (await From("ask?expect=colour", "Which?"))!;
        Assert.That(entry.Request, Is.EqualTo(new CallRequest.Ask("Which?")));
        Assert.That(entry.Problems.Single(), Does.Contain("'colour'").And.Contain("digits:8"));
    }

    [Test]
    public async Task Drop_in_googletts_speaks_what_it_would_and_any_means_all_keys() =>
        await Expect(new CallRequest.Say("Press 1 or 2", "0123456789#*", 1.2), "en", "googletts.agi", "Press (1) or *2*", "en", "any", "1.2");

    [Test]
    public async Task Drop_in_speech_recog_beeps() =>
        await Expect(new CallRequest.Listen(null, "#", Beep: true), "en-US", "speech-recog.agi", "en-US");

    [Test]
    public async Task Drop_in_speech_recog_keeps_quiet_when_told_so() =>
        await Expect(new CallRequest.Listen(TimeSpan.FromSeconds(2), "#", Beep: false), "en-US", "speech-recog.agi", "en-US", "2", "", "NOBEEP");

    [Test]
    public async Task Route_takes_named_arguments_as_variables_and_they_win_over_the_query()
    {
        var entry = await From("route/main?tier=silver&city=Rome", "tier=gold", "note=a=b");
        var flow = (CallRequest.RunFlow)entry!.Request!;
        Assert.That(flow.Name, Is.EqualTo("main"));
        Assert.That(flow.Variables, Is.EquivalentTo(new Dictionary<string, string> { ["tier"] = "gold", ["city"] = "Rome", ["note"] = "a=b" }));
    }

    [TestCase("route/../../etc/passwd")]
    [TestCase("route/%2e%2e%2fsecret")]
    [TestCase("route/")]
    [TestCase("say")]
    [TestCase("ask")]
    public async Task Request_without_what_it_needs_is_known_but_not_served(string script)
    {
        var entry = await From(script);
        Assert.That(entry?.Request, Is.Null);
        if (script != "route/")
            Assert.That(entry!.Problems, Is.Not.Empty);
    }

    [Test]
    public async Task Senseless_options_are_told_and_replaced()
    {
        var entry = (await From("say", "Hello", "klingon language", "1a", "fast"))!;
        Assert.That(entry.Request, Is.EqualTo(new CallRequest.Say("Hello", "", 1)));
        Assert.That(entry.Problems, Has.Count.EqualTo(3));
    }

    [TestCase("")]
    [TestCase("sing")]
    [TestCase("say/more")]
    public async Task Other_paths_are_unknown(string script) => Assert.That(await From(script), Is.Null);

    private static async Task Expect(CallRequest wanted, string language, string script, params string[] arguments)
    {
        var entry = (await From(script, arguments))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(entry.Request, Is.EqualTo(wanted));
            Assert.That(entry.Language, Is.EqualTo(language));
            Assert.That(entry.Problems, Is.Empty);
        }
    }

    private static async Task<AgiEntry?> From(string script, params string[] arguments)
    {
        var input = PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(FakeAsteriskAgi.Opening(script, arguments))));
        return AgiEntry.From((await AgiRequest.ReadAsync(new AgiLineReader(input, 10_000), new FastAgiOptions()))!);
    }
}

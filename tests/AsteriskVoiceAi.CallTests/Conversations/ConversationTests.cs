using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.CallTests.Support;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Sip;

namespace AsteriskVoiceAi.CallTests.Conversations;

/// <summary>The demo flow, by FastAGI (104) and by ARI (105): what callers do and where they land.</summary>
[TestFixture("104")]
[TestFixture("105")]
public sealed class ConversationTests(string extension) : SharedLab
{
    private string _id = "";

    [TestCase("Where is my package?", "603@parcels")]
    [TestCase("I want to pay my bill.", "602@billing")]
    [TestCase("I want to talk to a person.", "600@support")]
    public async Task Caller_who_says_what_they_want_lands_there(string words, string destination)
    {
        await using var call = await GreetedAsync();

        await call.SayAsync(words);

        Assert.That((await EndedAsync()).Next, Is.EqualTo(destination), string.Join('\n', Mine<CallEvent>().AsEnumerable()));
    }

    [Test]
    public async Task Human_who_waits_for_a_representative_hears_the_operators_extension()
    {
        await using var call = await GreetedAsync();

        await call.SayHumanAsync("queue-callswaiting");

        // The reply and the extension's own words follow each other without a pause.
        Said.Contains(await call.HearAsync(), "first in line");
        Assert.That((await EndedAsync()).Next, Is.EqualTo("600@support"));
    }

    [Test]
    public async Task Caller_in_alaw_is_understood_too()
    {
        await using var call = await GreetedAsync(new SipCallerOptions { Codec = CallerCodec.Alaw });

        await call.SayAsync("Where is my package?");

        Assert.That((await EndedAsync()).Next, Is.EqualTo("603@parcels"));
    }

    [Test]
    public async Task Caller_who_presses_a_key_lands_there()
    {
        await using var call = await GreetedAsync();

        await call.PressAsync("3");

        Assert.That((await EndedAsync()).Next, Is.EqualTo("602@billing"));
    }

    [Test]
    public async Task Key_during_the_greeting_stops_it()
    {
        await using var call = await CallAsync();
        await call.WaitForSoundAsync();

        await call.PressAsync("3");

        Assert.That((await EndedAsync()).Next, Is.EqualTo("602@billing"));
        Assert.That(Mine<CallEvent.Said>()[0].Ending, Is.EqualTo("key"));
    }

    [Test]
    public async Task Caller_who_talks_over_the_greeting_stops_it_and_is_heard_from_the_first_word()
    {
        await using var call = await CallAsync();
        var greeting = await call.WaitForSoundAsync();

        var spoken = await call.SayAsync("I want to pay my bill.");

        await EndedAsync();
        var said = Mine<CallEvent.Said>()[0];
        Assert.That(said.Ending, Is.EqualTo("barged-in"));
        // Stopped at the caller's ear while they still spoke: within 500 ms of their first sound there is quiet.
        var quiet = call.Caller.HeardBetween(spoken.First + TimeSpan.FromMilliseconds(500), spoken.Last);
        Assert.That(quiet.Max(s => Math.Abs((int)s)), Is.LessThan(300), $"the greeting began at {greeting}, the caller at {spoken.First}");
        Said.Contains(Mine<CallEvent.Heard>()[0].Text, "I want to pay my bill");
    }

    [Test]
    public async Task Caller_who_wants_something_else_is_asked_again_and_sent_to_the_operator()
    {
        await using var call = await GreetedAsync();

        // Three times are enough; a recogniser's slip may sound like a likely intent, which costs one more turn.
        for (var i = 0; i < 6 && Mine<CallEvent.Ended>().Length == 0; i++)
        {
            await call.SayAsync(i % 2 == 0 ? "The purple elephants are dancing on the roof of the cathedral." : "Seven green bottles were standing on the piano.");
            await call.HearAsync();
        }

        var ended = await EndedAsync();
        Assert.That((ended.Result, ended.Next), Is.EqualTo(("no-match", "600@support")), string.Join('\n', Mine<CallEvent>().AsEnumerable()));
    }

    [Test]
    public async Task Caller_who_says_goodbye_is_hung_up_on_politely()
    {
        await using var call = await GreetedAsync();

        await call.SayHumanAsync("vm-goodbye");

        await call.Caller.WaitForHangupAsync();
        Assert.That((await EndedAsync()).Next, Is.EqualTo("hang-up"));
    }

    [Test]
    public async Task Caller_who_asks_for_the_hours_hears_them_and_may_ask_for_more()
    {
        await using var call = await GreetedAsync();

        await call.SayAsync("What are your opening hours?");
        Said.Contains(await call.HearAsync(), "open");
        await call.SayAsync("Where is my package?");

        Assert.That((await EndedAsync()).Next, Is.EqualTo("603@parcels"));
    }

    private async Task<PhoneCall> GreetedAsync(SipCallerOptions? options = null)
    {
        var call = await CallAsync(options);
        Said.Contains(await call.HearAsync(), "how can I help");
        return call;
    }

    private async Task<PhoneCall> CallAsync(SipCallerOptions? options = null)
    {
        var earlier = Lab.Live.Seen.Select(e => e.CallId).ToHashSet();
        var call = await Lab.CallAsync(extension, options);
        _id = (await Lab.Live.WaitForAsync<CallEvent.Started>(e => !earlier.Contains(e.CallId))).CallId;
        return call;
    }

    private Task<CallEvent.Ended> EndedAsync() => Lab.Live.WaitForAsync<CallEvent.Ended>(e => e.CallId == _id, TimeSpan.FromSeconds(60));

    private T[] Mine<T>() where T : CallEvent => [.. Lab.Live.Seen.OfType<T>().Where(e => e.CallId == _id)];
}

using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.CallTests.Support;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Sip;

namespace AsteriskVoiceAi.CallTests.Conversations;

/// <summary>The demo flow, by FastAGI and by ARI side by side: what callers do and where they land.</summary>
public sealed class ConversationTests : SharedLab
{
    [TestCase("Where is my package?", "603@parcels")]
    [TestCase("I want to pay my bill.", "602@billing")]
    [TestCase("I want to talk to a person.", "600@support")]
    public Task Caller_who_says_what_they_want_lands_there(string words, string destination) => WaysIn.EachAsync(WaysIn.Both, async extension =>
    {
        await using var caller = await Conversation.GreetedAsync(Lab, extension);
        var call = caller.Call;

        await call.SayAsync(words);

        Assert.That((await caller.EndedAsync()).Next, Is.EqualTo(destination), caller.ToString());
    });

    [Test]
    public Task Human_who_waits_for_a_representative_hears_the_operators_extension() => WaysIn.EachAsync(WaysIn.Both, async extension =>
    {
        await using var caller = await Conversation.GreetedAsync(Lab, extension);
        var call = caller.Call;

        await call.SayHumanAsync("queue-callswaiting");

        // The reply and the extension's own words follow each other without a pause.
        Said.Contains(await call.HearAsync(), "first in line");
        Assert.That((await caller.EndedAsync()).Next, Is.EqualTo("600@support"));
    });

    [Test]
    public Task Caller_in_alaw_is_understood_too() => WaysIn.EachAsync(WaysIn.Both, async extension =>
    {
        await using var caller = await Conversation.GreetedAsync(Lab, extension, new SipCallerOptions { Codec = CallerCodec.Alaw });
        var call = caller.Call;

        await call.SayAsync("Where is my package?");

        Assert.That((await caller.EndedAsync()).Next, Is.EqualTo("603@parcels"));
    });

    [Test]
    public Task Caller_who_presses_a_key_lands_there() => WaysIn.EachAsync(WaysIn.Both, async extension =>
    {
        await using var caller = await Conversation.GreetedAsync(Lab, extension);
        var call = caller.Call;

        await call.PressAsync("3");

        Assert.That((await caller.EndedAsync()).Next, Is.EqualTo("602@billing"));
    });

    [Test]
    public Task Key_during_the_greeting_stops_it() => WaysIn.EachAsync(WaysIn.Both, async extension =>
    {
        await using var caller = await Conversation.BeginAsync(Lab, extension);
        var call = caller.Call;
        await call.WaitForSoundAsync();

        await call.PressAsync("3");

        Assert.That((await caller.EndedAsync()).Next, Is.EqualTo("602@billing"));
        Assert.That(caller.Events<CallEvent.Said>()[0].Ending, Is.EqualTo("key"));
    });

    [Test]
    public Task Caller_who_talks_over_the_greeting_stops_it_and_is_heard_from_the_first_word() => WaysIn.EachAsync(WaysIn.Both, async extension =>
    {
        await using var caller = await Conversation.BeginAsync(Lab, extension);
        var call = caller.Call;
        var greeting = await call.WaitForSoundAsync();

        var spoken = await call.SayAsync("I want to pay my bill.");

        await caller.EndedAsync();
        var said = caller.Events<CallEvent.Said>()[0];
        Assert.That(said.Ending, Is.EqualTo("barged-in"));
        // Stopped at the caller's ear while they still spoke: within 500 ms of their first sound there is quiet.
        var quiet = call.Caller.HeardBetween(spoken.First + TimeSpan.FromMilliseconds(500), spoken.Last);
        Assert.That(quiet.Max(s => Math.Abs((int)s)), Is.LessThan(300), $"the greeting began at {greeting}, the caller at {spoken.First}");
        Said.Contains(caller.Events<CallEvent.Heard>()[0].Text, "I want to pay my bill");
    });

    [Test]
    public Task Caller_who_wants_something_else_is_asked_again_and_sent_to_the_operator() => WaysIn.EachAsync(WaysIn.Both, async extension =>
    {
        await using var caller = await Conversation.GreetedAsync(Lab, extension);
        var call = caller.Call;

        // Three times are enough; a recogniser's slip may sound like a likely intent, which costs one more turn.
        for (var i = 0; i < 6 && caller.Events<CallEvent.Ended>().Length == 0; i++)
        {
            await call.SayAsync(i % 2 == 0 ? "The purple elephants are dancing on the roof of the cathedral." : "Seven green bottles were standing on the piano.");
            await call.HearAsync();
        }

        var ended = await caller.EndedAsync();
        Assert.That((ended.Result, ended.Next), Is.EqualTo(("no-match", "600@support")), caller.ToString());
    });

    [Test]
    public Task Caller_who_says_goodbye_is_hung_up_on_politely() => WaysIn.EachAsync(WaysIn.Both, async extension =>
    {
        await using var caller = await Conversation.GreetedAsync(Lab, extension);
        var call = caller.Call;

        await call.SayHumanAsync("vm-goodbye");

        await call.Caller.WaitForHangupAsync();
        Assert.That((await caller.EndedAsync()).Next, Is.EqualTo("hang-up"));
    });

    [Test]
    public Task Caller_who_asks_for_the_hours_hears_them_and_may_ask_for_more() => WaysIn.EachAsync(WaysIn.Both, async extension =>
    {
        await using var caller = await Conversation.GreetedAsync(Lab, extension);
        var call = caller.Call;

        await call.SayAsync("What are your opening hours?");
        Said.Contains(await call.HearAsync(), "open");
        await call.SayAsync("Where is my package?");

        Assert.That((await caller.EndedAsync()).Next, Is.EqualTo("603@parcels"));
    });
}

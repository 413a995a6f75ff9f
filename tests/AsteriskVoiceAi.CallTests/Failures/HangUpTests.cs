using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.CallTests.Support;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Sip;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.CallTests.Failures;

/// <summary>Callers who hang up in the middle of every step, by FastAGI (804) and by ARI (805). What is left is counted after each test.</summary>
[TestFixture("804")]
[TestFixture("805")]
public sealed class HangUpTests(string extension) : SharedLab
{
    [Test]
    public async Task While_it_is_being_answered()
    {
        await using var call = await Lab.CallAsync(extension);

        await call.Caller.HangUpAsync();
    }

    [Test]
    public async Task During_the_greeting_and_the_dialplan_learns_of_it()
    {
        var before = Lab.Asterisk.Log().Count;
        await using var call = await Lab.CallAsync(extension);
        await call.WaitForSoundAsync();

        await call.Caller.HangUpAsync();

        Assert.That(await Lab.WaitForDialplanAsync("hangup RESULT=", before), Does.Contain("RESULT=hangup REASON=caller-hung-up"));
    }

    [Test]
    public async Task While_we_listen()
    {
        await using var call = await Lab.CallAsync(extension);
        await call.HearAsync();

        await call.Caller.HangUpAsync();
    }

    [Test]
    public async Task In_the_middle_of_a_word()
    {
        await using var call = await Lab.CallAsync(extension);
        await call.HearAsync();
        var speaking = call.Caller.SpeakAsync(await Flite.SpeakAsync("I would like to know where my package is right now"));
        // Ten packets into the word.
        var sent = call.Caller.SentPackets;
        await call.Caller.WaitUntilAsync("Ten packets of speech", caller => caller.SentPackets > sent + 10);

        await call.Caller.HangUpAsync();

        await speaking;
    }

    [Test]
    public async Task While_the_speech_is_being_recognised()
    {
        await using var call = await Lab.CallAsync(extension);
        await call.HearAsync();
        var spoken = await call.SayAsync("Where is my package?");
        // Recognition starts 200 ms into the pause; 15 packets are 300 ms.
        var sent = call.Caller.SentPackets;
        await call.Caller.WaitUntilAsync("300 ms of silence", caller => caller.SentPackets > sent + 15);

        await call.Caller.HangUpAsync();

        Assert.That(spoken.Whole, Is.True);
    }

    [Test]
    public async Task During_the_reply()
    {
        await using var call = await Lab.CallAsync(extension);
        await call.HearAsync();
        await call.SayAsync("What are your opening hours?");
        await call.WaitForSoundAsync();

        await call.Caller.HangUpAsync();
    }

    [Test]
    public async Task After_the_transfer()
    {
        await using var call = await Lab.CallAsync(extension);
        await call.HearAsync();
        await call.PressAsync("3");
        var mine = Lab.Live.Seen.OfType<CallEvent.Started>().Last().CallId;
        await Lab.Live.WaitForAsync<CallEvent.Ended>(e => e.CallId == mine);

        await call.Caller.HangUpAsync();
    }

    [Test]
    public async Task Twenty_at_once_at_any_moment()
    {
        var calls = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            var call = await Lab.CallAsync(extension);
            var sent = call.Caller.SentPackets;
            // Each one 60 ms later than the one before: from the answer to the middle of the greeting.
            await call.Caller.WaitUntilAsync("Some packets", caller => caller.SentPackets > sent + (3 * i));
            await call.Caller.HangUpAsync();
            return call;
        }));
        foreach (var call in calls)
            await call.DisposeAsync();
    }
}

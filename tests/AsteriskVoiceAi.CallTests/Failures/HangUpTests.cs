using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.CallTests.Support;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Sip;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.CallTests.Failures;

/// <summary>Callers who hang up in the middle of every step, by FastAGI (804) and by ARI (805) side by side. What is left is counted after each test.</summary>
public sealed class HangUpTests : SharedLab
{
    private static readonly string[] Extensions = ["804", "805"];

    [Test]
    public Task While_it_is_being_answered() => WaysIn.EachAsync(Extensions, async extension =>
    {
        await using var call = await Lab.CallAsync(extension);

        await call.Caller.HangUpAsync();
    });

    [Test]
    public Task During_the_greeting_and_the_dialplan_learns_of_it() => WaysIn.EachAsync(Extensions, async extension =>
    {
        await using var caller = await Conversation.BeginAsync(Lab, extension);
        await caller.Call.WaitForSoundAsync();

        await caller.Call.Caller.HangUpAsync();

        Assert.That(await Lab.WaitForDialplanAsync($"CALL={caller.Id}"), Does.Contain("hangup RESULT=hangup REASON=caller-hung-up"));
    });

    [Test]
    public Task While_we_listen() => WaysIn.EachAsync(Extensions, async extension =>
    {
        await using var call = await Lab.CallAsync(extension);
        await call.HearAsync();

        await call.Caller.HangUpAsync();
    });

    [Test]
    public Task In_the_middle_of_a_word() => WaysIn.EachAsync(Extensions, async extension =>
    {
        await using var call = await Lab.CallAsync(extension);
        await call.HearAsync();
        var speaking = call.Caller.SpeakAsync(await Flite.SpeakAsync("I would like to know where my package is right now"));
        // Ten packets into the word.
        var sent = call.Caller.SentPackets;
        await call.Caller.WaitUntilAsync("Ten packets of speech", caller => caller.SentPackets > sent + 10);

        await call.Caller.HangUpAsync();

        await speaking;
    });

    [Test]
    public Task While_the_speech_is_being_recognised() => WaysIn.EachAsync(Extensions, async extension =>
    {
        await using var call = await Lab.CallAsync(extension);
        await call.HearAsync();
        var spoken = await call.SayAsync("Where is my package?");
        // Recognition starts 200 ms into the pause; 15 packets are 300 ms.
        var sent = call.Caller.SentPackets;
        await call.Caller.WaitUntilAsync("300 ms of silence", caller => caller.SentPackets > sent + 15);

        await call.Caller.HangUpAsync();

        Assert.That(spoken.Whole, Is.True);
    });

    [Test]
    public Task During_the_reply() => WaysIn.EachAsync(Extensions, async extension =>
    {
        await using var call = await Lab.CallAsync(extension);
        await call.HearAsync();
        await call.SayAsync("What are your opening hours?");
        await call.WaitForSoundAsync();

        await call.Caller.HangUpAsync();
    });

    [Test]
    public Task After_the_transfer() => WaysIn.EachAsync(Extensions, async extension =>
    {
        await using var caller = await Conversation.BeginAsync(Lab, extension);
        var call = caller.Call;
        await call.HearAsync();
        await call.PressAsync("3");
        await caller.EndedAsync();

        await call.Caller.HangUpAsync();
    });

    [Test]
    public Task Twenty_at_once_at_any_moment() => WaysIn.EachAsync(Extensions, async extension =>
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
    });
}

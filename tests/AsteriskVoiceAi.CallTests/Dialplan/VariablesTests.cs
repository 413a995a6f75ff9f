using AsteriskVoiceAi.CallTests.Support;

namespace AsteriskVoiceAi.CallTests.Dialplan;

/// <summary>What the dialplan reads after a conversation, by FastAGI (804) and by ARI (805).</summary>
[TestFixture("804")]
[TestFixture("805")]
public sealed class VariablesTests(string extension) : SharedLab
{
    [Test]
    public async Task After_a_conversation_that_the_flow_ended()
    {
        var before = Lab.Asterisk.Log().Count;
        await using var call = await Lab.CallAsync(extension);
        await call.HearAsync();
        await call.SayHumanAsync("vm-goodbye");

        var line = await Lab.WaitForDialplanAsync("hangup RESULT=", before);

        Assert.That(line, Does.Contain("RESULT=done REASON=flow-hung-up").And.Match(@"INTENT=goodbye CONFIDENCE=[01]\.\d\d CALL=[0-9a-f]{32} TEXT=\w"));
    }

    [Test]
    public async Task After_a_caller_hung_up()
    {
        var before = Lab.Asterisk.Log().Count;
        await using var call = await Lab.CallAsync(extension);
        await call.HearAsync();

        await call.Caller.HangUpAsync();

        Assert.That(await Lab.WaitForDialplanAsync("hangup RESULT=", before), Does.Contain("RESULT=hangup REASON=caller-hung-up"));
    }
}

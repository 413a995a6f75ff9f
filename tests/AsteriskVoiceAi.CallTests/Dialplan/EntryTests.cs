using AsteriskVoiceAi.CallTests.Support;

namespace AsteriskVoiceAi.CallTests.Dialplan;

/// <summary>Every way in that asterisk-config/extensions.conf shows.</summary>
public sealed class EntryTests : SharedLab
{
    [Test]
    public async Task Classic_text_to_speech_demo_at_100_speaks()
    {
        await using var call = await Lab.CallAsync("100");

        // The rest, "AI-powered hotline", is beyond the recogniser.
        Said.Contains(await call.HearAsync(), "welcome to our");
        await call.Caller.HangUpAsync();
    }

    [Test]
    public async Task Say_at_101_speaks_and_the_dialplan_hangs_up()
    {
        await using var call = await Lab.CallAsync("101");

        Said.Like(await call.HearAsync(), "Good news, your parcel is on its way.");
        await call.Caller.WaitForHangupAsync();
    }

    [Test]
    public async Task Listen_at_102_hears_and_the_dialplan_reads_it_back()
    {
        await using var call = await Lab.CallAsync("102");
        await call.WaitForSoundAsync();
        await call.Caller.WaitForQuietAsync(TimeSpan.FromMilliseconds(400));

        await call.SayAsync("I would like to open an account.");

        Said.Like(await call.HearAsync(), "You said I would like to open an account.");
        await call.Caller.WaitForHangupAsync();
    }

    [Test]
    public async Task Ask_at_103_asks_hears_and_the_dialplan_reads_it_back()
    {
        await using var call = await Lab.CallAsync("103");
        Said.Like(await call.HearAsync(), "How can I help you?");

        await call.SayAsync("My internet connection is very slow today.");

        Said.Like(await call.HearAsync(), "You said my internet connection is very slow today.");
    }

    [Test]
    public async Task Speech_recog_at_106_sets_the_variables_that_dialplans_already_read()
    {
        await using var call = await Lab.CallAsync("106");
        await call.WaitForSoundAsync();
        await call.Caller.WaitForQuietAsync(TimeSpan.FromMilliseconds(400));

        await call.SayAsync("I have a question about my invoice.");

        Said.Like(await call.HearAsync(), "I heard I have a question about my invoice.");
    }

    [Test]
    public async Task Number_and_yes_at_107_are_heard_as_what_is_expected()
    {
        await using var call = await Lab.CallAsync("107");
        Said.Like(await call.HearAsync(), "Please say or type your four digit number.");

        await call.SayAsync("Four one five two.");
        Said.Like(await call.HearAsync(), "You said four, one, five, two. Is that right?");
        await call.SayAsync("Yes.");

        Said.Like(await call.HearAsync(), "Thank you very much for your answers.");
        await call.Caller.WaitForHangupAsync();
    }

    [Test]
    public async Task Unknown_script_fails_on_purpose_so_that_the_dialplan_sees_it()
    {
        var before = Lab.Asterisk.Log().Count;
        await using var call = await Lab.CallAsync("806");

        Assert.That(await Lab.WaitForDialplanAsync("AGISTATUS=", before), Does.Contain("AGISTATUS=FAILURE"));
        await call.Caller.WaitForHangupAsync();
        await Lab.Service.WaitForLineAsync("no-such-script", TimeSpan.FromSeconds(5));
    }

    [Test]
    public async Task Unknown_flow_is_an_error_and_the_dialplan_goes_on()
    {
        var before = Lab.Asterisk.Log().Count;
        await using var call = await Lab.CallAsync("807");

        Assert.That(await Lab.WaitForDialplanAsync("dialplan RESULT=", before), Does.Contain("RESULT=error REASON=unknown-flow"));
    }
}

using System.Runtime.CompilerServices;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Tests.Calls;

/// <summary>The caller hangs up wherever a call can be waiting. Each script goes up to that point.</summary>
internal sealed class HangUpTests
{
    private static readonly CallRequest.RunFlow Flow = new("main", new Dictionary<string, string>());

    private static readonly TestCaseData[] Moments =
    [
        Moment("before_the_greeting_is_made", Flow, call => call.UntilAsync("synthesis", () => call.Voice.Asked.Count > 0), held: "Hello."),
        Moment("in_the_greeting", Flow, async call =>
        {
            await call.BeginsToHearAsync("Hello.");
            call.Silent(100);
        }),
        Moment("while_silent", Flow, async call =>
        {
            await call.HearsAsync("Hello.");
            call.Silent(1000);
        }),
        Moment("while_speaking", Flow, async call =>
        {
            await call.HearsAsync("Hello.");
            call.Speaks(500);
        }),
        Moment("in_the_recognition", Flow, async call =>
        {
            await call.HearsAsync("Hello.");
            call.Speaks(500);
            call.Silent(300);
            await call.AskedAsync();
        }),
        Moment("before_the_reply_is_made", Flow, async call =>
        {
            await call.HearsAsync("Hello.");
            await call.SaysAsync("Billing.");
            await call.UntilAsync("synthesis", () => call.Voice.Asked.Contains("Billing it is."));
        }, held: "Billing it is."),
        Moment("in_the_last_prompt", Flow, async call =>
        {
            await call.HearsAsync("Hello.");
            await call.SaysAsync("Billing.");
            await call.BeginsToHearAsync("Billing it is.");
            call.Silent(100);
        }),
        Moment("between_keys", Flow, async call =>
        {
            await call.HearsAsync("Hello.");
            call.Presses("4");
            call.Silent(500);
        }),
        Moment("in_a_say", new CallRequest.Say("one two", "1", 1), async call =>
        {
            await call.BeginsToHearAsync("one two");
            call.Silent(100);
        }),
        Moment("in_the_beep", new CallRequest.Listen(null, "", Beep: true), call =>
        {
            call.Silent(60);
            return Task.CompletedTask;
        }),
        Moment("in_a_listen", new CallRequest.Listen(Timeout.InfiniteTimeSpan, "", Beep: false), call =>
        {
            call.Silent(60);
            return Task.CompletedTask;
        }),
        Moment("in_the_prompt_of_an_ask", new CallRequest.Ask("one two"), async call =>
        {
            await call.BeginsToHearAsync("one two");
            call.Silent(100);
        }),
        Moment("after_the_prompt_of_an_ask", new CallRequest.Ask("one two"), call => call.HearsAsync("one two")),
    ];

    [TestCaseSource(nameof(Moments))]
    public async Task Caller_who_hangs_up(CallRequest request, Func<CallScript, Task> until, string? held)
    {
        await using var call = Held(held).Arrives(request);
        await until(call);

        call.HangsUp();

        await call.EndsAsync("hangup caller-hung-up dialplan");
    }

    [TestCaseSource(nameof(Moments))]
    public async Task Audio_that_ends_without_a_hangup_is_told_as_such(CallRequest request, Func<CallScript, Task> until, string? held)
    {
        await using var call = Held(held).Arrives(request);
        await until(call);

        call.Leg.EndAudio();
        if (held is not null)
            call.Voice.LetGo(held);

        await call.EndsAsync("error audio-lost dialplan");
    }

    [Test]
    public async Task Reply_that_fails_after_the_caller_hung_up_leaves_no_exception_behind()
    {
        Collect();
        var unobserved = new List<Exception>();
        void Take(object? sender, UnobservedTaskExceptionEventArgs e) => unobserved.Add(e.Exception);
        TaskScheduler.UnobservedTaskException += Take;
        try
        {
            await HangUpBeforeAFailureAsync();
            Collect();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Take;
        }
        Assert.That(unobserved, Is.Empty);
    }

    [Test]
    public async Task Caller_who_is_gone_before_the_call_began()
    {
        await using var call = new CallScript();
        call.HangsUp();

        call.Arrives();

        await call.EndsAsync("hangup caller-hung-up dialplan");
        Assert.That(call.HeardByCaller, Is.Empty);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task HangUpBeforeAFailureAsync()
    {
        await using var call = Held("Hello.");
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        call.Voice.IsStubborn = true;
        call.Voice.Breaks = _ => failed.TrySetResult();
        call.Arrives();
        await call.UntilAsync("synthesis", () => call.Voice.Asked.Count > 0);
        call.HangsUp();
        await call.EndsAsync("hangup caller-hung-up dialplan");
        call.Voice.LetGo("Hello.");
        await failed.Task.WaitAsync(TimeSpan.FromSeconds(5));
    }

    private static void Collect()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static CallScript Held(string? text)
    {
        var call = new CallScript();
        if (text is not null)
            call.Voice.Hold(text);
        return call;
    }

    private static TestCaseData Moment(string name, CallRequest request, Func<CallScript, Task> until, string? held = null) =>
        new TestCaseData(request, until, held).SetArgDisplayNames(name);
}

using System.Globalization;
using System.Net;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Service.Live;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Processes;
using AsteriskVoiceAi.TestSupport.Sip;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.TestCall;

/// <summary>
/// One call through everything: greeted, heard, understood, and sent to the operator's extension.
/// The caller's voice is a recorded prompt of Asterisk, spoken by a human: "Waiting to speak with a representative".
/// </summary>
internal sealed class SelfTestCall(IPEndPoint sip, Uri service, string extension, TextWriter output)
{
    private const string Representative = "queue-callswaiting";
    private const string Operator = "600@support";

    public async Task<TimeSpan> RunAsync()
    {
        var began = Moment.Now;
        await using var live = await LiveEvents.ConnectAsync(service, happened => output.WriteLine(ConversationLine.For(happened)));
        await using var caller = new SipCaller(sip);
        output.WriteLine($"Calling {extension} at {sip} …");
        await caller.CallAsync(extension);

        await live.WaitForAsync<CallEvent.Started>();
        var greeted = await caller.WaitForAudioAsync(began);
        output.WriteLine(Line($"(at the caller's ear: first word of the greeting {(greeted - began).TotalMilliseconds:0} ms after dialling)"));

        await AnswerAsync(caller, live);

        var ended = await live.WaitForAsync<CallEvent.Ended>();
        if (ended.Next != Operator)
            throw new InvalidOperationException($"it should have been sent to {Operator}, but went on to {ended.Next} ({ended.Result} {ended.Reason}).");
        // The extension it was sent to says something of its own.
        await caller.WaitForAudioAsync(Moment.Now);
        output.WriteLine(Line($"(the caller hears the operator's extension {Operator})"));
        await caller.HangUpAsync();
        return Moment.Now - began;
    }

    /// <summary>Lets the prompt end, speaks, and measures when the reply is heard.</summary>
    private async Task AnswerAsync(SipCaller caller, LiveEvents live)
    {
        await caller.WaitForQuietAsync(TimeSpan.FromMilliseconds(700));
        var spoken = await caller.SpeakAsync(await HumanPrompts.ReadAsync(Representative));
        var replied = await caller.WaitForAudioAsync(spoken.Last);
        await live.WaitForAsync<CallEvent.Heard>(heard => heard.Text.Length > 0);
        output.WriteLine(Line($"(at the caller's ear: reply {(replied - spoken.Last).TotalMilliseconds:0} ms after the last word)"));
    }

    private static string Line(FormattableString text) => "           " + text.ToString(CultureInfo.InvariantCulture);
}

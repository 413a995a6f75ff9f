using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Calls.Synthesis.Markup;
using AsteriskVoiceAi.Calls.Webhooks;

namespace AsteriskVoiceAi.Calls;

/// <summary>Writes down what happens in one call, with the time since it began.</summary>
/// <param name="before">How long it had run before it came to us.</param>
internal sealed class CallDiary(IncomingCall call, CallEvents events, TimeProvider time, TimeSpan before = default)
{
    private readonly long _began = time.GetTimestamp() - (long)(before.TotalSeconds * time.TimestampFrequency);

    public TimeSpan Elapsed => time.GetElapsedTime(_began);

    public void Started() => events.Publish(call.IsAdopted
        ? new CallEvent.Resumed(call.Id, Elapsed, call.Entry, call.Channel, call.CallerNumber, call.DialedNumber)
        : new CallEvent.Started(call.Id, call.Entry, call.Channel, call.CallerNumber, call.DialedNumber));

    /// <param name="asked">When the words were known.</param>
    public void Said(IReadOnlyList<Prompt> prompts, string engine, long asked, PlaybackResult result, bool byKey, bool withdrawn)
    {
        var ending = result switch
        {
            _ when withdrawn => "withdrawn",
            PlaybackResult.Completed => "completed",
            PlaybackResult.BargedIn => byKey ? "key" : "barged-in",
            PlaybackResult.HungUp => "hung-up",
            PlaybackResult.Failed => "failed",
            _ => throw new ArgumentOutOfRangeException(nameof(result), result, "not a playback result"),
        };
        var synthesis = result.FirstAudio is { } first ? time.GetElapsedTime(asked, first) : TimeSpan.Zero;
        var text = string.Join(' ', prompts.Select(p => SpeechMarkup.Readable(p.Text)));
        events.Publish(new CallEvent.Said(call.Id, time.GetElapsedTime(_began, result.FirstAudio ?? asked), text, engine, synthesis, result.Played, ending));
    }

    public void Heard(CallerUtterance utterance) => events.Publish(new CallEvent.Heard(
        call.Id, Elapsed, utterance.Transcript.Text, utterance.Transcript.Confidence, utterance.Transcript.Engine,
        utterance.Speech, utterance.Endpoint, utterance.Transcript.Took, utterance.Waited));

    public void HeardNothing() => events.Publish(new CallEvent.Heard(
        call.Id, Elapsed, "", 0, "", TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero));

    /// <summary>Safe on the listener's loop.</summary>
    public void Paused(PauseRecord pause) => events.Publish(new CallEvent.Paused(
        call.Id, Elapsed, pause.Speech, pause.Silence, pause.Decision?.Silence, pause.Decision is { } decision ? Word(decision.Rule) : "", pause.Finished, Word(pause.Ending))
    { EndMark = pause.EndMark });

    public void Pressed(string keys) => events.Publish(new CallEvent.Pressed(call.Id, Elapsed, keys));

    public void Understood(IntentDecision decision, TimeSpan took)
    {
        var (intent, verdict) = decision switch
        {
            IntentDecision.Accept accept => (accept.Intent, "accept"),
            IntentDecision.Confirm confirm => (confirm.Intent, "confirm"),
            IntentDecision.NoMatch none => (none.Best ?? "", "no-match"),
            _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, "not a decision"),
        };
        events.Publish(new CallEvent.Understood(call.Id, Elapsed, intent, decision.Confidence, verdict, took));
    }

    public void Replied(long speechEnded, long firstAudio) =>
        events.Publish(new CallEvent.Replied(call.Id, Elapsed, time.GetElapsedTime(speechEnded, firstAudio)));

    public void Asked(WebhookRequest request, WebhookAnswer answer, TimeSpan took) =>
        events.Publish(new CallEvent.Asked(call.Id, Elapsed, request.Name, answer is WebhookAnswer.Failed(var why) ? why : "", took));

    public void Recorded(string path, TimeSpan length) => events.Publish(new CallEvent.Recorded(call.Id, Elapsed, path, length));

    public CallOutcome End(CallOutcome outcome)
    {
        events.Publish(new CallEvent.Ended(call.Id, Elapsed, CallVariables.Word(outcome.Result), outcome.Reason, outcome.Intent, Word(outcome.Next)));
        return outcome;
    }

    private static string Word(EndpointRule rule) => rule switch
    {
        EndpointRule.Open => "open",
        EndpointRule.Weighed => "weighed",
        EndpointRule.NoFinalMark => "no-final-mark",
        EndpointRule.DanglingWord => "dangling-word",
        EndpointRule.UnfinishedVoice => "unfinished-voice",
        EndpointRule.Answered => "answered",
        EndpointRule.DigitsComplete => "digits-complete",
        EndpointRule.DigitsIncomplete => "digits-incomplete",
        EndpointRule.Uncounted => "uncounted",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "not a rule"),
    };

    private static string Word(PauseEnding ending) => ending switch
    {
        PauseEnding.Ended => "ended",
        PauseEnding.WentOn => "went-on",
        PauseEnding.CutOff => "cut-off",
        _ => throw new ArgumentOutOfRangeException(nameof(ending), ending, "not an ending"),
    };

    public static string Word(NextStep next) => next switch
    {
        NextStep.Transfer(var destination) => destination.ToString(),
        NextStep.HangUp => "hang-up",
        _ => "dialplan",
    };
}

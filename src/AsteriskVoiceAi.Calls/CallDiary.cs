using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Calls.Synthesis.Markup;
using AsteriskVoiceAi.Calls.Webhooks;

namespace AsteriskVoiceAi.Calls;

/// <summary>Writes down what happens in one call, with the time since it began.</summary>
/// <param name="leg">Null = the call never had one.</param>
/// <param name="flowVersion">Of the flow that the call runs; empty = it runs none.</param>
/// <param name="before">How long it had run before it came to us.</param>
internal sealed class CallDiary(IncomingCall call, ICallLeg? leg, CallEvents events, TimeProvider time, string flowVersion = "", TimeSpan before = default)
{
    private readonly long _began = time.GetTimestamp() - (long)(before.TotalSeconds * time.TimestampFrequency);
    private readonly CallFacts _facts = Facts(call, leg, time.GetUtcNow() - before, flowVersion);
    private readonly Dictionary<string, string> _slots = [];
    private bool _started;

    public TimeSpan Elapsed => time.GetElapsedTime(_began);

    public void Started()
    {
        _started = true;
        events.Publish(call.IsAdopted
            ? new CallEvent.Resumed(call.Id, Elapsed, call.Entry, call.Channel, call.CallerNumber, call.DialedNumber) { Facts = _facts }
            : new CallEvent.Started(call.Id, call.Entry, call.Channel, call.CallerNumber, call.DialedNumber) { Facts = _facts });
    }

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

    /// <param name="slots">All of them; empty text = it has no value.</param>
    public void Filled(IReadOnlyDictionary<string, string> slots)
    {
        var changed = slots.Where(slot => slot.Value != _slots.GetValueOrDefault(slot.Key, "")).ToDictionary();
        if (changed.Count == 0)
            return;
        foreach (var (name, value) in changed)
            _slots[name] = value;
        events.Publish(new CallEvent.Filled(call.Id, Elapsed, changed));
    }

    public void Replied(long speechEnded, long firstAudio) =>
        events.Publish(new CallEvent.Replied(call.Id, Elapsed, time.GetElapsedTime(speechEnded, firstAudio)));

    public void Asked(WebhookRequest request, WebhookAnswer answer, TimeSpan took) =>
        events.Publish(new CallEvent.Asked(call.Id, Elapsed, request.Name, answer is WebhookAnswer.Failed(var why) ? why : "", took));

    public void Recorded(string path, TimeSpan length) => events.Publish(new CallEvent.Recorded(call.Id, Elapsed, path, length));

    public CallOutcome End(CallOutcome outcome)
    {
        Filled(outcome.Slots);
        events.Publish(new CallEvent.Ended(call.Id, Elapsed, CallVariables.Word(outcome.Result), outcome.Reason, outcome.Intent, Word(outcome.Next))
        {
            Facts = _started ? null : _facts,
            Audio = leg?.Report,
        });
        return outcome;
    }

    private static CallFacts Facts(IncomingCall call, ICallLeg? leg, DateTimeOffset began, string flowVersion)
    {
        var audio = leg?.Report;
        var flow = call.Request is CallRequest.RunFlow { Name: var name } ? name : "";
        return new CallFacts(began, call.Entry, call.Channel, call.CallerNumber, call.DialedNumber, call.Language, call.LinkedId, flow, flowVersion, audio?.Transport ?? "", audio?.Codec ?? "");
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

using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Recording;
using AsteriskVoiceAi.Calls.Responses;
using AsteriskVoiceAi.Calls.Resumption;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Calls.Webhooks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Calls.Arrival;

/// <summary>Takes a call in, runs its <see cref="CallFlow"/> and makes an outcome of whatever happens.</summary>
internal sealed class CallHandler(
    CallAdmission admission,
    FlowCatalog flows,
    PromptCache prompts,
    ISpeechRecognizer recognizer,
    IVoiceActivityDetector detector,
    ITurnDetector turnDetector,
    ListeningStatus listening,
    CallEvents events,
    CallRecorder recorder,
    IOptions<CallOptions> options,
    TimeProvider time,
    ILogger<CallHandler> log,
    IWebhookClient? webhooks = null) : ICallHandler
{
    public string? Refusal(IncomingCall call, CancellationToken stopping)
    {
        var reason = admission.WhyNot(stopping);
        if (reason is not null)
            Refused(call, reason);
        return reason;
    }

    public async Task<CallOutcome> HandleAsync(IncomingCall call, ICallLeg leg, CancellationToken stopping)
    {
        var memory = new CallMemory(call, leg, time, log);
        var diary = new CallDiary(call, leg, events, time, FlowOf(call)?.Version ?? "", memory.Before);
        using var scope = CallLogScope.Begin(log, call.Id);
        using var followed = events.Follow(call);
        if (admission.TryEnter(stopping) is { } refusal)
        {
            Refused(call, refusal);
            return diary.End(new CallOutcome(call.Id, CallResult.Refused, refusal, NextStep.InDialplan));
        }
        try
        {
            log.Arrived(call.Entry, call.Channel);
            diary.Started();
            var outcome = await RecordAsync(call, leg, memory, diary, stopping);
            if (leg.HandedOver)
                return diary.End(new CallOutcome(call.Id, CallResult.Error, Reasons.TakenOver, NextStep.InDialplan));
            diary.End(outcome);
            log.Ended(call.Channel, CallVariables.Word(outcome.Result), outcome.Reason, outcome.Intent, CallDiary.Word(outcome.Next), diary.Elapsed.TotalSeconds);
            return outcome;
        }
        finally
        {
            admission.Leave();
        }
    }

    private async Task<CallOutcome> RecordAsync(IncomingCall call, ICallLeg leg, CallMemory memory, CallDiary diary, CancellationToken stopping)
    {
        if (FlowOf(call) is not { Flow.Record: true })
            return await RunAsync(call, leg, memory, diary, stopping);
        var recorded = recorder.Record(call, leg);
        var outcome = await RunAsync(call, recorded, memory, diary, stopping);
        recorded.Recording.End();
        if (recorded.Recording.Path is not { } path)
            return outcome;
        diary.Recorded(path, recorded.Recording.Length);
        return outcome with { Recording = path };
    }

    public void NotServed(IncomingCall call, CallOutcome outcome)
    {
        using var followed = events.Follow(call);
        var diary = new CallDiary(call, null, events, time, FlowOf(call)?.Version ?? "");
        if (call.IsAdopted)
            diary.Started();
        diary.End(outcome);
    }

    private void Refused(IncomingCall call, string reason)
    {
        if (reason == Reasons.Overloaded)
            log.Overloaded(call.Entry, call.Channel, admission.Active, listening.RecognitionDelay?.TotalSeconds ?? 0, options.Value.MaxRecognitionDelay.TotalSeconds, admission.RealTimeFactor ?? 0, options.Value.MaxRealTimeFactor);
        // Of missing descriptors a line was written when it began, and at a stop that calls are refused.
        else if (reason == Reasons.OverCapacity)
            log.Refused(call.Entry, call.Channel, reason, admission.Active, options.Value.MaxCalls);
        else
            log.RefusedAsSaid(call.Entry, call.Channel, reason);
    }

    private LoadedFlow? FlowOf(IncomingCall call) => call.Request is CallRequest.RunFlow { Name: var name } ? flows.Get(name) : null;

    private async Task<CallOutcome> RunAsync(IncomingCall call, ICallLeg leg, CallMemory memory, CallDiary diary, CancellationToken stopping)
    {
        // Told to stop, the call may go on for a while, then is cut and goes back to the dialplan.
        using var cut = new CancellationTokenSource();
        await using var drain = stopping.Register(() => _ = CutLaterAsync(cut));
        try
        {
            var played = new PlayedSound(leg.Audio);
            await using var listener = new Listener(leg, detector, recognizer, options.Value.MaxUtterance, time, turnDetector, listening, diary.Paused, played);
            var player = new PromptPlayer(leg, played, prompts, time);
            var outcome = await new CallFlow(call, listener, player, flows, memory, diary, webhooks ?? NoWebhooks.Instance, options.Value, time, log).RunAsync(cut.Token);
            // Audio that ended ends a conversation as a hangup does; the leg knows whether it was one.
            return outcome.Result == CallResult.HangUp && outcome.Reason == Reasons.CallerHungUp && !leg.HungUp.IsCancellationRequested
                ? outcome with { Result = CallResult.Error, Reason = Reasons.AudioLost }
                : outcome;
        }
        catch (Exception unexpected) when (unexpected is not OutOfMemoryException)
        {
            log.Broken(unexpected, call.Entry, call.Channel);
            return new CallOutcome(call.Id, leg.HungUp.IsCancellationRequested ? CallResult.HangUp : CallResult.Error, "internal", NextStep.InDialplan);
        }
    }

    private async Task CutLaterAsync(CancellationTokenSource cut)
    {
        await Task.Delay(options.Value.DrainTimeout, time, CancellationToken.None);
        try
        {
            await cut.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The call ended in time.
        }
    }
}

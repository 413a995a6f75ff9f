using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Responses;
using AsteriskVoiceAi.Calls.Routing;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls.Resumption;

/// <summary>Notes at every turn where a call stands, on its own channel, and takes it up there when an earlier service left it.</summary>
internal sealed class CallMemory
{
    private readonly IncomingCall _call;
    private readonly ICallLeg _leg;
    private readonly ILogger _log;
    private readonly CallCheckpoint? _found;
    private readonly DateTimeOffset _began;

    public CallMemory(IncomingCall call, ICallLeg leg, TimeProvider time, ILogger log)
    {
        (_call, _leg, _log) = (call, leg, log);
        var now = time.GetUtcNow();
        _found = call.IsAdopted ? CheckpointText.Read(call.Checkpoint, call.Id, now) : null;
        _began = _found is null ? now : DateTimeOffset.FromUnixTimeMilliseconds(_found.Began);
        Before = now > _began ? now - _began : TimeSpan.Zero;
    }

    /// <summary>How long the call had run before it came to us.</summary>
    public TimeSpan Before { get; }

    /// <summary>What the flow's texts may use: as the conversation had them, else as the dialplan passes them.</summary>
    public IReadOnlyDictionary<string, string> Variables(CallRequest.RunFlow request) =>
        _found is { Variables.Count: > 0 } && _found.Flow == request.Name ? _found.Variables : request.Variables;

    /// <summary>The first thing to say: the greeting, or where the call was left, after an apology. A caller whose way was decided is sent there.</summary>
    public Reply Begin(TurnHandler conversation, Flow flow)
    {
        if (!_call.IsAdopted)
            return conversation.Handle(new CallerTurn.Start());
        var apology = StandardTexts.Apology(flow.Language, texts => texts.LostYou);
        if (_found?.In(flow) is not { Last: { } last } progress)
        {
            _log.BegunAnew(_call.Channel, flow.Name);
            var greeting = conversation.Handle(new CallerTurn.Start());
            return greeting with { Prompts = [apology, .. greeting.Prompts] };
        }
        _log.TakenUp(_call.Channel, flow.Name, progress.Turns);
        conversation.Progress = progress;
        if (progress.Enquiry is not null)
            last = conversation.AskServerAgain();
        return last.Next is ReplyNext.End ? last : last with { Prompts = [apology, .. last.Prompts] };
    }

    /// <summary>Notes where the call stands. Costs the call no time.</summary>
    public void Keep(TurnHandler conversation, Flow flow, IReadOnlyDictionary<string, string> variables) =>
        _leg.Note(CallVariables.Resume, CheckpointText.Write(CallCheckpoint.Of(_call.Id, _began, flow.Name, variables, conversation.Progress)));
}

using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Calls.Synthesis;

namespace AsteriskVoiceAi.Calls.Responses;

/// <content>What an intent does, and where calls go that lead nowhere.</content>
internal sealed partial class TurnHandler
{
    /// <summary>Where the call goes when the conversation leads nowhere. Always an end.</summary>
    private Reply Follow(FlowTarget target, CallResult result, string reason)
    {
        switch (target)
        {
            case FlowTarget.ToIntent to:
                return Run(_flow.Intent(to.Intent)!, result, reason, mustEnd: true);
            case FlowTarget.HangUp:
                return new Reply([.. _voice.Goodbye()], new ReplyNext.End(result, reason, new NextStep.HangUp()));
            case FlowTarget.Dialplan:
                return new Reply([], new ReplyNext.End(result, reason, NextStep.InDialplan));
            default:
                throw new ArgumentOutOfRangeException(nameof(target), target, "not a target");
        }
    }

    /// <summary>The steps of an intent. The last one of every intent asks again or ends; that was checked when the flow was loaded.</summary>
    /// <param name="mustEnd">Whether it ends, too, where the last step asks again.</param>
    /// <param name="from">The first step that is taken.</param>
    private Reply Run(FlowIntent intent, CallResult result, string reason, bool mustEnd = false, int from = 0)
    {
        var prompts = new List<Prompt>();
        for (var at = from; at < intent.Do.Count; at++)
        {
            switch (intent.Do[at])
            {
                case FlowStep.Say say:
                    prompts.AddRange(_voice.Say(say.Text).Select(prompt => prompt with { MustBeHeard = say.MustBeHeard, Voice = say.Voice ?? prompt.Voice }));
                    break;
                case FlowStep.Webhook webhook:
                    return Fetch(prompts, new Enquiry.OfStep(intent.Name, at, result, reason, mustEnd), webhook.Server, webhook.Save is not null);
                case FlowStep.AskAgain again:
                    prompts.AddRange(_voice.Say(again.Text));
                    if (mustEnd)
                        return new Reply(prompts, new ReplyNext.End(result, reason, NextStep.InDialplan));
                    Progress = Progress with { AskedForMore = true };
                    return Ask(prompts);
                case FlowStep.Transfer transfer:
                    prompts.AddRange(_voice.Say(transfer.Text));
                    return new Reply(prompts, new ReplyNext.End(result, reason, new NextStep.Transfer(new Destination(transfer.Context, transfer.Extension))));
                case FlowStep.HangUp hangUp:
                    prompts.AddRange(_voice.Say(hangUp.Text));
                    return new Reply(prompts, new ReplyNext.End(result, reason, new NextStep.HangUp()));
                case FlowStep.Return back:
                    prompts.AddRange(_voice.Say(back.Text));
                    return new Reply(prompts, new ReplyNext.End(result, reason, NextStep.InDialplan));
                case var step:
                    throw new InvalidOperationException($"step {step.GetType().Name} of intent {intent.Name} is not known");
            }
        }
        throw new InvalidOperationException($"intent {intent.Name} has no last step");
    }
}

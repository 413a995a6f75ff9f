using System.Text.Json;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Calls.Webhooks;

namespace AsteriskVoiceAi.Calls.Responses;

/// <content>Servers: what they are asked in the middle of a conversation, and what becomes of their answers.</content>
internal sealed partial class TurnHandler
{
    /// <summary>
    /// The server that was being asked when another service left the call: asked again where that changes nothing there. Otherwise nobody
    /// knows whether it has done what it was to do, which counts as a failure.
    /// </summary>
    public Reply AskServerAgain()
    {
        var reply = Server(Progress.Enquiry!) is { IsRepeatable: true } server
            ? Fetch([], Progress.Enquiry!, server, WantsAnswer(Progress.Enquiry!))
            : Answered(new WebhookAnswer.Failed("the service was restarted while it was asked"));
        Progress = Progress with { Last = reply };
        return reply;
    }

    /// <param name="prompts">Said while it is asked.</param>
    private Reply Fetch(IReadOnlyList<Prompt> prompts, Enquiry enquiry, FlowWebhook server, bool wantsAnswer)
    {
        var asked = enquiry as Enquiry.OfSlot;
        Progress = Progress with { Enquiry = enquiry };
        if (server.Request(name => name == asked?.Slot ? CallVariables.OneLine(asked.Value) : _values.Plain(name), wantsAnswer) is { } request)
            return new Reply(prompts, new ReplyNext.Fetch(request));
        var failed = Answered(new WebhookAnswer.Failed("a value would make another address of it"));
        return failed with { Prompts = [.. prompts, .. failed.Prompts] };
    }

    private Reply Check(FlowIntent intent, SlotMove.Check check) =>
        Fetch([], new Enquiry.OfSlot(intent.Name, check.Filling.Slot, check.Value), intent.Slots.First(slot => slot.Name == check.Filling.Slot).Check!, wantsAnswer: true);

    private Reply Answered(WebhookAnswer answer)
    {
        var enquiry = Progress.Enquiry;
        Progress = Progress with { Enquiry = null };
        return enquiry switch
        {
            Enquiry.OfStep step => AfterStep(step, answer),
            Enquiry.OfSlot slot => AfterCheck(slot, answer),
            // Nobody was asked.
            _ => Progress.Last!,
        };
    }

    private Reply AfterStep(Enquiry.OfStep at, WebhookAnswer answer)
    {
        var intent = _flow.Intent(at.Intent)!;
        var webhook = (FlowStep.Webhook)intent.Do[at.Step];
        if (webhook.Save is { } name)
            Progress = Progress with { State = State with { Saved = Saved(name, (answer as WebhookAnswer.Answered)?.Json ?? default) } };
        return answer is WebhookAnswer.Failed(var why) && Failed(webhook.Server, at, why) is { } elsewhere
            ? elsewhere
            : Run(intent, at.Result, at.Reason, at.MustEnd, at.Step + 1);
    }

    private Reply AfterCheck(Enquiry.OfSlot at, WebhookAnswer answer)
    {
        var intent = _flow.Intent(at.Intent)!;
        var slot = intent.Slots.First(slot => slot.Name == at.Slot);
        var verdict = answer is WebhookAnswer.Answered(var json) ? SlotVerdict.Of(json, slot, at.Value) : null;
        var why = answer is WebhookAnswer.Failed failed ? failed.Why : verdict is null ? "its answer has no \"valid\": true or false" : null;
        if (why is not null && Failed(slot.Check!, at, why) is { } elsewhere)
        {
            Progress = Progress with { Filling = null };
            return elsewhere;
        }
        return Follow(_slots.Checked(Progress.Filling ?? new SlotFilling(intent.Name, slot.Name), intent, at.Value, State.Slots, verdict), intent);
    }

    /// <summary>What the flow does where a server fails; null = it goes on.</summary>
    private Reply? Failed(FlowWebhook server, Enquiry enquiry, string why)
    {
        ResponsesLog.WebhookFailed(_logger, _flow.Name, $"{server.Method} {server.Url}", enquiry.Intent, why, server.OnError switch { null => "on", FlowTarget.ToIntent(var intent) => $"to {intent}", FlowTarget.HangUp => "out of the call", _ => "back to the dialplan" });
        var mustEnd = enquiry is Enquiry.OfStep { MustEnd: true };
        return server.OnError switch
        {
            null => null,
            FlowTarget.ToIntent(var to) => Run(_flow.Intent(to)!, to == _flow.Operator ? CallResult.Escalate : CallResult.Done, Reasons.WebhookFailed, mustEnd),
            var target => Follow(target, CallResult.Error, Reasons.WebhookFailed),
        };
    }

    /// <summary>What is kept of an answer: the parts that the flow uses. Those of an earlier answer under the same name are gone.</summary>
    private Dictionary<string, string> Saved(string name, JsonElement json)
    {
        var saved = State.Saved.Where(part => part.Key.Split('.')[0] != name).ToDictionary();
        foreach (var place in _flow.Places(name))
            saved[place] = HostileText.Spoken(json.ValueKind == JsonValueKind.Undefined ? "" : JsonValues.Find(json, place[name.Length..]) ?? "");
        return saved;
    }

    private FlowWebhook? Server(Enquiry enquiry) => enquiry switch
    {
        Enquiry.OfStep step => (_flow.Intent(step.Intent)!.Do[step.Step] as FlowStep.Webhook)?.Server,
        Enquiry.OfSlot slot => _flow.Intent(slot.Intent)!.Slots.FirstOrDefault(own => own.Name == slot.Slot)?.Check,
        _ => null,
    };

    private bool WantsAnswer(Enquiry enquiry) => enquiry is not Enquiry.OfStep step || _flow.Intent(step.Intent)!.Do[step.Step] is FlowStep.Webhook { Save: not null };
}

using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Calls.Slots;
using AsteriskVoiceAi.Calls.Synthesis;

namespace AsteriskVoiceAi.Calls.Responses;

/// <content>Slots: what an intent needs to know is asked for before its steps run.</content>
internal sealed partial class TurnHandler
{
    /// <summary>Answers without a value before the call goes where no-match calls go, where the flow has fewer no-match prompts.</summary>
    private const int LeastTries = 2;

    /// <summary>The slot that is being asked for, with its intent.</summary>
    private (SlotFilling Filling, FlowIntent Intent, FlowSlot Slot)? Filling =>
        Progress.Filling is { } filling && _flow.Intent(filling.Intent) is { } intent && intent.Slots.FirstOrDefault(slot => slot.Name == filling.Slot) is { } slot ? (filling, intent, slot) : null;

    /// <summary>For the dialplan: also those of the last intent that have no value, so that nothing of an earlier call on the channel is read.</summary>
    public IReadOnlyDictionary<string, string> FilledSlots
    {
        get
        {
            var all = _flow.Intents.SelectMany(intent => intent.Slots).Select(slot => slot.Name).Distinct().ToDictionary(name => name, _ => "");
            foreach (var (name, value) in State.Slots)
                all[name] = value;
            return all;
        }
    }

    private Reply RunForCaller(FlowIntent intent, CallerTurn.Heard? heard)
    {
        Progress = Progress with { NoInputs = 0, NoMatches = 0, Asked = null, AskedForMore = false };
        return intent.Slots.Count == 0 ? RunNow(intent) : Follow(_slots.Begin(intent, State.Slots, heard), intent);
    }

    private Reply RunNow(FlowIntent intent) => intent.Name == _flow.Operator
        ? Run(intent, CallResult.Escalate, Reasons.CallerAsked)
        : Run(intent, CallResult.Done, intent.Do[^1] is FlowStep.HangUp ? Reasons.FlowHungUp : "");

    private Reply AnswerSlot(SlotFilling filling, FlowIntent intent, FlowSlot slot, CallerTurn turn)
    {
        if (turn is CallerTurn.Heard heard && filling.Pending is null && slot.Type is not (SlotType.YesNo or SlotType.Choice) && Global(heard) is { } reply)
            return reply;
        var move = _slots.Answer(filling, intent, State.Slots, turn);
        if (move is SlotMove.NoAnswer { IsOtherWords: true } && turn is CallerTurn.Heard other)
        {
            if (Global(other) is { } global)
                return global;
            // A caller who has changed their mind says so in words that are surely another intent's.
            if (Decide(other) is IntentDecision.Accept accept && accept.Intent != intent.Name)
            {
                Progress = Progress with { Filling = null };
                return Accept(accept, other) with { Decision = accept };
            }
        }
        return Follow(move, intent);
    }

    private Reply SilentAtSlot(SlotFilling filling, FlowIntent intent)
    {
        if (Progress.NoInputs >= _flow.NoInput.Prompts.Count)
            return Follow(_flow.NoInput.Then, CallResult.NoInput, Reasons.Silence);
        Progress = Progress with { NoInputs = Progress.NoInputs + 1 };
        return Follow(_slots.Again(filling, intent, State.Slots, []), intent);
    }

    private Reply Follow(SlotMove move, FlowIntent intent)
    {
        switch (move)
        {
            case SlotMove.Ask ask:
                Progress = Progress with { Filling = ask.Filling with { Tries = ask.Filling.Slot == Progress.Filling?.Slot ? ask.Filling.Tries : 0 }, State = State with { Slots = ask.Slots } };
                return Ask(ask.Prompts, ask.Expectation);
            case SlotMove.Check check:
                Progress = Progress with { Filling = check.Filling, State = State with { Slots = check.Slots } };
                return Check(intent, check);
            case SlotMove.Filled filled:
                Progress = Progress with { Filling = null, State = State with { Slots = filled.Slots } };
                return RunNow(intent);
            case SlotMove.NoAnswer none when none.Filling.Tries >= Math.Max(LeastTries, _flow.NoMatch.Prompts.Count):
                Progress = Progress with { Filling = null };
                return Follow(_flow.NoMatch.Then, CallResult.NoMatch, Reasons.LowConfidence);
            case SlotMove.NoAnswer none:
                Progress = Progress with { Filling = none.Filling with { Tries = none.Filling.Tries + 1 }, State = State with { Slots = none.Slots ?? State.Slots } };
                return Ask(none.Prompts, none.Expectation);
            default:
                throw new InvalidOperationException($"{move.GetType().Name} is no way to go on");
        }
    }

    /// <summary>What a caller may always say; null = it was none of that.</summary>
    private Reply? Global(CallerTurn.Heard heard)
    {
        switch (GlobalWords.Find(heard.Text, _flow.Language))
        {
            case GlobalWord.Repeat when Progress.Last is { Next: ReplyNext.Listen } last:
                return last;
            case GlobalWord.StartOver:
                Progress = Progress with { Filling = null };
                return Greet();
            case GlobalWord.Goodbye:
                Progress = Progress with { Filling = null };
                return Goodbye();
            case GlobalWord.Operator when _flow.Intent(_flow.Operator) is { } person:
                Progress = Progress with { Filling = null };
                return Accept(new IntentDecision.Accept(person.Name, 1), heard);
            default:
                return null;
        }
    }
}

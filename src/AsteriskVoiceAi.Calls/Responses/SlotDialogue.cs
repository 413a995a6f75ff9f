using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Slots;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Calls.Webhooks;

namespace AsteriskVoiceAi.Calls.Responses;

/// <summary>Asks for an intent's slots one after the other, and reads back what was not heard clearly.</summary>
internal sealed class SlotDialogue(FlowVoice voice, SlotHearing hearing, YesNoReader? yesNo)
{
    /// <summary>Takes what the caller has said with the wish, then asks for the first slot that is missing.</summary>
    /// <param name="heard">The wish in words; null = it was keyed.</param>
    public SlotMove Begin(FlowIntent intent, IReadOnlyDictionary<string, string> slots, CallerTurn.Heard? heard)
    {
        // A second parcel has a number of its own.
        var known = slots.Where(slot => intent.Slots.All(own => own.Name != slot.Key)).ToDictionary();
        foreach (var (slot, ahead) in heard is null ? [] : hearing.ReadAhead(intent, known, heard))
            known[slot.Name] = ahead;
        // What nobody asked for was heard among other words, so it is read back; or a server is asked about it. One a time: the others are asked for.
        if (intent.Slots.FirstOrDefault(slot => known.ContainsKey(slot.Name) && (slot.Confirm != SlotConfirm.Never || slot.Check is not null)) is not { } first)
            return Next(intent, known);
        var filling = new SlotFilling(intent.Name, first.Name);
        var value = known[first.Name];
        var others = known.Where(other => other.Key != first.Name && intent.Slots.All(slot => slot.Name != other.Key || slot.Check is null)).ToDictionary();
        return first.Confirm == SlotConfirm.Never ? Save(filling, intent, first, value, others) : ReadBack(filling, first, value, others);
    }

    /// <summary>What a server says about a value that it was asked about.</summary>
    /// <param name="verdict">Null = it says nothing of use: the value stands.</param>
    public SlotMove Checked(SlotFilling filling, FlowIntent intent, string value, IReadOnlyDictionary<string, string> slots, SlotVerdict? verdict)
    {
        var slot = intent.Slots.First(slot => slot.Name == filling.Slot);
        if (verdict is not SlotVerdict.Invalid invalid)
            return Keep(intent, slot, (verdict as SlotVerdict.Valid)?.Value ?? value, slots);
        Prompt[] reason = [.. invalid.Reason.Length > 0 ? voice.Quote(invalid.Reason) : slot.Invalid is null ? voice.CanNotBe() : voice.Say(slot.Invalid)];
        return new SlotMove.NoAnswer(filling with { Pending = null }, [.. reason, .. voice.Say(slot.Ask)], SlotHearing.Expects(slot));
    }

    public SlotMove Answer(SlotFilling filling, FlowIntent intent, IReadOnlyDictionary<string, string> slots, CallerTurn turn)
    {
        var slot = intent.Slots.First(slot => slot.Name == filling.Slot);
        return filling.Pending is { } pending ? AfterReadBack(filling, intent, slot, pending, slots, turn) : Take(filling, intent, slot, slots, turn, afresh: false);
    }

    /// <summary>The open question again.</summary>
    public SlotMove Again(SlotFilling filling, FlowIntent intent, IReadOnlyDictionary<string, string> slots, IEnumerable<Prompt> before)
    {
        var slot = intent.Slots.First(slot => slot.Name == filling.Slot);
        return filling.Pending is { } pending
            ? ReadBack(filling, slot, pending, slots)
            : new SlotMove.Ask(filling, slots, [.. before, .. voice.Say(slot.Ask)], SlotHearing.Expects(slot));
    }

    private SlotMove AfterReadBack(SlotFilling filling, FlowIntent intent, FlowSlot slot, string pending, IReadOnlyDictionary<string, string> slots, CallerTurn turn)
    {
        if (turn is CallerTurn.Keys { Pressed: "1" or "2" } keys)
            return keys.Pressed == "1" ? Save(filling, intent, slot, pending, slots) : Refused(filling, slot, slots);
        if (turn is not CallerTurn.Heard heard)
            return Take(filling, intent, slot, slots, turn, afresh: true);
        if (SlotHearing.Correct(slot, pending, heard.Text) is { } mended)
            return ReadBack(filling, slot, mended, slots);
        var answer = yesNo?.Read(heard.Text) ?? new YesNoReading(YesNo.Neither, [], 0, IsFirst: false);
        if (answer.Answer == YesNo.Yes)
            return Save(filling, intent, slot, pending, slots);
        // "No, four zero one three": the right one comes with the no.
        var rest = heard with { Text = string.Join(' ', answer.Rest), Alternatives = [], Expected = null };
        if (answer.Answer == YesNo.No)
            return answer.Rest.Count > 0 && hearing.Hear(slot, rest) is SlotAnswer.Value(var other, _) ? ReadBack(filling, slot, other, slots) : Refused(filling, slot, slots);
        return Take(filling, intent, slot, slots, turn, afresh: true);
    }

    /// <param name="afresh">The value stands in the place of one that was read back, so it is read back, too.</param>
    private SlotMove Take(SlotFilling filling, FlowIntent intent, FlowSlot slot, IReadOnlyDictionary<string, string> slots, CallerTurn turn, bool afresh)
    {
        var answer = turn switch
        {
            CallerTurn.Heard heard => hearing.Hear(slot, heard),
            CallerTurn.Keys keys => hearing.Press(slot, keys.Pressed),
            _ => new SlotAnswer.None(),
        };
        switch (answer)
        {
            case SlotAnswer.Value(var value, var isSure):
                var needsReadBack = slot.Confirm == SlotConfirm.Always || (slot.Confirm == SlotConfirm.Auto && (!isSure || afresh) && slot.Type is not (SlotType.YesNo or SlotType.Text));
                return needsReadBack ? ReadBack(filling, slot, value, slots) : Save(filling, intent, slot, value, slots);
            case SlotAnswer.Wrong(_, var problem):
                var reason = slot.Invalid is null ? voice.Reason(slot, problem) : voice.Say(slot.Invalid);
                return new SlotMove.NoAnswer(filling with { Pending = null }, [.. reason, .. voice.Say(slot.Ask)], SlotHearing.Expects(slot));
            default:
                return new SlotMove.NoAnswer(filling, filling.Pending is { } pending ? [.. voice.ReadBack(slot, pending)] : [.. voice.NotGot(), .. voice.Say(slot.Ask)], Expected(filling, slot)) { IsOtherWords = true };
        }
    }

    private static Expectation Expected(SlotFilling filling, FlowSlot slot) => filling.Pending is null ? SlotHearing.Expects(slot) : new Expectation.YesNo();

    private SlotMove.NoAnswer Refused(SlotFilling filling, FlowSlot slot, IReadOnlyDictionary<string, string> slots) =>
        new(filling with { Pending = null }, [.. voice.Say(slot.Ask)], SlotHearing.Expects(slot)) { Slots = slots };

    private SlotMove Save(SlotFilling filling, FlowIntent intent, FlowSlot slot, string value, IReadOnlyDictionary<string, string> slots) =>
        slot.Check is null ? Keep(intent, slot, value, slots) : new SlotMove.Check(filling with { Pending = null }, slots, value);

    private SlotMove Keep(FlowIntent intent, FlowSlot slot, string value, IReadOnlyDictionary<string, string> slots) =>
        Next(intent, new Dictionary<string, string>(slots) { [slot.Name] = value });

    private SlotMove.Ask ReadBack(SlotFilling filling, FlowSlot slot, string value, IReadOnlyDictionary<string, string> slots) =>
        new(filling with { Pending = value }, slots, [.. voice.ReadBack(slot, value)], new Expectation.YesNo());

    private SlotMove Next(FlowIntent intent, Dictionary<string, string> known) =>
        intent.Slots.FirstOrDefault(slot => !known.ContainsKey(slot.Name)) is { } missing
            ? new SlotMove.Ask(new SlotFilling(intent.Name, missing.Name), known, [.. voice.Say(missing.Ask)], SlotHearing.Expects(missing))
            : new SlotMove.Filled(known);
}

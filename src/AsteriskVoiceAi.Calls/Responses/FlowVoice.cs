using System.Globalization;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Calls.Slots;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Calls.Synthesis.Markup;

namespace AsteriskVoiceAi.Calls.Responses;

/// <summary>Words of a flow as prompts for one call: its language and its values.</summary>
internal sealed class FlowVoice(Flow flow, FlowValues values)
{
    private readonly StandardTexts? _standard = StandardTexts.For(flow.Language);

    /// <summary>The text, or nothing when its variables leave no words.</summary>
    public IEnumerable<Prompt> Say(FlowText? text)
    {
        return Words(text?.Render(values.Spoken) ?? "", text is { IsStatic: true });
    }

    public IEnumerable<Prompt> Goodbye() => Words(_standard?.Goodbye ?? "", isFixed: true);

    public IEnumerable<Prompt> GoAhead() => Words(_standard?.GoAhead ?? "", isFixed: true);

    /// <summary>"Did you want …?"; nothing where neither the flow nor we have words for it.</summary>
    public IEnumerable<Prompt> Question(FlowIntent intent)
    {
        if (intent.Confirm is not null)
            return Say(intent.Confirm);
        return Words(_standard?.Question(intent.Title) ?? "", isFixed: true);
    }

    /// <summary>"Did you want …, or …?"; nothing where we have no words for it, or the flow has words of its own for one of them.</summary>
    public IEnumerable<Prompt> Question(FlowIntent first, FlowIntent second) =>
        first.Confirm is null && second.Confirm is null && _standard is not null ? Words(_standard.Question(first.Title, second.Title), isFixed: true) : [];

    /// <summary>"Sorry, I didn't get that."</summary>
    public IEnumerable<Prompt> NotGot() => Words(_standard?.NotGot ?? "", isFixed: true);

    /// <summary>"Is there anything else?"</summary>
    public IEnumerable<Prompt> AnythingElse() => Words(_standard?.AnythingElse ?? "", isFixed: true);

    /// <summary>"One moment, please."</summary>
    public IEnumerable<Prompt> OneMoment() => Words(_standard?.OneMoment ?? "", isFixed: true);

    /// <summary>Words of a server, which are words and nothing else.</summary>
    public IEnumerable<Prompt> Quote(string text) => Words(SpeechMarkup.Plain(text), isFixed: false);

    /// <summary>"4 1 5 2, is that right?"</summary>
    public IEnumerable<Prompt> ReadBack(FlowSlot slot, string value) =>
        Words(SpeechMarkup.Plain(string.Format(CultureInfo.InvariantCulture, _standard?.IsThatRight ?? "{0}?", CallVariables.OneLine(SpokenValue.Of(slot.Type, value)))), isFixed: false);

    /// <summary>"That doesn't seem to be right."</summary>
    public IEnumerable<Prompt> CanNotBe() => Words(_standard?.CanNotBe ?? "", isFixed: true);

    /// <summary>Why a value can't be right.</summary>
    public IEnumerable<Prompt> Reason(FlowSlot slot, SlotProblem problem) => Words(_standard is null ? "" : string.Format(
        CultureInfo.InvariantCulture,
        problem switch
        {
            SlotProblem.TooShort => _standard.TooShort,
            SlotProblem.TooLong => _standard.TooLong,
            _ => _standard.CanNotBe,
        },
        problem == SlotProblem.TooShort ? slot.Rules.MinLength : slot.Rules.MaxLength), isFixed: true);

    private IEnumerable<Prompt> Words(string text, bool isFixed) => string.IsNullOrWhiteSpace(text) ? [] : [new Prompt(text, flow.Language) { Voice = flow.Voice, IsFixed = isFixed }];
}

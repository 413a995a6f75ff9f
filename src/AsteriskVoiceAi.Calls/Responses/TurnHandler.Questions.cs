using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Slots;
using AsteriskVoiceAi.Calls.Synthesis;

namespace AsteriskVoiceAi.Calls.Responses;

/// <content>"Did you want …?", and "Did you want …, or …?" where two intents are nearly as likely.</content>
internal sealed partial class TurnHandler
{
    private Reply Confirm(IntentDecision.Confirm confirm, CallerTurn.Heard heard)
    {
        if (_yesNo is null)
            return NoMatch();
        var asked = new OpenQuestion(confirm.Intent, confirm.Confidence, heard.Text, confirm.Or);
        // A flow that words one of the questions itself is asked about one at a time.
        if (asked.Or is not null && !Words(asked).Any())
            asked = asked with { Or = null };
        if (!Words(asked).Any())
            return NoMatch();
        Progress = Progress with { Asked = asked };
        return Question(asked);
    }

    private Reply Question(OpenQuestion asked) => Ask(Words(asked), asked.Or is null ? new Expectation.YesNo() : Expectation.Anything);

    private IEnumerable<Prompt> Words(OpenQuestion asked) =>
        asked.Or is { } or ? _voice.Question(_flow.Intent(asked.Intent)!, _flow.Intent(or)!) : _voice.Question(_flow.Intent(asked.Intent)!);

    /// <summary>One of two may be chosen by its place, by its title, or by any words that lean to it.</summary>
    private Reply AfterChoice(OpenQuestion asked, string or, YesNo answer, IntentDecision decision, CallerTurn.Heard heard)
    {
        string[] titles = [_flow.Intent(asked.Intent)!.Title, _flow.Intent(or)!.Title];
        var chosen = SlotReader.Read(new SlotQuestion(SlotType.Choice, default) { Locale = _flow.Language, Choices = titles }, heard.Text)?.Value;
        if (chosen is not null)
            return Confirmed(asked with { Intent = chosen == titles[0] ? asked.Intent : or }, heard) with { Decision = decision };
        switch (decision, answer)
        {
            case (IntentDecision.Accept accept, _):
                return Act(accept, heard, refused: null);
            case (IntentDecision.Confirm confirm, not YesNo.No) when confirm.Intent == asked.Intent || confirm.Intent == or:
                return Confirmed(asked with { Intent = confirm.Intent }, heard) with { Decision = decision };
            case (_, YesNo.Yes):
                // To which of them?
                return Confirm(new IntentDecision.Confirm(asked.Intent, asked.Confidence), heard with { Text = asked.Said ?? heard.Text });
            case (_, YesNo.No):
                Progress = Progress with { Refused = asked.Intent };
                return NoMatch();
            default:
                return Act(decision, heard, refused: null);
        }
    }
}

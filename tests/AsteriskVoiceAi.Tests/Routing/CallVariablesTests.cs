using System.Text;
using AsteriskVoiceAi.Calls.Routing;
using FsCheck;
using FsCheck.Fluent;

namespace AsteriskVoiceAi.Tests.Routing;

internal sealed class CallVariablesTests
{
    [Test]
    public void Outcome_becomes_the_variables_of_the_contract_with_the_result_last()
    {
        var outcome = new CallOutcome("c1", CallResult.Done, "", NextStep.InDialplan)
        {
            Intent = "track-parcel",
            Confidence = 0.876,
            Text = "Where is my parcel?",
            Digits = "1",
            Slots = new Dictionary<string, string> { ["parcel-number"] = "12345678" },
        };

        Assert.That(CallVariables.From(outcome).Select(v => $"{v.Key}={v.Value}"), Is.EqualTo(new[]
        {
            "VOICEAI_CALL=c1",
            "VOICEAI_REASON=",
            "VOICEAI_INTENT=track-parcel",
            "VOICEAI_CONFIDENCE=0.88",
            "VOICEAI_TEXT=Where is my parcel?",
            "VOICEAI_DIGITS=1",
            "VOICEAI_SLOT_PARCEL_NUMBER=12345678",
            "VOICEAI_RESULT=done",
        }));
    }

    [Test]
    public void Nothing_heard_leaves_the_confidence_empty() =>
        Assert.That(Value(new CallOutcome("c", CallResult.NoInput, "silence", NextStep.InDialplan), "VOICEAI_CONFIDENCE"), Is.Empty);

    [TestCase(CallResult.Done, "done")]
    [TestCase(CallResult.NoInput, "no-input")]
    [TestCase(CallResult.NoMatch, "no-match")]
    [TestCase(CallResult.Escalate, "escalate")]
    [TestCase(CallResult.HangUp, "hangup")]
    [TestCase(CallResult.Refused, "refused")]
    [TestCase(CallResult.Error, "error")]
    public void Results_have_the_words_of_the_contract(CallResult result, string word) =>
        Assert.That(CallVariables.Word(result), Is.EqualTo(word));

    [Test]
    public void Any_text_becomes_one_short_line_without_control_characters() => Prop
        .ForAll<string?>(text =>
        {
            var line = CallVariables.OneLine(text ?? "");
            return !line.Any(char.IsControl) && Encoding.UTF8.GetByteCount(line) <= CallVariables.MaxTextBytes;
        })
        .QuickCheckThrowOnFailure();

    [Test]
    public void Long_text_is_cut_at_a_whole_character()
    {
        var line = CallVariables.OneLine(string.Concat(Enumerable.Repeat("é😀", 400)));

        Assert.That(Encoding.UTF8.GetByteCount(line), Is.InRange(CallVariables.MaxTextBytes - 4, CallVariables.MaxTextBytes));
        Assert.That(line, Does.Not.Contain('\uFFFD'));
    }

    [Test]
    public void Any_slot_name_becomes_a_plain_variable_name() => Prop
        .ForAll<NonEmptyString>(name =>
        {
            var outcome = new CallOutcome("c", CallResult.Done, "", NextStep.InDialplan) { Slots = new Dictionary<string, string> { [name.Get] = "x" } };
            return CallVariables.From(outcome).All(v => v.Key.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_'));
        })
        .QuickCheckThrowOnFailure();

    private static string Value(CallOutcome outcome, string name) => CallVariables.From(outcome).Single(v => v.Key == name).Value;
}

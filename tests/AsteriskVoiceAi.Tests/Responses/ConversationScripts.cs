using AsteriskVoiceAi.Calls.Responses;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Tests.Flows;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.Responses;

/// <summary>
/// Whole conversations as tables. Caller's lines: words, <c>~words</c> = words that the recogniser guessed, <c>[1]</c> = keys, <c>...</c> = silence. Our lines, without the
/// greeting: what is said, then the end in angle brackets.
/// </summary>
public sealed class ConversationScripts
{
    private const string Flow = """
        flow: main
        greeting: Hello.
        no-input: { prompts: [Silence one., Silence two.], then: operator }
        no-match: { prompts: [Pardon one., Pardon two.], then: operator }
        intents:
          billing:
            title: the billing department
            keys: "3"
            examples: [billing, question about my invoice, pay a bill, refund]
            do: [{transfer: {context: billing, extension: "602", say: Billing it is.}}]
          sales:
            keys: "2"
            examples: [sales, buy a thing, what does it cost, order something new]
            confirm: Is it about buying something?
            do: [{transfer: {context: sales, extension: "601"}}]
          hours:
            keys: "41"
            examples: [opening hours, when are you open, are you open on saturday, when do you close]
            do: [{say: Nine to five.}, {ask-again: Anything else?}]
          operator:
            keys: "0"
            examples: [operator, talk to a person, an agent please, customer service]
            do: [{transfer: {context: support, extension: "600", say: Connecting you.}}]
          survey:
            keys: "9"
            do: [{return: Back to the menu.}]
          leave:
            keys: "8"
            do: [{hang-up: See you.}]
        """;

    private static readonly TestCaseData[] Conversations =
    [
        Script("Caller_who_says_what_they_want_is_transferred",
            "I have a question about my invoice", "Billing it is. <done  602@billing>"),
        Script("Caller_who_says_one_keyword_is_transferred",
            "billing", "Billing it is. <done  602@billing>"),
        Script("Keyword_with_politeness_is_enough",
            "Um, sales, please!", " <done  601@sales>"),
        Script("Caller_who_asks_for_a_person_is_escalated",
            "talk to a person", "Connecting you. <escalate caller-asked 600@support>"),
        Script("Caller_who_presses_zero_is_escalated",
            "[0]", "Connecting you. <escalate caller-asked 600@support>"),
        Script("Global_operator_works_in_words_that_no_example_has",
            "representative", "Connecting you. <escalate caller-asked 600@support>"),
        Script("Keys_choose_an_intent",
            "[2]", " <done  601@sales>"),
        Script("Keys_may_be_said",
            "option two please", " <done  601@sales>"),
        Script("Place_in_the_list_may_be_said",
            "xyzzy", "Pardon one.", "the third one", "Billing it is. <done  602@billing>"),
        Script("Keys_that_no_intent_has_are_not_understood",
            "[7]", "Pardon one.", "[3]", "Billing it is. <done  602@billing>"),
        Script("Silence_escalates_through_the_prompts",
            "...", "Silence one.", "...", "Silence two.", "...", "Connecting you. <no-input silence 600@support>"),
        Script("Unknown_words_escalate_through_the_prompts",
            "purple elephants dance", "Pardon one.", "xyzzy", "Pardon two.", "quack", "Connecting you. <no-match low-confidence 600@support>"),
        Script("A_word_between_silences_starts_them_afresh",
            "...", "Silence one.", "xyzzy", "Pardon one.", "...", "Silence one."),
        Script("Sound_without_words_counts_as_silence",
            "…!", "Silence one."),
        Script("Words_that_the_recogniser_guessed_are_confirmed",
            "~billing", "Did you want the billing department?", "yes please", "Billing it is. <done  602@billing>"),
        Script("Flow_may_word_the_question_itself",
            "~sales", "Is it about buying something?", "yeah that's right", " <done  601@sales>"),
        Script("Caller_who_says_no_to_a_confirmation_is_asked_again",
            "~billing", "Did you want the billing department?", "no", "Pardon one.", "sales", " <done  601@sales>"),
        Script("Caller_who_says_no_is_not_asked_the_same_again",
            "~billing", "Did you want the billing department?", "nope not that", "Pardon one.", "~billing", "Pardon two."),
        Script("Caller_who_corrects_a_confirmation_is_served",
            "~billing", "Did you want the billing department?", "no, sales", " <done  601@sales>"),
        Script("Caller_who_ignores_a_confirmation_is_heard_anew",
            "~billing", "Did you want the billing department?", "when are you open", "Nine to five. Anything else?"),
        Script("Caller_who_says_the_same_again_means_it",
            "~billing", "Did you want the billing department?", "~billing", "Billing it is. <done  602@billing>"),
        Script("Caller_who_does_not_know_is_reprompted",
            "~billing", "Did you want the billing department?", "I don't know", "Pardon one."),
        Script("Silence_after_a_confirmation_asks_it_again",
            "~billing", "Did you want the billing department?", "...", "Did you want the billing department?", "yes", "Billing it is. <done  602@billing>"),
        Script("Keys_answer_a_confirmation",
            "~billing", "Did you want the billing department?", "[2]", " <done  601@sales>"),
        Script("Say_that_again_repeats_a_confirmation_that_yes_still_answers",
            "~billing", "Did you want the billing department?", "what did you say", "Did you want the billing department?", "yes", "Billing it is. <done  602@billing>"),
        Script("Person_asked_for_at_a_confirmation_wins",
            "~billing", "Did you want the billing department?", "no, talk to a person", "Connecting you. <escalate caller-asked 600@support>"),
        Script("Caller_who_asks_again_after_hours_is_served_again",
            "when are you open", "Nine to five. Anything else?", "billing", "Billing it is. <done  602@billing>"),
        Script("Caller_who_needs_nothing_else_is_let_go",
            "opening hours", "Nine to five. Anything else?", "no thank you", "Goodbye. <done caller-finished hang-up>"),
        Script("Caller_who_answers_yes_to_anything_else_is_asked_what",
            "opening hours", "Nine to five. Anything else?", "yes", "Sure, what is it?", "sales", " <done  601@sales>"),
        Script("Goodbye_works_without_an_intent_for_it",
            "bye", "Goodbye. <done caller-finished hang-up>"),
        Script("Say_that_again_repeats_the_last_prompt",
            "opening hours", "Nine to five. Anything else?", "can you repeat that please", "Nine to five. Anything else?"),
        Script("Say_that_again_does_not_use_up_reprompts",
            "xyzzy", "Pardon one.", "pardon", "Pardon one.", "xyzzy", "Pardon two."),
        Script("Start_over_greets_again",
            "xyzzy", "Pardon one.", "start over", "Hello.", "xyzzy", "Pardon one."),
        Script("Flow_that_hangs_up_ends_done",
            "[8]", "See you. <done flow-hung-up hang-up>"),
        Script("Flow_that_returns_goes_on_in_the_dialplan",
            "[9]", "Back to the menu. <done  dialplan>"),
    ];

    [TestCaseSource(nameof(Conversations))]
    public void Conversation_goes_as_written(string[] lines)
    {
        var handler = new TurnHandler(FlowTexts.Load(Flow), new Dictionary<string, string>(), NullLogger.Instance);
        Assert.That(Written(handler.Handle(new CallerTurn.Start())), Is.EqualTo("Hello."));
        for (var i = 0; i < lines.Length; i += 2)
        {
            var reply = handler.Handle(Turn(lines[i]));
            var expected = lines[i + 1];
            Assert.That(Written(reply), Is.EqualTo(expected), $"after: {lines[i]} ({reply.Decision})");
        }
    }

    private static TestCaseData Script(string name, params string[] lines) => new TestCaseData([lines]).SetName(name);

    internal static CallerTurn Turn(string line) => line switch
    {
        "..." => new CallerTurn.NoInput(),
        ['[', .. var keys, ']'] => new CallerTurn.Keys(keys),
        ['~', .. var guessed] => new CallerTurn.Heard(guessed, 0.2),
        _ => new CallerTurn.Heard(line, 0.9),
    };

    internal static string Written(Reply reply)
    {
        var said = string.Join(' ', reply.Prompts.Select(prompt => prompt.Text));
        return reply.Next is not ReplyNext.End end ? said : $"{said} <{CallVariables.Word(end.Result)} {end.Reason} {Place(end.Next)}>";
    }

    private static string Place(NextStep next) => next switch
    {
        NextStep.Transfer transfer => transfer.Destination.ToString(),
        NextStep.HangUp => "hang-up",
        _ => "dialplan",
    };
}

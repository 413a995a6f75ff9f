using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Responses;
using AsteriskVoiceAi.Calls.Resumption;
using AsteriskVoiceAi.Tests.Flows;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.Responses;

/// <summary>Conversations about slots, as tables: see <see cref="ConversationScripts"/>.</summary>
public sealed class SlotScripts
{
    private const string Flow = """
        flow: main
        greeting: Hello.
        no-input: { prompts: [Silence one.], then: operator }
        no-match: { prompts: [Pardon one.], then: operator }
        intents:
          track:
            keys: "1"
            examples: [track a parcel, where is my parcel, parcel tracking]
            slots:
              number: { type: digits, length: 8, ask: What is the number? }
            do: [{say: "Parcel {number} is on its way."}, {ask-again: Anything else?}]
          book:
            keys: "2"
            examples: [book an appointment, make an appointment, see a doctor]
            slots:
              day: { type: date, ask: What day? }
              when: { type: time, ask: What time?, confirm: never }
            do: [{transfer: {context: desk, extension: "601", say: "{day}, {when}."}}]
          card:
            keys: "3"
            examples: [pay by card, make a payment]
            slots:
              card: { type: digits, length: 13..19, luhn: yes, ask: The card number?, confirm: always, invalid: There is a mistake in it. }
            do: [return]
          operator:
            keys: "0"
            examples: [operator, talk to a person]
            do: [{transfer: {context: support, extension: "600", say: Connecting you.}}]
        """;

    private static readonly TestCaseData[] Conversations =
    [
        Script("Value_is_asked_for_and_used",
            "track a parcel", "What is the number?", "four one five two oh nine eight seven", "Parcel 4 1 5 2, 0 9 8 7 is on its way. Anything else?"),
        Script("Value_in_the_first_sentence_is_read_back",
            "track a parcel 41520987", "4 1 5 2, 0 9 8 7. Is that right?", "yes", "Parcel 4 1 5 2, 0 9 8 7 is on its way. Anything else?"),
        Script("Value_that_is_too_short_is_asked_for_with_the_reason",
            "[1]", "What is the number?", "four one five", "That is too short, it should have at least 8. What is the number?", "four one five two oh nine eight seven", "Parcel 4 1 5 2, 0 9 8 7 is on its way. Anything else?"),
        Script("Keys_fill_a_slot",
            "[1]", "What is the number?", "[41520987]", "Parcel 4 1 5 2, 0 9 8 7 is on its way. Anything else?"),
        Script("Correction_is_read_back",
            "[1]", "What is the number?", "four one five two oh nine eight eight no sorry seven", "4 1 5 2, 0 9 8 7. Is that right?", "yes that's right", "Parcel 4 1 5 2, 0 9 8 7 is on its way. Anything else?"),
        Script("Guessed_words_are_read_back_and_mended",
            "[1]", "What is the number?", "~four one five two oh nine eight eight", "4 1 5 2, 0 9 8 8. Is that right?", "no, seven not two", "4 1 5 7, 0 9 8 8. Is that right?", "[1]", "Parcel 4 1 5 7, 0 9 8 8 is on its way. Anything else?"),
        Script("No_with_the_right_value_takes_its_place",
            "[1]", "What is the number?", "~four one five two oh nine eight eight", "4 1 5 2, 0 9 8 8. Is that right?", "no four one five two oh nine eight seven", "4 1 5 2, 0 9 8 7. Is that right?", "yes", "Parcel 4 1 5 2, 0 9 8 7 is on its way. Anything else?"),
        Script("Plain_no_asks_again",
            "[1]", "What is the number?", "~four one five two oh nine eight eight", "4 1 5 2, 0 9 8 8. Is that right?", "no", "What is the number?"),
        Script("Several_slots_in_one_sentence_are_taken",
            "[2]", "What day?", "June 9th", "What time?", "half past four in the afternoon", "Tuesday, June 9, 2026, 4 30 PM. <done  601@desk>"),
        Script("Day_told_with_the_wish_is_read_back_and_the_time_asked_for",
            "book an appointment for june ninth", "Tuesday, June 9, 2026. Is that right?", "yes", "What time?", "ten thirty", "Tuesday, June 9, 2026, 10 30 AM. <done  601@desk>"),
        Script("Card_with_a_wrong_check_digit_is_refused_with_the_flows_words",
            "[3]", "The card number?", "[4539578763621487]", "There is a mistake in it. The card number?", "[4539578763621486]", "4 5 3 9, 5 7 8 7, 6 3 6 2, 1 4 8 6. Is that right?", "[1]", " <done  dialplan>"),
        Script("Words_that_are_no_value_are_asked_again_then_given_up",
            "[1]", "What is the number?", "purple elephants", "Sorry, I didn't get that. What is the number?", "xyzzy", "Sorry, I didn't get that. What is the number?", "quack", "Connecting you. <no-match low-confidence 600@support>"),
        Script("Caller_may_ask_for_a_person_at_any_question",
            "[1]", "What is the number?", "operator", "Connecting you. <escalate caller-asked 600@support>"),
        Script("Caller_who_changes_their_mind_is_served",
            "[1]", "What is the number?", "book an appointment", "What day?"),
        Script("Repeat_says_the_question_again",
            "[1]", "What is the number?", "pardon", "What is the number?"),
        Script("Silence_at_a_question_asks_it_again_then_escalates",
            "[1]", "What is the number?", "...", "What is the number?", "...", "Connecting you. <no-input silence 600@support>"),
        Script("Start_over_forgets_the_question",
            "[1]", "What is the number?", "start over", "Hello.", "[2]", "What day?"),
        Script("Second_parcel_has_a_number_of_its_own",
            "[1]", "What is the number?", "[41520987]", "Parcel 4 1 5 2, 0 9 8 7 is on its way. Anything else?", "track a parcel", "What is the number?"),
    ];

    [TestCaseSource(nameof(Conversations))]
    public void Conversation_about_slots_goes_as_written(string[] lines)
    {
        var handler = Handler();
        handler.Handle(new CallerTurn.Start());
        for (var i = 0; i < lines.Length; i += 2)
        {
            var reply = handler.Handle(ConversationScripts.Turn(lines[i]));
            Assert.That(ConversationScripts.Written(reply), Is.EqualTo(lines[i + 1]), $"after: {lines[i]} ({reply.Decision})");
        }
    }

    [Test]
    public void Question_for_digits_of_known_number_expects_them_by_voice_and_key()
    {
        var handler = Handler();
        handler.Handle(new CallerTurn.Start());
        var reply = handler.Handle(new CallerTurn.Keys("1"));

        Assert.That(((ReplyNext.Listen)reply.Next).Expectation, Is.EqualTo(new Expectation.Digits(8, 8)));
        Assert.That((handler.MoreKeysMayFollow("4152098"), handler.MoreKeysMayFollow("41520987")), Is.EqualTo((true, false)));
    }

    [Test]
    public void What_the_recogniser_expected_counts_where_its_text_says_nothing()
    {
        var handler = Handler();
        handler.Handle(new CallerTurn.Start());
        handler.Handle(new CallerTurn.Keys("1"));
        var reply = handler.Handle(new CallerTurn.Heard("for won five to oh nein eight seven hmm", 0.9) { Expected = "41520987" });

        Assert.That(ConversationScripts.Written(reply), Is.EqualTo("4 1 5 2, 0 9 8 7. Is that right?"));
    }

    [Test]
    public void Filled_and_empty_slots_reach_the_dialplan()
    {
        var handler = Handler();
        handler.Handle(new CallerTurn.Start());
        handler.Handle(new CallerTurn.Keys("1"));
        handler.Handle(new CallerTurn.Keys("41520987"));

        Assert.That(handler.FilledSlots, Is.EquivalentTo(new Dictionary<string, string> { ["number"] = "41520987", ["day"] = "", ["when"] = "", ["card"] = "" }));
    }

    [Test]
    public void Call_taken_up_by_another_service_goes_on_at_its_question()
    {
        var handler = Handler();
        handler.Handle(new CallerTurn.Start());
        handler.Handle(new CallerTurn.Keys("2"));
        handler.Handle(new CallerTurn.Heard("June 9th", 0.9));
        var began = DateTimeOffset.UnixEpoch.AddDays(1);
        var text = CheckpointText.Write(CallCheckpoint.Of("call", began, "main", new Dictionary<string, string>(), handler.Progress));

        var flow = FlowTexts.Load(Flow);
        var other = Handler();
        other.Progress = CheckpointText.Read(text, "call", began)!.In(flow.Flow)!;

        Assert.That(ConversationScripts.Written(other.Handle(new CallerTurn.Heard("ten thirty", 0.9))), Is.EqualTo("Tuesday, June 9, 2026, 10 30 AM. <done  601@desk>"));
    }

    private static TurnHandler Handler() =>
        new(FlowTexts.Load(Flow), new Dictionary<string, string>(), NullLogger.Instance, new FakeTimeProvider(new DateTimeOffset(2026, 3, 17, 10, 0, 0, TimeSpan.Zero)));

    private static TestCaseData Script(string name, params string[] lines) => new TestCaseData([lines]).SetName(name);
}

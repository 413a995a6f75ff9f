using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Responses;
using AsteriskVoiceAi.Calls.Resumption;
using AsteriskVoiceAi.Tests.Flows;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.Responses;

/// <summary>Words that two intents have in common: both are offered, and the caller picks one.</summary>
internal sealed class TwoIntentsTests
{
    private const string Flow = """
        flow: main
        greeting: Hello.
        no-match: { prompts: [Pardon one.], then: operator }
        confidence: { accept: 0.9, confirm: 0.05 }
        intents:
          repair:
            title: a repair
            keys: "8"
            examples: [my heater is broken, the heater makes a noise, fix the heater]
            do: [{return: To the workshop.}]
          invoice:
            title: an invoice
            examples: [my heater was expensive, the heater costs too much, pay the heater]
            do: [{return: To the books.}]
          operator:
            keys: "0"
            examples: [operator, talk to a person]
            do: [{return: To a person.}]
        """;

    private const string Both = "Did you want a repair, or an invoice?";

    [TestCase("the first one", "To the workshop. <done  dialplan>")]
    [TestCase("the second one please", "To the books. <done  dialplan>")]
    [TestCase("the last", "To the books. <done  dialplan>")]
    [TestCase("an invoice", "To the books. <done  dialplan>")]
    [TestCase("a repare", "To the workshop. <done  dialplan>")]
    [TestCase("it is broken", "To the workshop. <done  dialplan>")]
    [TestCase("yes", "Did you want a repair?")]
    [TestCase("neither", "Pardon one.")]
    [TestCase("operator", "To a person. <done  dialplan>")]
    [TestCase("...", Both)]
    [TestCase("what did you say", Both)]
    public void Caller_picks_one_of_two(string answer, string said)
    {
        var handler = Asked();
        Assert.That(ConversationScripts.Written(handler.Handle(ConversationScripts.Turn(answer))).Replace("escalate caller-asked", "done ", StringComparison.Ordinal), Is.EqualTo(said));
    }

    [Test]
    public void Question_survives_the_service()
    {
        var began = DateTimeOffset.UnixEpoch.AddDays(1);
        var text = CheckpointText.Write(CallCheckpoint.Of("call", began, "main", new Dictionary<string, string>(), Asked().Progress));
        var other = Handler();
        other.Progress = CheckpointText.Read(text, "call", began)!.In(FlowTexts.Load(Flow).Flow)!;

        Assert.That(((ReplyNext.Listen)other.Progress.Last!.Next).Expectation, Is.EqualTo(Expectation.Anything));
        Assert.That(ConversationScripts.Written(other.Handle(new CallerTurn.Heard("the second one", 0.9))), Is.EqualTo("To the books. <done  dialplan>"));
    }

    [Test]
    public void Flow_that_words_a_question_itself_is_asked_about_one()
    {
        var flow = Flow.Replace("title: a repair", "title: a repair\n    confirm: Is it broken?", StringComparison.Ordinal);
        var handler = Handler(flow);
        Assert.That(ConversationScripts.Written(Ask(handler)), Is.EqualTo("Is it broken?").Or.EqualTo("Did you want an invoice?"));
    }

    private static TurnHandler Asked()
    {
        var handler = Handler();
        Assert.That(ConversationScripts.Written(Ask(handler)), Is.EqualTo(Both));
        return handler;
    }

    private static Reply Ask(TurnHandler handler)
    {
        handler.Handle(new CallerTurn.Start());
        return handler.Handle(new CallerTurn.Heard("something about the heater", 0.9));
    }

    private static TurnHandler Handler(string flow = Flow) => new(FlowTexts.Load(flow), new Dictionary<string, string>(), NullLogger.Instance);
}
